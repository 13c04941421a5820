using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;

namespace CallCenter.Infrastructure.Calls.Sync;

/// <summary>What one run reads. Pure.</summary>
/// <param name="FromUtc">Start of the span.</param>
/// <param name="ToUtc">End of the span, a little in the future.</param>
/// <param name="IsHistory">The present has never been reached.</param>
/// <param name="ReadsDay">The tenant's current day lies in the span as a whole.</param>
/// <param name="DayBeforeReadInUtc">Start of the current day when the day before lies in the span as a whole for the first time today; else null.</param>
internal sealed record CallSyncPlan(DateTime FromUtc, DateTime ToUtc, bool IsHistory, bool ReadsDay, DateTime? DayBeforeReadInUtc)
{
    public static CallSyncPlan Make(CdrSyncState state, DateTime nowUtc, TimeZoneInfo zone, CallSyncRules rules)
    {
        var cursor = state.CursorUtc ?? throw new InvalidOperationException("The cursor is set before a run is planned.");
        var to = nowUtc + rules.ClockMargin;
        if (state.CaughtUpAtUtc is null)
        {
            return new CallSyncPlan(cursor < nowUtc ? cursor : nowUtc - rules.Overlap, to, true, true, null);
        }

        var today = LocalDay.Of(nowUtc, zone);
        var todayStart = LocalDay.StartUtc(today, zone);
        var from = Earlier(cursor, nowUtc) - rules.Overlap;
        var dayDue = state.DayReadAtUtc is not { } dayRead || nowUtc - dayRead >= rules.DayEvery || dayRead > nowUtc;
        var dayBeforeDue = state.DayBeforeReadInUtc != todayStart;
        if (dayBeforeDue)
        {
            from = Earlier(from, LocalDay.StartUtc(today.AddDays(-1), zone));
        }
        else if (dayDue)
        {
            from = Earlier(from, todayStart);
        }

        return new CallSyncPlan(from, to, false, from <= todayStart, dayBeforeDue ? todayStart : null);
    }

    private static DateTime Earlier(DateTime a, DateTime b) => a < b ? a : b;
}

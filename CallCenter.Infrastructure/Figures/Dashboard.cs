using CallCenter.Core.Figures;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Figures;

internal sealed class Dashboard(
    IDbContextFactory<CallCenterDbContext> contexts, FigureReader reader, ITenantContext tenant, ICaller caller, TimeProvider clock) : IDashboard
{
    public async Task<Result<DashboardFigures>> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Reports.View))
        {
            return AccessErrors.Denied;
        }

        var time = new FigureTime(TimeZoneInfo.FindSystemTimeZoneById(tenant.Tenant.TimeZoneId));
        var now = clock.GetUtcNow().UtcDateTime;
        var today = LocalDay.Of(now, time.Zone);
        var until = FigureTime.StartOf(FigureTime.QuarterOf(now));
        var timeOfDay = TimeZoneInfo.ConvertTimeFromUtc(until, time.Zone).TimeOfDay;
        var query = new FigureQuery(today, today);

        // Questions that do not need each other's answers, each on a connection of its own.
        var days = FindDaysAsync(query, time, cancellationToken);
        var queues = reader.ReadAsync(query with { By = FigureDimension.Queue, WithLongestWait = true }, cancellationToken);
        var agents = reader.ReadAgentsAsync(query, cancellationToken);
        var repeat = reader.ReadRepeatCallersAsync(query, cancellationToken);
        await Task.WhenAll(days, queues, agents, repeat);
        var (found, usualDays) = await days;
        var (byQueue, byAgent, again) = (await queues, await agents, await repeat);
        if ((found.Error ?? byQueue.Error ?? byAgent.Error ?? again.Error) is { } error)
        {
            return error;
        }

        var ofToday = found.Value.Cells.Where(cell => time.DayOf(cell.At) == today.DayNumber).ToList();
        var others = found.Value.Cells.Select(cell => cell with { Figures = cell.Figures with { LongestWaitSeconds = null } }).ToList();
        var hours = Hours(others, time, today, usualDays, now);
        var usual = Sum(others.Where(cell => usualDays.Contains(DateOnly.FromDayNumber(time.DayOf(cell.At))) && Local(cell.At, time).TimeOfDay < timeOfDay));
        var basis = found.Value.Basis with { Rules = [.. ofToday.Where(cell => cell.Target is not null).Select(cell => cell.Target!.Value).Distinct()] };
        return new DashboardFigures(basis, today, Sum(ofToday), usual, usualDays.Count, until, hours, byQueue.Value.Lines, byAgent.Value.Lines, again.Value);
    }

    /// <summary>Quarters of today, of yesterday and of the usual days, in one question; today's are its total too.</summary>
    private async Task<(Result<FigureFinding> Found, List<DateOnly> UsualDays)> FindDaysAsync(FigureQuery query, FigureTime time, CancellationToken cancellationToken)
    {
        var today = query.From;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var firstDay = await db.Set<FigureDay>().Where(row => row.Kind == SliceKind.Flow).MinAsync(row => (int?)row.Day, cancellationToken) ?? today.DayNumber;
        List<DateOnly> usualDays = [.. Enumerable.Range(1, IDashboard.UsualWeeks).Select(week => today.AddDays(-7 * week)).Where(day => day.DayNumber >= firstDay)];
        var byDay = new[] { today, today.AddDays(-1) }.Concat(usualDays).Distinct().Select(time.QuartersOf);
        return (await reader.FindAsync(db, query with { WithLongestWait = true }, byQuarter: true, byTime: true, [.. byDay], cancellationToken), usualDays);
    }

    private static CallFigures Sum(IEnumerable<FigureCell> cells) => cells.Aggregate(CallFigures.None, (sum, cell) => sum + cell.Figures);

    private static List<DashboardHour> Hours(IReadOnlyList<FigureCell> cells, FigureTime time, DateOnly today, List<DateOnly> usualDays, DateTime now)
    {
        var sums = new Dictionary<(int Which, int Hour), CallFigures>();
        foreach (var cell in cells)
        {
            var day = DateOnly.FromDayNumber(time.DayOf(cell.At));
            var hour = Local(cell.At, time).Hour;
            Add(day == today ? 0 : day == today.AddDays(-1) ? 1 : -1, hour, cell.Figures);
            Add(usualDays.Contains(day) ? 2 : -1, hour, cell.Figures);
        }

        var current = TimeZoneInfo.ConvertTimeFromUtc(now, time.Zone).Hour;
        return [.. Enumerable.Range(0, 24).Select(hour => new DashboardHour(hour, hour > current ? null : Of(0, hour), Of(1, hour), Of(2, hour)))];

        void Add(int which, int hour, CallFigures figures)
        {
            if (which >= 0)
            {
                sums[(which, hour)] = Of(which, hour) + figures;
            }
        }

        CallFigures Of(int which, int hour) => sums.GetValueOrDefault((which, hour), CallFigures.None);
    }

    private static DateTime Local(int quarter, FigureTime time) => TimeZoneInfo.ConvertTimeFromUtc(FigureTime.StartOf(quarter), time.Zone);
}

using CallCenter.Core.Calls;
using CallCenter.Infrastructure.Calls.Sync;

namespace CallCenter.Tests.Calls;

public sealed class CallSyncPlanTests
{
    private static readonly DateTime Now = Utc("2026-03-02T15:00:00Z");
    private static readonly TimeZoneInfo Dublin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Dublin");
    private static readonly TimeZoneInfo Riyadh = TimeZoneInfo.FindSystemTimeZoneById("Asia/Riyadh");

    [Fact]
    public void Make_HistoryNotRead_GoesFromCursorToNowAndTheClockMargin()
    {
        var plan = Make(State(cursor: "2025-12-01T00:00:00Z", caughtUp: null));

        Assert.Equal((Utc("2025-12-01T00:00:00Z"), Utc("2026-03-02T15:10:00Z"), true), (plan.FromUtc, plan.ToUtc, plan.IsHistory));
    }

    [Fact]
    public void Make_DayJustRead_BeginsOneOverlapBehindTheCursor()
    {
        var plan = Make(State(dayRead: "2026-03-02T14:30:00Z", dayBeforeIn: "2026-03-02T00:00:00Z"));

        Assert.Equal(Utc("2026-03-02T11:57:00Z"), plan.FromUtc);
        Assert.False(plan.ReadsDay);
        Assert.Null(plan.DayBeforeReadInUtc);
    }

    [Fact]
    public void Make_DayReadAnHourAgo_BeginsWithTheTenantsDay()
    {
        var state = State(dayRead: "2026-03-02T14:00:00Z", dayBeforeIn: "2026-03-01T21:00:00Z");

        var plan = CallSyncPlan.Make(state, Now, Riyadh, CallSyncRules.Default);

        Assert.Equal(Utc("2026-03-01T21:00:00Z"), plan.FromUtc);
        Assert.True(plan.ReadsDay);
    }

    [Fact]
    public void Make_FirstRunOfTheDay_BeginsWithTheDayBefore()
    {
        var plan = Make(State(dayRead: "2026-03-02T14:30:00Z", dayBeforeIn: "2026-03-01T00:00:00Z"));

        Assert.Equal(Utc("2026-03-01T00:00:00Z"), plan.FromUtc);
        Assert.Equal(Utc("2026-03-02T00:00:00Z"), plan.DayBeforeReadInUtc);
        Assert.True(plan.ReadsDay);
    }

    [Fact]
    public void Make_DayAfterClockChange_BeginsWithThe23HoursBefore()
    {
        var state = State(cursor: "2026-03-30T08:00:00Z", dayRead: "2026-03-30T08:00:00Z", dayBeforeIn: "2026-03-29T00:00:00Z");

        var plan = CallSyncPlan.Make(state, Utc("2026-03-30T08:05:00Z"), Dublin, CallSyncRules.Default);

        Assert.Equal(Utc("2026-03-29T00:00:00Z"), plan.FromUtc);
        Assert.Equal(Utc("2026-03-29T23:00:00Z"), plan.DayBeforeReadInUtc);
    }

    [Fact]
    public void Make_PortalWasDownForWeeks_GoesOnWhereItStopped()
    {
        var plan = Make(State(cursor: "2026-02-01T10:00:00Z"));

        Assert.Equal(Utc("2026-02-01T07:00:00Z"), plan.FromUtc);
        Assert.Equal(Utc("2026-03-02T00:00:00Z"), plan.DayBeforeReadInUtc);
    }

    [Fact]
    public void Make_ClockWasSetBack_StillReadsTheLastHours()
    {
        var plan = Make(State(cursor: "2026-06-01T00:00:00Z", dayRead: "2026-06-01T00:00:00Z", dayBeforeIn: "2026-03-02T00:00:00Z"));

        Assert.True(plan.FromUtc <= Now - CallSyncRules.Default.Overlap);
    }

    [Theory]
    [InlineData(7, 0, 14)]
    [InlineData(7, 5_000, 7)]
    [InlineData(8, 20_001, 4)]
    [InlineData(80, 0, 90)]
    public void NextWindow_Legs_GrowsAndShrinks(int days, int legs, int expected) =>
        Assert.Equal(TimeSpan.FromDays(expected), CallSyncRules.Default.NextWindow(TimeSpan.FromDays(days), legs));

    private static CallSyncPlan Make(CdrSyncState state) => CallSyncPlan.Make(state, Now, Dublin, CallSyncRules.Default);

    private static CdrSyncState State(
        string cursor = "2026-03-02T14:57:00Z", string? caughtUp = "2026-01-01T00:00:00Z", string? dayRead = null, string? dayBeforeIn = null) => new()
        {
            PbxId = Guid.NewGuid(),
            CursorUtc = Utc(cursor),
            CaughtUpAtUtc = caughtUp is null ? null : Utc(caughtUp),
            DayReadAtUtc = dayRead is null ? null : Utc(dayRead),
            DayBeforeReadInUtc = dayBeforeIn is null ? null : Utc(dayBeforeIn),
        };

    private static DateTime Utc(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;
}

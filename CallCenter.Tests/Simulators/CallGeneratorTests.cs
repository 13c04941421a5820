using System.Diagnostics;
using CallCenter.Simulators.Calls;

namespace CallCenter.Tests.Simulators;

public sealed class CallGeneratorTests
{
    private static readonly DateOnly From = new(2026, 8, 23);
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 23, 0, 0, TimeSpan.Zero);

    [Fact]
    public void NinetyDays_OneCompany_AreMadeInAboutASecondAndPlausible()
    {
        var clock = Stopwatch.StartNew();

        var calls = Ledger(SamplePbx.Dublin(From)).Calls;

        // Generous for a shared machine; it takes a fraction of this. Something quadratic would take minutes.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"took {clock.Elapsed}");
        Assert.InRange(calls.Count, 65 * 150, 65 * 260);
        Assert.True(Share(calls, c => c.Outcome == LedgerOutcome.Answered) is > 0.6 and < 0.85);
        Assert.True(Share(calls, c => c.Outcome == LedgerOutcome.Abandoned) is > 0.02 and < 0.15);
        foreach (var scenario in Enum.GetValues<Scenario>())
        {
            Assert.Contains(calls, c => c.Scenario == scenario.ToString());
        }
    }

    [Fact]
    public void Days_AskedForTwice_AreTheSame()
    {
        var one = new CallGenerator(SamplePbx.Dublin(From)).Day(new DateOnly(2026, 11, 18));
        var two = new CallGenerator(SamplePbx.Dublin(From.AddDays(30))).Day(new DateOnly(2026, 11, 18));

        Assert.Equal(one.Select(c => (c.UniqueId, c.From, c.EndUtc)), two.Select(c => (c.UniqueId, c.From, c.EndUtc)));
    }

    [Theory]
    [InlineData(false, DayOfWeek.Saturday, DayOfWeek.Sunday, DayOfWeek.Friday)]
    [InlineData(true, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday)]
    public void Week_OfTheCountry_HasItsDaysOff(bool saudi, DayOfWeek off, DayOfWeek alsoOff, DayOfWeek work)
    {
        var options = saudi ? SamplePbx.Riyadh(From) : SamplePbx.Dublin(From);
        var perDay = Ledger(options).Calls
            .GroupBy(c => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(c.StartUtc, options.Zone).DateTime).DayOfWeek)
            .ToDictionary(g => g.Key, g => g.Count());

        Assert.True(perDay[off] * 5 < perDay[work]);
        Assert.True(perDay[alsoOff] * 5 < perDay[work]);
    }

    [Fact]
    public void Hours_OfWorkdays_PeakBeforeAndAfterLunch()
    {
        var options = SamplePbx.Dublin(From);
        var perHour = Ledger(options).Calls
            .GroupBy(c => TimeZoneInfo.ConvertTime(c.StartUtc, options.Zone).Hour)
            .ToDictionary(g => g.Key, g => g.Count());

        Assert.True(perHour[10] > perHour[12] && perHour[15] > perHour[12]);
        Assert.True(perHour.GetValueOrDefault(3) * 20 < perHour[10]);
    }

    [Fact]
    public void ClockChange_InTheRange_IsCrossedByACall()
    {
        var change = new DateTimeOffset(2026, 10, 25, 1, 0, 0, TimeSpan.Zero);

        var call = Assert.Single(Ledger(SamplePbx.Dublin(From)).Calls, c => c.Scenario == "AcrossClockChange");

        Assert.True(call.StartUtc < change && call.EndUtc > change);
        Assert.Equal(14 * 60, call.TalkSeconds);
    }

    [Fact]
    public void Numbers_OfOutsiders_AreOfRangesForFiction()
    {
        foreach (var options in new[] { SamplePbx.Dublin(From), SamplePbx.Riyadh(From) })
        {
            var outsiders = Ledger(options).Calls
                .Where(c => c.Direction != LedgerDirection.Internal)
                .Select(c => c.Direction == LedgerDirection.Inbound ? c.From : c.To);

            Assert.All(outsiders, n => Assert.Matches(@"^(\+3532091\d{5}|02091\d{5}|\+441632960\d{3}|\+447700900\d{3}|\+120255501\d\d|(\+966)?80055501\d\d)$", n));
        }
    }

    [Fact]
    public void Agents_OnThePhone_AreNotInTwoConversationsAtOnce()
    {
        var calls = Ledger(SamplePbx.Dublin(From) with { CallsPerWorkday = 60 }).Calls;
        var talks = calls.SelectMany(c => c.Legs).Where(l => l.IsPerson && l.Direction != LedgerDirection.Outbound && l.Action != "TRANSFER")
            .Where(l => l.Action != "PARKEDCALL")
            .GroupBy(l => l.AnsweredBy);

        var overlaps = talks.Sum(g => g.OrderBy(l => l.Start).Zip(g.OrderBy(l => l.Start).Skip(1)).Count(p => p.First.End > p.Second.Answer));

        // The one who is asked before a transfer is on that call and then on the transferred one.
        Assert.InRange(overlaps, 0, calls.Count / 50);
    }

    [Fact]
    public void Schedule_ClockAdvances_WritesCallsAtTheirEndAndShowsTheOthersLive()
    {
        var options = SamplePbx.Dublin(new DateOnly(2026, 11, 20));
        var ledger = new CallLedger(options.Zone);
        var schedule = new CallSchedule(new CallGenerator(options), ledger);
        var noon = new DateTimeOffset(2026, 11, 20, 10, 30, 0, TimeSpan.Zero);

        schedule.AdvanceTo(noon);
        var before = ledger.Calls;
        var live = schedule.LiveAt(noon);
        schedule.AdvanceTo(noon.AddHours(2));

        Assert.All(before, c => Assert.True(c.EndUtc <= noon));
        Assert.NotEmpty(live);
        Assert.Subset(ledger.Calls.Select(c => c.UniqueId).ToHashSet(), live.Select(c => c.UniqueId).ToHashSet());
        Assert.Equal(before.Select(c => c.UniqueId), ledger.Calls.Take(before.Count).Select(c => c.UniqueId));
    }

    [Fact]
    public void Schedule_PhoneHeld_HasNoCallsThatItDoesNotKnowOf()
    {
        var options = SamplePbx.Dublin(new DateOnly(2026, 11, 20));
        var ledger = new CallLedger(options.Zone);
        var schedule = new CallSchedule(new CallGenerator(options), ledger);
        var noon = new DateTimeOffset(2026, 11, 20, 10, 30, 0, TimeSpan.Zero);
        schedule.AdvanceTo(noon);
        var held = schedule.LiveAt(noon).SelectMany(c => c.Legs).First(l => l.Answer is not null && l.DestinationExtension.Length > 0).DestinationExtension;
        var before = ledger.Calls.Count;

        schedule.Hold(held, true);
        var live = schedule.LiveAt(noon);
        schedule.AdvanceTo(noon.AddHours(2));
        var during = ledger.Calls.Skip(before).ToList();
        schedule.Hold(held, false);
        schedule.AdvanceTo(noon.AddHours(8));

        Assert.DoesNotContain(live, IsOfHeld);
        Assert.NotEmpty(during);
        Assert.DoesNotContain(during, IsOfHeld);
        Assert.Contains(ledger.Calls.Skip(before + during.Count), IsOfHeld);

        bool IsOfHeld(LedgerCall call) => call.Legs.Any(l => l.ChannelExtension == held || (l.Answer is not null && l.DestinationExtension == held));
    }

    [Fact]
    public void AddFinished_EveryScenario_EndsByNow()
    {
        var options = SamplePbx.Dublin(From) with { To = From };
        var schedule = new CallSchedule(new CallGenerator(options), new CallLedger(options.Zone));

        foreach (var scenario in Enum.GetValues<Scenario>())
        {
            var calls = schedule.AddFinished(scenario, Now);

            Assert.NotEmpty(calls);
            Assert.InRange(calls.Max(c => c.EndUtc), Now.AddSeconds(-3), Now);
        }
    }

    private static CallLedger Ledger(CallGeneratorOptions options)
    {
        var ledger = new CallLedger(options.Zone);
        new CallSchedule(new CallGenerator(options), ledger).AdvanceTo(Now);
        return ledger;
    }

    private static double Share(IReadOnlyList<LedgerCall> calls, Func<LedgerCall, bool> which) => (double)calls.Count(which) / calls.Count;
}

namespace CallCenter.Simulators.Calls;

/// <summary>Makes up the calls of a day. Pure: the same options and day give the same calls.</summary>
public sealed class CallGenerator(CallGeneratorOptions options)
{
    private const double DayOffShare = 0.05;
    private static readonly TimeSpan BeforeClockChange = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AcrossClockChange = TimeSpan.FromMinutes(14);

    /// <summary>What it works with.</summary>
    public CallGeneratorOptions Options => options;

    /// <summary>All calls that start on a day of the PBX's wall clock, in the order of their starts.</summary>
    public IReadOnlyList<LedgerCall> Day(DateOnly day)
    {
        var context = new DayContext(options, day);
        List<LedgerCall> calls = [];
        foreach (var (start, scenario) in Plan(context, day))
        {
            calls.AddRange(CallScenarios.Make(context, scenario, start));
        }

        if (ClockChange(day) is { } change)
        {
            calls.Add(Across(context, change));
        }

        calls.Sort((a, b) => a.StartUtc.CompareTo(b.StartUtc));
        return calls;
    }

    /// <summary>One finished call of the given kind that ends now, for tests that wait for something to happen.</summary>
    /// <param name="scenario">What kind.</param>
    /// <param name="endsAt">When its last leg ends, to the second.</param>
    /// <param name="number">Tells calls apart that are made at the same time.</param>
    public IReadOnlyList<LedgerCall> One(Scenario scenario, DateTimeOffset endsAt, int number)
    {
        // A day no plan uses, and whole seconds so that the call does not end after now.
        var unused = DateOnly.FromDayNumber(number % 1000);
        endsAt = DateTimeOffset.FromUnixTimeSeconds(endsAt.ToUnixTimeSeconds());
        var length = Make(unused, scenario, endsAt).Max(c => c.EndUtc) - endsAt;
        return Make(unused, scenario, endsAt - length);
    }

    private List<LedgerCall> Make(DateOnly day, Scenario scenario, DateTimeOffset at) =>
        [.. CallScenarios.Make(new DayContext(options, day), scenario, at)];

    private List<(DateTimeOffset Start, Scenario Scenario)> Plan(DayContext context, DateOnly day)
    {
        var random = context.Random;
        var share = options.Country.IsWorkday(day) ? 0.85 + (0.3 * random.NextDouble()) : DayOffShare;
        var count = (int)Math.Round(options.CallsPerWorkday * share);
        var always = (int)Math.Round(options.RoundTheClockPerHour * 24);
        List<(DateTimeOffset, Scenario)> plan = [];
        for (var i = 0; i < count + always; i++)
        {
            var minute = i < count ? random.Weighted(options.Country.HalfHourWeights) * 30 : random.Next(0, 47) * 30;
            var local = day.ToDateTime(TimeOnly.MinValue).AddMinutes(minute).AddMilliseconds(random.Next(0, 1_799_999));
            if (options.Zone.IsInvalidTime(local))
            {
                // The hour that the clock skips in spring.
                local = local.AddHours(1);
            }

            var open = i >= count || options.Country.IsOpen(local);
            plan.Add((new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(local, options.Zone), TimeSpan.Zero), Possible(ScenarioMix.Pick(random, open))));
        }

        plan.Sort((a, b) => a.Item1.CompareTo(b.Item1));
        return plan;
    }

    // A PBX without queues or groups gets ordinary calls instead.
    private Scenario Possible(Scenario scenario) => scenario switch
    {
        Scenario.MenuAbandoned when options.Ivr is null => Scenario.InboundNoAnswer,
        Scenario.QueueAnswered or Scenario.QueueAbandoned or Scenario.MenuAbandoned when options.Queues.Count == 0 => Scenario.InboundAnswered,
        Scenario.RingGroupAnswered or Scenario.RingGroupNoAnswer or Scenario.RingGroupVoicemail when options.RingGroups.Count == 0 =>
            Scenario.InboundAnswered,
        _ => scenario,
    };

    private DateTimeOffset? ClockChange(DateOnly day)
    {
        var from = Midnight(day);
        var to = Midnight(day.AddDays(1));
        var before = options.Zone.GetUtcOffset(from);
        if (before == options.Zone.GetUtcOffset(to))
        {
            return null;
        }

        while (to - from > TimeSpan.FromSeconds(1))
        {
            var middle = from + ((to - from) / 2);
            (from, to) = options.Zone.GetUtcOffset(middle) == before ? (middle, to) : (from, middle);
        }

        return to;
    }

    private DateTimeOffset Midnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(options.Zone.IsInvalidTime(local) ? local.AddHours(1) : local, options.Zone), TimeSpan.Zero);
    }

    private static LedgerCall Across(DayContext context, DateTimeOffset change)
    {
        var draft = CallScenarios.FromOutside(context, change - BeforeClockChange, "did-local");
        draft.Talks(context.Options.Extensions[0].Number, TimeSpan.FromSeconds(6), AcrossClockChange);
        draft.Record();
        return draft.Finish("AcrossClockChange", LedgerOutcome.Answered);
    }
}

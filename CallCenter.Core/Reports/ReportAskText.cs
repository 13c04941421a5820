using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Core.Figures;
using CallCenter.Core.Groups;

namespace CallCenter.Core.Reports;

/// <summary>A <see cref="ReportAsk"/> as names and values for the address, exports and schedules. Names are permanent: people keep links.</summary>
public static class ReportAskText
{
    private static readonly string[] Shared = ["queue", "agent", "trunk", "did", "direction"];

    /// <summary>Every name that may occur.</summary>
    public static readonly IReadOnlyList<string> Names =
        ["range", "from", "to", .. Shared, "compare", "step", "rule", "goal-seconds", "goal-percent", "shrinkage", "handle"];

    /// <summary>What the values mean; what is not understood is left at its default, the last 30 days for the range.</summary>
    /// <param name="valueOf">Value by name; from the address bar, so anything may come.</param>
    /// <param name="today">Today in the tenant's zone.</param>
    /// <param name="firstWeekday">With which day weeks begin.</param>
    public static ReportAsk Read(Func<string, string?> valueOf, DateOnly today, DayOfWeek firstWeekday)
    {
        var filter = CallFilterText.Read(valueOf);
        if (filter is { Range: null, From: null, To: null })
        {
            filter = filter with { Range = CallRange.Last30Days };
        }

        var (from, to) = CallRanges.DaysOf(filter, today, firstWeekday);
        var ask = new ReportAsk(from ?? to ?? today, to ?? today)
        {
            Range = filter.Range,
            Queue = filter.Queue,
            Agent = filter.Agent,
            Trunk = filter.Trunk,
            Did = filter.Dialled,
            Direction = filter.Direction,
            Compare = Member<ReportCompare>(valueOf("compare")) ?? ReportCompare.None,
            Rule = Member<ServiceLevelRule>(valueOf("rule")),
            GoalSeconds = Number(valueOf("goal-seconds"), 1, ReportAsk.MostSeconds) ?? PbxGroup.DefaultTargetSeconds,
            GoalPercent = Number(valueOf("goal-percent"), 1, 99) ?? PbxGroup.DefaultTargetPercent,
            Shrinkage = Number(valueOf("shrinkage"), 0, 90) ?? 30,
            HandleSeconds = Number(valueOf("handle"), 1, ReportAsk.MostSeconds),
        };
        return ask with { Step = Member<FigureStep>(valueOf("step")) is { } step and not FigureStep.Quarter ? step : StepFor(ask.Days) };
    }

    /// <summary>Names and values, the days named, so that they mean the same tomorrow.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Write(ReportAsk ask)
    {
        var filter = CallFilterText.Write(new CallFilter { From = ask.From, To = ask.To, Queue = ask.Queue, Agent = ask.Agent, Trunk = ask.Trunk, Dialled = ask.Did, Direction = ask.Direction });
        var plain = new ReportAsk(ask.From, ask.To);
        List<(string Name, string? Value)> own =
        [
            ("compare", ask.Compare == ReportCompare.None ? null : ask.Compare.ToString()),
            ("step", ask.Step == StepFor(ask.Days) ? null : ask.Step.ToString()),
            ("rule", ask.Rule?.ToString()),
            ("goal-seconds", Text(ask.GoalSeconds, plain.GoalSeconds)),
            ("goal-percent", Text(ask.GoalPercent, plain.GoalPercent)),
            ("shrinkage", Text(ask.Shrinkage, plain.Shrinkage)),
            ("handle", ask.HandleSeconds?.ToString(CultureInfo.InvariantCulture)),
        ];
        return [.. filter, .. own.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Name, pair.Value!))];
    }

    /// <summary>A step that gives neither two bars nor two hundred.</summary>
    public static FigureStep StepFor(int days) => days switch
    {
        <= 2 => FigureStep.Hour,
        <= 62 => FigureStep.Day,
        <= 200 => FigureStep.Week,
        _ => FigureStep.Month,
    };

    private static string? Text(int value, int usual) => value == usual ? null : value.ToString(CultureInfo.InvariantCulture);

    private static int? Number(string? text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, least, most) : null;

    private static TEnum? Member<TEnum>(string? text)
        where TEnum : struct, Enum =>
        Enum.GetNames<TEnum>().FirstOrDefault(name => string.Equals(name, text?.Trim(), StringComparison.OrdinalIgnoreCase)) is { } found ? Enum.Parse<TEnum>(found) : null;
}

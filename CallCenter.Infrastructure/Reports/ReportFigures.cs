using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Core.Figures;
using CallCenter.Core.Reports;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Reports;

/// <summary>Columns of figures and their values, from sums; used for rows and totals alike, so that a share is never averaged.</summary>
internal static class ReportFigures
{
    public static readonly ReportColumn Calls = new("Calls", ExportCell.Number, HasCalls: true);
    public static readonly ReportColumn Offered = new("Offered", ExportCell.Number, CallSet.Offered, HasCalls: true);
    public static readonly ReportColumn Answered = new("AnsweredCalls", ExportCell.Number, CallSet.Answered, HasCalls: true);
    public static readonly ReportColumn AnsweredInTime = new("AnsweredInTime", ExportCell.Number);
    public static readonly ReportColumn Abandoned = new("Abandoned", ExportCell.Number, CallSet.Abandoned, HasCalls: true);
    public static readonly ReportColumn ShortAbandoned = new("ShortAbandoned", ExportCell.Number);
    public static readonly ReportColumn AbandonRate = new("AbandonRate", ExportCell.Percent);
    public static readonly ReportColumn ServiceLevel = new("ServiceLevel", ExportCell.Percent);
    public static readonly ReportColumn SpeedOfAnswer = new("SpeedOfAnswer", ExportCell.Duration);
    public static readonly ReportColumn AbandonTime = new("AbandonTime", ExportCell.Duration);
    public static readonly ReportColumn HandleTime = new("HandleTime", ExportCell.Duration);
    public static readonly ReportColumn LongestWait = new("LongestWait", ExportCell.Duration);
    public static readonly ReportColumn TransferRate = new("TransferRate", ExportCell.Percent);
    public static readonly ReportColumn TalkSum = new("TalkSum", ExportCell.Duration);

    public static readonly IReadOnlyList<ReportColumn> OfGroups =
        [Offered, Answered, Abandoned, ShortAbandoned, AbandonRate, ServiceLevel, SpeedOfAnswer, AbandonTime, HandleTime, TransferRate];

    public static readonly IReadOnlyList<ReportColumn> OfKinds = [Calls, Offered, Answered, Abandoned, AbandonRate, SpeedOfAnswer, HandleTime, TalkSum];

    public static readonly IReadOnlyList<ReportColumn> OfServiceLevel = [Offered, Answered, AnsweredInTime, Abandoned, ServiceLevel, SpeedOfAnswer];

    public static readonly IReadOnlyList<ReportColumn> OfAbandoned = [Offered, Abandoned, ShortAbandoned, AbandonRate, AbandonTime, LongestWait];

    public static readonly IReadOnlyList<ReportColumn> OfHours = [Calls, Offered, Answered, Abandoned, AbandonRate, ServiceLevel, SpeedOfAnswer];

    public static readonly IReadOnlyList<ReportColumn> OfAgents =
    [
        OfPart("Rang", CallPart.Rang | CallPart.Answered), OfPart("AgentAnswered", CallPart.Answered), OfPart("Missed", CallPart.Rang) with { PartNot = CallPart.Answered }, new("AnswerRate", ExportCell.Percent),
        OfPart("Transferred", CallPart.Transferred), new("AgentTalk", ExportCell.Duration), new("AgentTalkAverage", ExportCell.Duration),
        new("Placed", ExportCell.Number, HasCalls: true) { Part = CallPart.Called, Direction = CallDirection.Outbound },
        new("PlacedTalk", ExportCell.Duration), new("Internal", ExportCell.Number, CallSet.Inside, HasCalls: true),
    ];

    public static IReadOnlyList<double?> Values(IReadOnlyList<ReportColumn> columns, CallFigures figures, ReportAsk ask) =>
        [.. columns.Select(column => Value(column.Key, figures, ask))];

    public static IReadOnlyList<double?> Values(AgentFigures f) =>
    [
        f.Rang, f.Answered, f.Missed, f.AnswerRate.Percent / 100, f.Transferred, f.TalkSeconds, f.Answered > 0 ? (double)f.TalkSeconds / f.Answered : null, f.Placed, f.PlacedTalkSeconds, f.Internal,
    ];

    private static ReportColumn OfPart(string key, CallPart part) => new(key, ExportCell.Number, CallSet.Offered, HasCalls: true) { Part = part };

    private static double? Value(string key, CallFigures f, ReportAsk ask) => key switch
    {
        "Calls" => f.Calls,
        "Offered" => f.Offered,
        "AnsweredCalls" => f.Answered,
        "AnsweredInTime" => f.AnsweredInTime,
        "Abandoned" => f.Abandoned,
        "ShortAbandoned" => f.ShortAbandoned,
        "AbandonRate" => Of(FigureMetric.AbandonRate, f) / 100,
        "ServiceLevel" => (ask.Rule is { } rule ? f.ServiceLevelBy(rule) : f.ServiceLevel).Percent / 100,
        "SpeedOfAnswer" => Of(FigureMetric.SpeedOfAnswer, f),
        "AbandonTime" => Of(FigureMetric.AbandonTime, f),
        "HandleTime" => Of(FigureMetric.HandleTime, f),
        "LongestWait" => Of(FigureMetric.LongestWait, f),
        "TransferRate" => Of(FigureMetric.TransferRate, f) / 100,
        "TalkSum" => f.TalkSeconds + f.PlacedTalkSeconds,
        _ => throw new ArgumentException($"There is no figure {key}.", nameof(key)),
    };

    private static double? Of(FigureMetric metric, CallFigures f) => FigureMetrics.Of(metric, f).Value;
}

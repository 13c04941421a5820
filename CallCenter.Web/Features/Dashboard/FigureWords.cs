using CallCenter.Core.Figures;
using CallCenter.Core.Groups;
using CallCenter.Web.Localization;
using CallCenter.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Dashboard;

/// <summary>Figures in words: their value, formula and counts. For the dashboard, reports and everything else that shows one.</summary>
public sealed class FigureWords(IStringLocalizer<FiguresText> texts, DisplayFormat display)
{
    /// <summary>Name of a metric.</summary>
    public string Name(FigureMetric metric) => texts[$"Metric.{metric}"];

    /// <summary>The value as it is read: <c>1,204</c>, <c>82.4%</c>, <c>1:07</c>; a dash for none.</summary>
    public string Value(FigureValue figure) => Value(figure.Unit, figure.Value);

    /// <inheritdoc cref="Value(FigureValue)"/>
    public string Value(FigureUnit unit, double? value) => (unit, value) switch
    {
        (_, null) => "–",
        (FigureUnit.Percent, { } percent) => Percent(percent),
        (FigureUnit.Seconds, { } seconds) => display.Duration((int)Math.Round(seconds)),
        (_, { } count) => display.Number((long)Math.Round(count)),
    };

    /// <summary>Percent with one decimal; whole where that says the same.</summary>
    public string Percent(double percent) =>
        display.Digits(percent.ToString(Math.Abs(percent - Math.Round(percent)) < 0.05 ? "0" : "0.0", System.Globalization.CultureInfo.InvariantCulture)) + "%";

    /// <summary>How it comes about.</summary>
    public string Formula(FigureValue figure) => texts[$"Formula.{figure.Formula}"];

    /// <summary>What it was computed from.</summary>
    public IReadOnlyList<(string Name, string Count)> Counts(FigureValue figure) =>
        [.. figure.Counts.Select(count => (texts[$"Term.{count.Term}"].Value, IsTime(count.Term) ? display.Duration((int)Math.Min(count.Value, int.MaxValue)) : display.Number(count.Value)))];

    /// <summary>A rule's name.</summary>
    public string Rule(ServiceLevelRule rule) => texts[$"SlRule.{rule}"];

    /// <summary>The target and rule that a service level follows.</summary>
    public string Target(IReadOnlyList<ServiceLevelTarget> rules) => rules switch
    {
        [] => "",
        [var only] => texts["Rule", display.Number(only.Percent), display.Number(only.Seconds), Rule(only.Rule)],
        _ => texts["Rule.Mixed"],
    };

    private static bool IsTime(FigureTerm term) =>
        term is FigureTerm.AnsweredWait or FigureTerm.AbandonedWait or FigureTerm.Talk or FigureTerm.Hold or FigureTerm.WrapUp or FigureTerm.Idle or FigureTerm.LongestWait;
}

using CallCenter.Core.Calls;
using CallCenter.Core.Figures;
using CallCenter.Core.Groups;
using CallCenter.Core.Reports;
using CallCenter.Core.Telephony;

namespace CallCenter.Tests.Reports;

public sealed class ReportAskTextTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Fact]
    public void Read_NothingSaid_IsTheLast30Days()
    {
        var ask = Read();

        Assert.Equal((new DateOnly(2026, 2, 1), Today, CallRange.Last30Days, FigureStep.Day, ReportCompare.None), (ask.From, ask.To, ask.Range, ask.Step, ask.Compare));
        Assert.Equal((20, 80, 30, (int?)null), (ask.GoalSeconds, ask.GoalPercent, ask.Shrinkage, ask.HandleSeconds));
    }

    [Fact]
    public void Write_WhatWasRead_MeansTheSameTomorrow()
    {
        var ask = Read(("range", "last-week"), ("queue", "6500"), ("direction", "Inbound"), ("compare", "LastYear"), ("step", "Hour"), ("rule", "AbandonedPositive"), ("goal-seconds", "15"), ("handle", "240"));

        var values = ReportAskText.Write(ask).ToDictionary();
        var again = ReportAskText.Read(values.GetValueOrDefault, Today.AddDays(40), DayOfWeek.Sunday);

        Assert.Equal(ask with { Range = null }, again);
        Assert.Equal((CallDirection.Inbound, ServiceLevelRule.AbandonedPositive, 15, 240), (again.Direction, again.Rule, again.GoalSeconds, again.HandleSeconds));
    }

    [Theory]
    [InlineData("goal-percent", "100")]
    [InlineData("goal-percent", "-5")]
    [InlineData("shrinkage", "1000")]
    [InlineData("handle", "0")]
    [InlineData("step", "Quarter")]
    [InlineData("compare", "7")]
    [InlineData("rule", "nonsense")]
    public void Read_Nonsense_StaysWithinBounds(string name, string value)
    {
        var ask = Read((name, value));

        Assert.InRange(ask.GoalPercent, 1, 99);
        Assert.InRange(ask.Shrinkage, 0, 90);
        Assert.True(ask.HandleSeconds is null or >= 1);
        Assert.NotEqual(FigureStep.Quarter, ask.Step);
        Assert.True(Enum.IsDefined(ask.Compare));
        Assert.Null(ask.Rule);
    }

    [Theory]
    [InlineData("Previous", "2026-02-22", "2026-02-25")]
    [InlineData("LastYear", "2025-02-26", "2025-03-01")]
    public void Before_IsAsManyDays(string compare, string from, string to)
    {
        var before = Read(("from", "2026-02-26"), ("to", "2026-03-01"), ("compare", compare)).Before;

        Assert.NotNull(before);
        Assert.Equal((DateOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture), DateOnly.Parse(to, System.Globalization.CultureInfo.InvariantCulture)), (before.From, before.To));
        Assert.Null(before.Before);
    }

    private static ReportAsk Read(params (string Name, string Value)[] values) =>
        ReportAskText.Read(name => values.FirstOrDefault(pair => pair.Name == name).Value, Today, DayOfWeek.Sunday);
}

using CallCenter.Core.Figures;
using CallCenter.Core.Groups;
using CallCenter.Tests.Support;
using FsCheck.Fluent;

namespace CallCenter.Tests.Figures;

public sealed class CallFiguresTests
{
    // Cisco's example: 70 answered in time, 10 abandoned in time, 20 over the threshold, 100 in all.
    private static readonly CallFigures Golden = new()
    {
        Calls = 100,
        Offered = 100,
        Answered = 85,
        Abandoned = 15,
        AnsweredInTime = 70,
        AbandonedInTime = 10,
    };

    [Theory]
    [InlineData(ServiceLevelRule.AbandonedIgnored, 77.78)]
    [InlineData(ServiceLevelRule.AbandonedNegative, 70)]
    [InlineData(ServiceLevelRule.AbandonedPositive, 80)]
    [InlineData(ServiceLevelRule.AnsweredOnly, 82.35)]
    public void ServiceLevelBy_GoldenExample_IsAsPublished(ServiceLevelRule rule, double percent) =>
        Assert.Equal(percent, Golden.ServiceLevelBy(rule).Percent!.Value, precision: 2);

    [Theory]
    [InlineData(ServiceLevelRule.AbandonedIgnored, 77.78)]
    [InlineData(ServiceLevelRule.AbandonedNegative, 70d / 94 * 100)]
    [InlineData(ServiceLevelRule.AbandonedPositive, 74d / 94 * 100)]
    public void ServiceLevelBy_ShortAbandons_AreInNeitherNumber(ServiceLevelRule rule, double percent) =>
        Assert.Equal(percent, (Golden with { ShortAbandoned = 6 }).ServiceLevelBy(rule).Percent!.Value, precision: 2);

    [Fact]
    public void ServiceLevelBy_FlowOutBeforeTheTarget_IsNotCounted()
    {
        var figures = Golden with { Offered = 110, FlowedOut = 10, FlowedOutInTime = 10 };

        Assert.Equal(70, figures.ServiceLevelBy(ServiceLevelRule.AbandonedNegative).Percent!.Value, precision: 2);
    }

    [Fact]
    public void Add_QuietAndBusyHour_RecomputesFromSums()
    {
        var quiet = new CallFigures { Calls = 2, Offered = 2, Answered = 2, AnsweredWaitSeconds = 200, ServiceLevel = new Share(0, 2) };
        var busy = new CallFigures { Calls = 98, Offered = 98, Answered = 98, AnsweredWaitSeconds = 980, ServiceLevel = new Share(98, 98) };

        var both = quiet + busy;

        Assert.Equal(11.8, FigureMetrics.Of(FigureMetric.SpeedOfAnswer, both).Value);
        Assert.Equal(98, FigureMetrics.Of(FigureMetric.ServiceLevel, both, ServiceLevelRule.AnsweredOnly).Value);
    }

    [Fact]
    public void Of_EveryMetric_FollowsItsFormula()
    {
        var figures = new CallFigures
        {
            Calls = 130,
            Offered = 100,
            Answered = 80,
            Abandoned = 15,
            ShortAbandoned = 5,
            FlowedOut = 5,
            AnsweredWaitSeconds = 800,
            AbandonedWaitSeconds = 300,
            TalkSeconds = 12_000,
            HoldSeconds = 800,
            Transferred = 8,
            LongestWaitSeconds = 240,
            Placed = 20,
            Reached = 15,
        };

        Assert.Equal(10, Value(FigureMetric.Abandoned));
        Assert.Equal(5, Value(FigureMetric.ShortAbandoned));
        Assert.Equal(10d / 95 * 100, Value(FigureMetric.AbandonRate)!.Value, precision: 9);
        Assert.Equal(80d / 95 * 100, Value(FigureMetric.AnswerRate)!.Value, precision: 9);
        Assert.Equal(10, Value(FigureMetric.SpeedOfAnswer));
        Assert.Equal(20, Value(FigureMetric.AbandonTime));
        Assert.Equal(160, Value(FigureMetric.HandleTime));
        Assert.Equal(150, Value(FigureMetric.TalkTime));
        Assert.Equal(10, Value(FigureMetric.TransferRate));
        Assert.Equal(75, Value(FigureMetric.ReachRate));
        Assert.Equal(240, Value(FigureMetric.LongestWait));
        Assert.Null(Value(FigureMetric.WrapUpTime));
        Assert.Null(Value(FigureMetric.Occupancy));

        double? Value(FigureMetric metric) => FigureMetrics.Of(metric, figures).Value;
    }

    [Fact]
    public void Of_WrapUpAndIdleKnown_CountInHandlingAndOccupancy()
    {
        var figures = new CallFigures { Answered = 10, TalkSeconds = 1_500, HoldSeconds = 100, WrapUpSeconds = 200, IdleSeconds = 600 };

        Assert.Equal(180, FigureMetrics.Of(FigureMetric.HandleTime, figures).Value);
        Assert.Equal(20, FigureMetrics.Of(FigureMetric.WrapUpTime, figures).Value);
        Assert.Equal(75, FigureMetrics.Of(FigureMetric.Occupancy, figures).Value);
    }

    [Fact]
    public void Of_NoCalls_NoPercentagesAndAverages()
    {
        foreach (var metric in Enum.GetValues<FigureMetric>())
        {
            var value = FigureMetrics.Of(metric, CallFigures.None);

            Assert.Equal(value.Unit == FigureUnit.Count ? 0 : null, value.Value);
            Assert.Contains(value.Formula, FigureMetrics.Formulas);
        }
    }

    [Fact]
    public void Of_GroupsWithDifferentRules_SaysSo() =>
        Assert.Equal(FigureMetrics.MixedServiceLevel, FigureMetrics.Of(FigureMetric.ServiceLevel, Golden, rule: null).Formula);

    [Fact]
    public void Property_AddingInAnyOrder_GivesTheSame() =>
        Prop.ForAll<int[], int[]>((left, right) =>
        {
            var parts = left.Concat(right).Select(Part).ToList();
            var forward = parts.Aggregate(CallFigures.None, (sum, part) => sum + part);
            var backward = parts.AsEnumerable().Reverse().Aggregate(CallFigures.None, (sum, part) => part + sum);
            return forward == backward && forward.TalkSeconds == parts.Sum(part => part.TalkSeconds);
        }).Holds();

    private static CallFigures Part(int seed) => new()
    {
        Calls = Math.Abs((long)seed) % 7,
        Offered = Math.Abs((long)seed) % 5,
        TalkSeconds = Math.Abs((long)seed) % 1_000,
        LongestWaitSeconds = seed % 3 == 0 ? null : (int)(Math.Abs((long)seed) % 400),
        ServiceLevel = new Share(Math.Abs((long)seed) % 3, Math.Abs((long)seed) % 9),
    };
}

using CallCenter.Core.Figures;

namespace CallCenter.Tests.Figures;

public sealed class ErlangCTests
{
    private static readonly ErlangC HalfHour = new(100, 180, 1_800);

    [Theory]
    [InlineData(11, 0.6821, 38.96, 122.78)]
    [InlineData(12, 0.4494, 64.02, 40.44)]
    [InlineData(13, 0.2853, 79.56, 17.12)]
    [InlineData(14, 0.1741, 88.84, 7.84)]
    [InlineData(15, 0.1020, 94.15, 3.67)]
    public void With_HundredCallsInHalfAnHour_IsAsComputed(int agents, double waits, double serviceLevel, double speedOfAnswer)
    {
        var result = HalfHour.With(agents)!.Value;

        Assert.Equal(waits, result.WaitProbability, precision: 4);
        Assert.Equal(serviceLevel, result.ServiceLevelPercent(20), precision: 2);
        Assert.Equal(speedOfAnswer, result.SpeedOfAnswerSeconds, precision: 2);
    }

    [Theory]
    [InlineData(53, 75.18)]
    [InlineData(54, 81.72)]
    public void With_720CallsInAnHour_IsAsComputed(int agents, double serviceLevel) =>
        Assert.Equal(serviceLevel, new ErlangC(720, 240, 3_600).With(agents)!.Value.ServiceLevelPercent(20), precision: 2);

    [Fact]
    public void AgentsFor_LargeLoad_IsTheFirstThatReachesTheGoal()
    {
        var load = new ErlangC(7_920, 180, 3_600);

        var result = load.AgentsFor(20, 80)!.Value;

        Assert.Equal(396, result.Load, precision: 9);
        Assert.Equal(406, result.Agents);
        Assert.Equal(83.26, result.ServiceLevelPercent(20), precision: 2);
        Assert.Equal(97.5, result.OccupancyPercent, precision: 1);
        Assert.True(load.With(405)!.Value.ServiceLevelPercent(20) < 80);
    }

    [Fact]
    public void OccupancyPercent_FourteenAgents_IsAsComputed() => Assert.Equal(71.4, HalfHour.With(14)!.Value.OccupancyPercent, precision: 1);

    [Theory]
    [InlineData(10)]
    [InlineData(3)]
    [InlineData(0)]
    public void With_NoMoreAgentsThanLoad_CannotKeepUp(int agents) => Assert.Null(HalfHour.With(agents));

    [Fact]
    public void AgentsFor_NoCalls_OneAgentWhoWaits() => Assert.Equal(1, new ErlangC(0, 180, 1_800).AgentsFor(20, 80)!.Value.Agents);

    [Fact]
    public void AgentsFor_MoreThanTheSearchAllows_IsNull() => Assert.Null(new ErlangC(1_000_000, 3_600, 1_800).AgentsFor(20, 80));

    [Theory]
    [InlineData(0, 14)]
    [InlineData(30, 20)]
    [InlineData(35, 22)]
    public void Scheduled_Shrinkage_RoundsUp(double shrinkage, int agents) => Assert.Equal(agents, HalfHour.With(14)!.Value.Scheduled(shrinkage));
}

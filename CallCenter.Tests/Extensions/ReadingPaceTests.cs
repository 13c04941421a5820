using CallCenter.Core.Extensions;
using CallCenter.Core.Telephony;

namespace CallCenter.Tests.Extensions;

public sealed class ReadingPaceTests
{
    private static readonly DateTime Now = new(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData(0.2, 15)]
    [InlineData(3, 15)]
    [InlineData(10, 40)]
    [InlineData(600, 300)]
    public void After_SlowReading_KeepsTheShareUpToTheLongestPause(double tookSeconds, double expectedSeconds) =>
        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), ReadingPace.After(TimeSpan.FromSeconds(tookSeconds), Interval));

    [Theory]
    [InlineData(1, 15)]
    [InlineData(2, 30)]
    [InlineData(4, 120)]
    [InlineData(60, 300)]
    public void AfterFailures_DoubleUpToTheLongestPause(int failures, double expectedSeconds) =>
        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), ReadingPace.AfterFailures(failures, Interval));

    [Fact]
    public void After_IntervalBeyondTheLongestPause_IsTheInterval() =>
        Assert.Equal(TimeSpan.FromHours(1), ReadingPace.After(TimeSpan.FromHours(9), TimeSpan.FromHours(1)));

    [Fact]
    public void Reading_FailsForAMinute_IsUnknownUntilItSucceeds()
    {
        var reading = new ExtensionReading { PbxId = Guid.NewGuid() };
        reading.Succeed(Now, TimeSpan.FromSeconds(1), Interval);
        Assert.Null(reading.NextAtUtc);

        reading.Fail(TelephonyErrors.TimedOut, Now.AddSeconds(15), Interval);
        Assert.False(reading.IsUnknown(Now.AddSeconds(74)));
        Assert.True(reading.IsUnknown(Now.AddSeconds(75)));
        Assert.Equal((1, TelephonyErrors.TimedOut.Code, (DateTime?)Now.AddSeconds(30)), (reading.Failures, reading.ErrorCode, reading.NextAtUtc));

        reading.Succeed(Now.AddMinutes(3), TimeSpan.FromSeconds(10), Interval);
        Assert.False(reading.IsUnknown(Now.AddHours(1)));
        Assert.Equal((0, null, (DateTime?)Now.AddMinutes(3).AddSeconds(40)), (reading.Failures, reading.ErrorCode, reading.NextAtUtc));
    }
}

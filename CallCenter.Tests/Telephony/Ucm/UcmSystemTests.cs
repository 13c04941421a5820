using System.Text.Json;
using CallCenter.Infrastructure.Telephony.Ucm;

namespace CallCenter.Tests.Telephony.Ucm;

public sealed class UcmSystemTests
{
    private static readonly DateTimeOffset Now = new(2022, 11, 5, 14, 37, 20, TimeSpan.Zero);

    [Theory]
    [InlineData("05-11-2022 14:37:26 UTC+00:00", 0, 6)]
    [InlineData("2022-11-05 14:37:26 UTC+00:00", 0, 6)]
    [InlineData("11-05-2022 14:37:26 UTC+00:00", 0, 6)]
    [InlineData("2022/11/05 17:37:10 UTC+03:00", 180, -10)]
    [InlineData("2022-11-05 10:37:20 UTC-04:00", -240, 0)]
    [InlineData("2022-11-05 20:22:20 UTC+5:45", 345, 0)]
    [InlineData("2022-11-05 15:37:20 GMT+0100", 60, 0)]
    public void ReadClock_EitherDateOrder_GivesOffsetAndSkew(string text, int offsetMinutes, int skewSeconds)
    {
        var clock = UcmSystem.ReadClock(text, Now)!;

        Assert.Equal(TimeSpan.FromMinutes(offsetMinutes), clock.Offset);
        Assert.Equal(TimeSpan.FromSeconds(skewSeconds), clock.Skew);
    }

    [Fact]
    public void ReadClock_WithoutOffset_SaysSo()
    {
        var clock = UcmSystem.ReadClock("2022-11-05 14:37:26", Now)!;

        Assert.Null(clock.Offset);
        Assert.Null(clock.Skew);
    }

    [Theory]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("2022-13-45 14:37:26 UTC+00:00")]
    [InlineData("2022-11-05 14:37:26 UTC+99:00")]
    public void ReadClock_Unreadable_IsNull(string text) => Assert.Null(UcmSystem.ReadClock(text, Now));

    [Theory]
    [InlineData("00:42:53", "00:42:53")]
    [InlineData("2 03:04:05", "2.03:04:05")]
    [InlineData("3 days 01:02:03", "3.01:02:03")]
    [InlineData("1 day, 01:02:03", "1.01:02:03")]
    [InlineData("51:04:05", "2.03:04:05")]
    public void ReadUpTime_AnyRendering_IsRead(string text, string expected) =>
        Assert.Equal(TimeSpan.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), UcmSystem.ReadUpTime(text));

    [Fact]
    public void ReadGeneral_ModelWithRevision_IsSplit()
    {
        var reply = JsonDocument.Parse("""{"response":{"product-model":"UCM6301  V1.3A","prog-version":"1.0.27.12"},"status":0}""").RootElement;

        Assert.Equal(new UcmGeneralStatus("UCM6301", "V1.3A", "1.0.27.12"), UcmSystem.ReadGeneral(UcmBody.ToOutcome(reply, "x").Reply!));
    }
}

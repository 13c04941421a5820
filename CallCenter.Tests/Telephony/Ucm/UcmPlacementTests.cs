using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Infrastructure.Telephony.Ucm;
using CallCenter.Tests.Support;
using FsCheck.Fluent;

namespace CallCenter.Tests.Telephony.Ucm;

/// <summary>Wall-clock times of the PBX to UTC.</summary>
public sealed class UcmPlacementTests
{
    // 2026-03-29 01:00 UTC: Dublin goes from +0 to +1. 2026-10-25 01:00 UTC: back again.
    private static readonly DateTime Spring = new(2026, 3, 29, 1, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime Autumn = new(2026, 10, 25, 1, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("Europe/Dublin", "Europe/Dublin")]
    [InlineData("Europe/Dublin", "America/Halifax")]
    [InlineData("Europe/Dublin", null)]
    [InlineData("Asia/Riyadh", "Europe/Dublin")]
    [InlineData("America/Halifax", "Europe/Dublin")]
    [InlineData("Asia/Kathmandu", "UTC")]
    [InlineData("Australia/Lord_Howe", "Australia/Lord_Howe")]
    public void Place_LaterLegsAcrossAClockChange_LandWhereTheyHappened(string pbxZone, string? tenantZone)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(pbxZone);
        foreach (var change in ChangesOf(zone).DefaultIfEmpty(Spring))
        {
            foreach (var minutesBefore in new[] { 1, 7, 29, 58, 90 })
            {
                var begin = change.AddMinutes(-minutesBefore);
                DateTime[] starts = [begin, begin.AddMinutes(5), begin.AddMinutes(31), begin.AddMinutes(64)];
                var epoch = new DateTimeOffset(begin).ToUnixTimeSeconds();
                var items = starts.Select((utc, i) => Row($"{epoch}.{minutesBefore}", utc, i < 3 ? starts[i + 1] : utc.AddMinutes(80), zone)).ToList();

                // Calls of the same night before and after, as a real PBX has; they show the offset on both sides.
                items.AddRange(Enumerable.Range(-6, 13).Where(h => h != 0).Select(h => Single(change.AddMinutes(h * 90), zone)));
                var legs = UcmFixtures.Place(UcmFixtures.Parse(UcmFixtures.Root([.. items])), tenantZone);

                Assert.Equal(starts, legs.Take(4).Select(l => l.StartUtc));
                Assert.Equal(starts[3].AddMinutes(80), legs[3].EndUtc);
                Assert.All(legs.Take(4), l => Assert.Equal(l.EndUtc.AddSeconds(-l.BillableSeconds), l.AnswerUtc));
            }
        }
    }

    [Fact]
    public void Place_LegThatSpansTheClockChange_LastsAsLongAsItCounted()
    {
        foreach (var change in new[] { Spring, Autumn })
        {
            var dublin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Dublin");
            var begin = change.AddMinutes(-5);
            var leg = UcmFixtures.Place(UcmFixtures.Parse(UcmFixtures.Root(Single(begin, dublin, 14 * 60))), "Asia/Riyadh").Single();

            Assert.Equal((begin, begin.AddMinutes(14), 840), (leg.StartUtc, leg.EndUtc, leg.DurationSeconds));
            Assert.Equal(begin, leg.AnswerUtc);
        }
    }

    [Fact]
    public void Place_FirstLegMissing_TakesTheOffsetOfTheNearestCall()
    {
        var riyadh = TimeZoneInfo.FindSystemTimeZoneById("Asia/Riyadh");
        var begin = new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);
        var later = Row($"{new DateTimeOffset(begin).ToUnixTimeSeconds()}.5", begin.AddSeconds(100), begin.AddSeconds(150), riyadh);

        var legs = UcmFixtures.Place(UcmFixtures.Parse(UcmFixtures.Root(later, Single(begin.AddHours(2), riyadh))), "Europe/Dublin");

        Assert.Equal(begin.AddSeconds(100), legs[0].StartUtc);
    }

    [Fact]
    public void Place_MissingFirstLegByChanceAQuarterLate_IsNotBelieved()
    {
        var dublin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Dublin");
        var begin = new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc);
        var later = Row($"{new DateTimeOffset(begin).ToUnixTimeSeconds()}.5", begin.AddMinutes(15), begin.AddMinutes(16), dublin);

        var legs = UcmFixtures.Place(UcmFixtures.Parse(UcmFixtures.Root(
            Single(begin.AddHours(-1), dublin), later, Single(begin.AddHours(1), dublin))), "Asia/Riyadh");

        Assert.Equal(begin.AddMinutes(15), legs[1].StartUtc);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("16")]
    [InlineData("")]
    public void Place_UniqueIdWithoutTime_TakesTheZone(string uniqueId)
    {
        var json = UcmFixtures.Root(UcmFixtures.Leg(uniqueId, "2026-07-01 13:00:00"));

        Assert.Equal(new DateTime(2026, 7, 1, 12, 0, 0), UcmFixtures.Place(UcmFixtures.Parse(json), "Europe/Dublin", TimeSpan.Zero).Single().StartUtc);
        Assert.Equal(new DateTime(2026, 7, 1, 10, 0, 0), UcmFixtures.Place(UcmFixtures.Parse(json), "Europe/Dublin", TimeSpan.FromHours(3)).Single().StartUtc);
        Assert.Equal(new DateTime(2026, 7, 1, 13, 0, 0), UcmFixtures.Place(UcmFixtures.Parse(json)).Single().StartUtc);
    }

    [Fact]
    public void Place_NoStartAtAll_BeginsWithItsChannel()
    {
        var leg = UcmFixtures.Place(UcmFixtures.Parse("""{"cdr_root":[{"uniqueid":"1700000000.1","start":"0000-00-00 00:00:00","duration":"5"}]}""")).Single();

        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1700000000), leg.StartUtc);
        Assert.Equal(leg.StartUtc.AddSeconds(5), leg.EndUtc);
    }

    [Fact]
    public void Place_AnyZoneAndAnyCalls_IsExact() => Prop.ForAll(
        Gen.Elements("Europe/Dublin", "America/Halifax", "Asia/Riyadh", "Asia/Kolkata", "Pacific/Auckland", "America/Caracas").ToArbitrary(),
        Gen.Choose(0, 365 * 24 * 60).ListOf(40).ToArbitrary(),
        (pbxZone, minutes) =>
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(pbxZone);
            var starts = minutes.Distinct().Order().Select(m => new DateTime(2023, 5, 1, 0, 0, 7, DateTimeKind.Utc).AddMinutes(m)).ToList();
            var legs = UcmFixtures.Place(UcmFixtures.Parse(UcmFixtures.Root([.. starts.Select(s => Single(s, zone))])), "Europe/Dublin");

            return legs.Select(l => l.StartUtc).SequenceEqual(starts);
        }).Holds(60);

    [Fact]
    public void Range_NothingLearned_CoversEveryZone()
    {
        var offsets = new UcmOffsets(TimeZoneInfo.Utc, TimeSpan.Zero, UcmFixtures.Now);

        Assert.Equal((TimeSpan.FromHours(-12), TimeSpan.FromHours(14)), offsets.Range(Spring, Autumn));
    }

    [Fact]
    public void Range_OffsetsLearned_AreWidenedByAnHour()
    {
        var offsets = new UcmOffsets(null, null, UcmFixtures.Now);
        offsets.Learn(UcmFixtures.Parse(UcmFixtures.Root(
            Single(Spring.AddDays(-1), TimeZoneInfo.FindSystemTimeZoneById("America/Halifax")),
            Single(Spring.AddDays(60), TimeZoneInfo.FindSystemTimeZoneById("America/Halifax")))).Rows);

        Assert.Equal((TimeSpan.FromHours(-4), TimeSpan.FromHours(-2)), offsets.Range(Spring, Autumn));
    }

    [Fact]
    public void Assemble_CallAcrossAutumn_IsOneCallOfItsRealLength()
    {
        var dublin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Dublin");
        var begin = Autumn.AddMinutes(-5);
        var id = $"{new DateTimeOffset(begin).ToUnixTimeSeconds()}.1";
        var call = CallAssembler.Assemble(UcmFixtures.Place(UcmFixtures.Parse(UcmFixtures.Root(
            Row(id, begin, begin.AddMinutes(6), dublin), Row(id, begin.AddMinutes(6), begin.AddMinutes(20), dublin))), "Europe/Dublin")).Single();

        Assert.Equal(20 * 60, call.DurationSeconds);
    }

    private static IEnumerable<DateTime> ChangesOf(TimeZoneInfo zone)
    {
        for (var day = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc); day.Year == 2026; day = day.AddMinutes(30))
        {
            if (zone.GetUtcOffset(day.AddMinutes(-30)) != zone.GetUtcOffset(day))
            {
                yield return day;
            }
        }
    }

    private static string Single(DateTime utc, TimeZoneInfo zone, int seconds = 60) =>
        Row($"{new DateTimeOffset(utc).ToUnixTimeSeconds()}.9{utc.Minute}", utc, utc.AddSeconds(seconds), zone);

    private static string Row(string uniqueId, DateTime start, DateTime end, TimeZoneInfo zone) => UcmFixtures.Leg(
        uniqueId, Local(start, zone), (int)(end - start).TotalSeconds, Local(end, zone), Local(start, zone));

    private static string Local(DateTime utc, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTimeFromUtc(utc, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}

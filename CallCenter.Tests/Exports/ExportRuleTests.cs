using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Infrastructure.Exports;

namespace CallCenter.Tests.Exports;

/// <summary>The small rules of exports: reach, selections as text, clocks.</summary>
public sealed class ExportRuleTests
{
    [Theory]
    [InlineData("*", false)]
    [InlineData("1001|", true)]
    [InlineData("1001,1002|6500", true)]
    [InlineData("1003|", false)]
    [InlineData("1001|6501", false)]
    [InlineData("|", true)]
    [InlineData("nonsense", false)]
    public void Reach_OfAFile_IsWithinAnothers(string text, bool within)
    {
        Assert.Equal(within, ExportReach.IsWithin(text, new CallReach(false, ["1001", "1002"], ["6500"])));
        Assert.True(ExportReach.IsWithin(text, CallReach.Everything));
    }

    [Fact]
    public void Reach_TooLongToKeep_IsItsDigestAndCoveredByItselfOnly()
    {
        var reach = new CallReach(false, [.. Enumerable.Range(1000, 2000).Select(n => $"{n}")], []);

        var text = ExportReach.Write(reach);

        Assert.True(text.Length <= Export.ReachMaxLength);
        Assert.True(ExportReach.IsWithin(text, reach));
        Assert.False(ExportReach.IsWithin(text, reach with { Queues = ["6500"] }));
    }

    [Fact]
    public void FilterText_AnyValue_ComesBack()
    {
        KeyValuePair<string, string>[] pairs = [new("q", "+966 50"), new("client", "أحمد & Co = 1"), new("tag", "100%")];

        Assert.Equal(pairs, ExportFilterText.Read(ExportFilterText.Write(pairs)));
    }

    [Fact]
    public void Columns_UnknownAndRepeatedOnes_AreLeftOut()
    {
        Assert.Equal(["Talk", "Start"], CallExportColumns.Read("talk,nope,Start,Talk").Select(column => column.Key));
        Assert.Equal(CallExportColumns.All, CallExportColumns.Read("nope"));
    }

    [Fact]
    public void ZoneClock_HourThatComesTwice_IsToldApartByItsOffset()
    {
        var clock = new ZoneClock(TimeZoneInfo.FindSystemTimeZoneById("Europe/Dublin"));
        var first = new DateTime(2026, 10, 25, 0, 30, 0, DateTimeKind.Utc);

        Assert.Equal((clock.Local(first), "UTC+01:00"), (new DateTime(2026, 10, 25, 1, 30, 0, DateTimeKind.Unspecified), clock.Offset(first)));
        Assert.Equal((clock.Local(first.AddHours(1)), "UTC+00:00"), (new DateTime(2026, 10, 25, 1, 30, 0, DateTimeKind.Unspecified), clock.Offset(first.AddHours(1))));
    }

    [Theory]
    [InlineData("Asia/Kolkata")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("America/St_Johns")]
    [InlineData("Africa/Cairo")]
    [InlineData("Europe/Dublin")]
    public void ZoneClock_EveryQuarterOfAYear_AgreesWithTheZone(string id)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        var clock = new ZoneClock(zone);
        var start = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

        for (var minute = 0; minute < 366 * 24 * 60; minute += 13)
        {
            var utc = start.AddMinutes(minute);
            Assert.Equal(TimeZoneInfo.ConvertTimeFromUtc(utc, zone), clock.Local(utc));
        }
    }
}

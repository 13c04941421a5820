using System.Text;
using System.Text.Json;
using CallCenter.Core.Devices;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Infrastructure.Telephony.Gdms;
using Microsoft.Extensions.Options;

namespace CallCenter.Tests.Devices;

public sealed class DeviceTextTests
{
    [Theory]
    [InlineData("AA:BB:CC:00:11:22, 20abc0001, Front desk", "AABBCC001122", "20ABC0001", "Front desk")]
    [InlineData("aabb.cc00.1122 20ABC0001", "AABBCC001122", "20ABC0001", "")]
    [InlineData("AA-BB-CC-00-11-22;20ABC0001;الاستقبال", "AABBCC001122", "20ABC0001", "الاستقبال")]
    [InlineData("AABBCC001122\t20ABC0001\tA, B", "AABBCC001122", "20ABC0001", "A, B")]
    public void Parse_Spellings_AreOneDevice(string line, string mac, string serial, string name)
    {
        var device = Assert.Single(NewDevice.Parse($"# label\n\n{line}\r\n"));

        Assert.Equal((3, mac, serial, name), (device.Line, device.Mac, device.SerialNumber, device.Name));
        Assert.Empty(NewDevice.Check([device]));
    }

    [Fact]
    public void Check_WrongLines_EachSaysWhy()
    {
        var devices = NewDevice.Parse("AABBCC00112 20ABC0001\nAABBCC001122 2\nAABBCC001133 20ABC0001\nAA:BB:CC:00:11:33 20ABC0001\nAABBCC001144 20ABC0001 " + new string('x', 65));

        var wrong = NewDevice.Check(devices);

        Assert.Equal([1, 2, 4, 5], wrong.Keys.Order());
        Assert.Equal((DeviceErrors.MacFormat, DeviceErrors.SerialFormat, DeviceErrors.Duplicate, DeviceErrors.NameFormat), (wrong[1], wrong[2], wrong[4], wrong[5]));
    }

    [Fact]
    public void NewDevice_AsText_HidesTheSerialNumber() =>
        Assert.DoesNotContain("20ABC", $"{NewDevice.Parse("AABBCC001122 20ABC0001")[0]} {new GdmsNewDevice("AABBCC001122", "20ABC0001", "x")}", StringComparison.Ordinal);

    [Theory]
    [InlineData("2026-02-10 09:00:00", "Etc/UTC", "2026-02-10T09:00:00Z")]
    [InlineData("2026-02-10 09:00:00", "Asia/Shanghai", "2026-02-10T01:00:00Z")]
    [InlineData("2026-03-29 02:30:00", "Europe/Berlin", "2026-03-29T01:30:00Z")]
    [InlineData("1770714000000", "Asia/Shanghai", "2026-02-10T09:00:00Z")]
    [InlineData("10 Feb 2026", "Etc/UTC", null)]
    [InlineData("0000-00-00 00:00:00", "Etc/UTC", null)]
    [InlineData("0001-01-01 00:00:00", "Etc/UTC", null)]
    [InlineData("99999999999999999999", "Etc/UTC", null)]
    [InlineData("", "Etc/UTC", null)]
    public void Times_OfGdms_AreReadInTheZoneOfTheSetting(string text, string zone, string? expected)
    {
        var times = new GdmsTimes(Options.Create(new GdmsOptions { TimeZone = zone }));

        Assert.Equal(expected, times.Read(text)?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Readers_AnyJson_NeverThrow()
    {
        var times = new GdmsTimes(Options.Create(new GdmsOptions()));
        var random = new Random(20);
        string[] names = ["mac", "sn", "deviceName", "status", "lastTime", "accountStatus", "isSynchronized", "siteId", "sipAccountInfoList", "sipUserId", "data", "result", "dnd"];
        string[] values = ["null", "1", "-1", "\"\"", "\"AA:BB:CC:00:11:22\"", "[]", "{}", "[null]", "\"\\ud800\"", "1e400", "true", "\"9999-99-99 99:99:99\"", "[{\"sipUserId\":[1]}]"];
        for (var i = 0; i < 5_000; i++)
        {
            var text = new StringBuilder("{");
            for (var field = random.Next(8); field >= 0; field--)
            {
                text.Append('"').Append(names[random.Next(names.Length)]).Append("\":").Append(values[random.Next(values.Length)]).Append(field > 0 ? "," : "");
            }

            using var document = JsonDocument.Parse(text.Append('}').ToString());
            var device = GdmsRows.Device(document.RootElement, times);
            Assert.True(device is null || device.Mac.Length == 12);
            _ = GdmsRows.AccountState(document.RootElement);
            _ = GdmsRows.Find(document.RootElement);
        }
    }

    [Fact]
    public void Query_SearchesAndSorts_AsPeopleMean()
    {
        DeviceRow[] rows =
        [
            Row("AABBCC001122", "Front", "GRP2615", "1.0.5.9", GdmsDeviceStatus.Online),
            Row("AABBCC003344", "Back", "GXP2170", "1.0.5.44", GdmsDeviceStatus.Abnormal),
            Row("DDEEFF001122", "adapter", "HT812", null, GdmsDeviceStatus.Offline),
        ];

        Assert.Equal(["adapter", "Back", "Front"], Names(new DeviceQuery()));
        Assert.Equal(["Front", "Back", "adapter"], Names(new DeviceQuery { Descending = true }));
        Assert.Equal(["adapter", "Front", "Back"], Names(new DeviceQuery { Sort = DeviceSort.Firmware }));
        Assert.Equal(["Back", "adapter", "Front"], Names(new DeviceQuery { Sort = DeviceSort.State }));
        Assert.Equal(["Back"], Names(new DeviceQuery { Search = "cc:00:33" }));
        Assert.Equal(["Back"], Names(new DeviceQuery { Search = "gxp" }));
        Assert.Equal(["adapter"], Names(new DeviceQuery { Status = GdmsDeviceStatus.Offline }));
        Assert.Empty(Names(new DeviceQuery { Search = "nobody" }));

        IEnumerable<string> Names(DeviceQuery query) => query.Apply(rows).Select(row => row.Device.Name);
    }

    private static DeviceRow Row(string mac, string name, string model, string? firmware, GdmsDeviceStatus status) =>
        new(new GdmsDevice(mac, null, name, model, status, null, firmware, null, null), false, null, null);
}

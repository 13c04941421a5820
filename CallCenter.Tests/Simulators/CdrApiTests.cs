using System.Text;
using System.Text.Json.Nodes;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm;
using CallCenter.Simulators.Ucm.Cdr;

namespace CallCenter.Tests.Simulators;

public sealed class CdrApiTests : IAsyncLifetime, IDisposable
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 20, 15, 0, 0, TimeSpan.Zero));
    private UcmSimulator _simulator = null!;
    private UcmTestClient _client = null!;

    public async Task InitializeAsync()
    {
        _simulator = await UcmSimulator.StartAsync(new UcmSimulatorOptions
        {
            TimeProvider = _time,
            Calls = SamplePbx.Dublin(new DateOnly(2026, 11, 16)),
        });
        _client = new UcmTestClient(_simulator);
        await _client.LoginAsync();
    }

    public async Task DisposeAsync() => await _simulator.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Paging_ByOffset_GivesEveryLegOnceWhateverThePageSize()
    {
        var small = await CdrFlattening.AllItemsAsync(_client, 97);
        var large = await CdrFlattening.AllItemsAsync(_client, 1000);

        Assert.Equal(large.Select(i => i.ToJsonString()), small.Select(i => i.ToJsonString()));
        Assert.Equal(
            _simulator.Ledger.Calls.SelectMany(c => c.Legs).Select(l => $"{l.AcctId}").Order(),
            small.SelectMany(CdrFlattening.Legs).Select(l => l.Text("AcctId")).Order());
    }

    [Fact]
    public async Task Count_AbsentOrTooLarge_IsAThousand()
    {
        var all = _simulator.Ledger.Calls.Count;
        Assert.True(all > 700);

        var absent = CdrFlattening.Root(await _client.SendAsync("cdrapi", new { format = "json" })).Count;
        var none = CdrFlattening.Root(await _client.SendAsync("cdrapi", new { format = "json", numRecords = "0" })).Count;
        var large = CdrFlattening.Root(await _client.SendAsync("cdrapi", new { format = "json", numRecords = 5000 })).Count;

        Assert.Equal((Math.Min(1000, all), 0), (Math.Min(absent, 1000), none));
        Assert.Equal(absent, large);
    }

    [Theory]
    [InlineData("2026-11-18T00:00:00", "2026-11-18T23:59:59", true)]
    [InlineData("2026-11-18", "2026-11-18", true)]
    [InlineData("2026-11-18T00:00", "2026-11-18T23:59:59.999", true)]
    [InlineData("2026-11-18T01:00:00+01:00", "2026-11-18T18:59:59-05:00", true)]
    [InlineData("1794960000", "1795046399", true)]
    [InlineData("2026-11-18 00:00:00", "2026-11-18 23:59:59", false)]
    [InlineData("18/11/2026", "", false)]
    [InlineData("2026-13-01T00:00:00", "", false)]
    [InlineData("2026-11-18T25:00:00", "", false)]
    public async Task Window_AnyDocumentedForm_SelectsTheDayAndAnythingElseNothing(string start, string end, bool good)
    {
        var expected = _simulator.Ledger.Calls.SelectMany(c => c.Legs).Count(l => l.Start.Day == 18);

        var legs = await LegsAsync(new { format = "json", startTime = start, endTime = end });

        Assert.Equal(good ? expected : 0, legs.Count);
    }

    [Fact]
    public async Task Window_SpaceInsteadOfT_IsUnderstoodByOtherFirmware()
    {
        _simulator.Quirks = _simulator.Quirks with { SpaceInTimes = true };

        Assert.NotEmpty(await LegsAsync(new { format = "json", startTime = "2026-11-18 00:00:00" }));
    }

    [Fact]
    public async Task Window_BothEndsInclusive_HitsASingleSecond()
    {
        var leg = _simulator.Ledger.Calls[100].Legs[0];
        var second = leg.Start.ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

        Assert.Contains(await LegsAsync(new { format = "json", startTime = second, endTime = second }), l => l.Text("AcctId") == $"{leg.AcctId}");
        Assert.NotEmpty(await LegsAsync(new { format = "json", startTime = "2026-11-20T14:00", endTime = "now", timeFilterType = "End" }));
        Assert.Empty(await LegsAsync(new { format = "json", startTime = "now" }));
    }

    [Theory]
    [InlineData("1001-1003", "1002", true)]
    [InlineData("1001-1003", "1004", false)]
    [InlineData("5300,1002", "1002", true)]
    [InlineData("10@", "1002", true)]
    [InlineData("100_", "1002", true)]
    [InlineData("100_", "10023", false)]
    [InlineData("@91@", "+353209112345", true)]
    [InlineData("1001-@", "1002", false)]
    [InlineData("0-0", "", true)]
    [InlineData("0-0", "anonymous", true)]
    [InlineData("0-0", "1002", false)]
    public void Pattern_OfTheGuide_Matches(string pattern, string value, bool matches) =>
        Assert.Equal(matches, NumberPattern.Matches(pattern, value));

    [Fact]
    public async Task Filters_OnNumbersAndLength_SelectLegs()
    {
        var legs = await LegsAsync(new { format = "json", answeredby = "1001-1004", minDur = 30, maxDur = "60" });

        Assert.NotEmpty(legs);
        Assert.All(legs, l => Assert.InRange(int.Parse(l.Text("billsec"), System.Globalization.CultureInfo.InvariantCulture), 30, 60));
        Assert.All(legs, l => Assert.InRange(int.Parse(l.Text("dstanswer"), System.Globalization.CultureInfo.InvariantCulture), 1001, 1004));
        Assert.Empty(await LegsAsync(new { format = "json", minDur = "long" }));
    }

    [Fact]
    public async Task Format_Absent_IsCsvAndXmlOnRequest()
    {
        var csv = Encoding.UTF8.GetString(await _client.SendRawAsync("cdrapi"));
        var xml = Encoding.UTF8.GetString(await _client.SendRawAsync("cdrapi", new { format = "xml", numRecords = 3 }));

        Assert.StartsWith("AcctId,accountcode,src,dst,", csv, StringComparison.Ordinal);
        Assert.NotEmpty(System.Xml.Linq.XDocument.Parse(xml).Root!.Elements("cdr"));
    }

    [Fact]
    public async Task NewCall_RecordingNames_ComeSomeSecondsLater()
    {
        LedgerCall call;
        do
        {
            call = _simulator.AddCall(Scenario.InboundAnswered)[0];
        }
        while (!call.Recordings.Any());

        var id = call.Legs[0].AcctId;
        var atOnce = await RecordFilesAsync(id);
        _time.Advance(TimeSpan.FromSeconds(16));

        Assert.Equal("", atOnce);
        Assert.Equal(call.Recordings.Single() + "@", await RecordFilesAsync(id));
    }

    [Fact]
    public async Task LateLegs_AfterTheCall_ShowUpOneByOne()
    {
        _simulator.Quirks = _simulator.Quirks with { LateLegs = true };
        List<LedgerCall> calls = [];
        for (var i = 0; i < 5; i++)
        {
            calls.AddRange(_simulator.AddCall(Scenario.RingGroupAnswered));
        }

        List<int> seen = [];
        for (var i = 0; i < 4; i++)
        {
            var ids = (await LegsAsync(new { format = "json", startTime = "2026-11-20T14:00:00" })).Select(l => l.Text("AcctId")).ToHashSet();
            seen.Add(calls.SelectMany(c => c.Legs).Count(l => ids.Contains($"{l.AcctId}")));
            _time.Advance(TimeSpan.FromSeconds(31));
        }

        Assert.True(seen[0] < seen[1] && seen[1] < seen[3]);
        Assert.Equal(calls.Sum(c => c.Legs.Count), seen[3]);
    }

    [Fact]
    public async Task Recordings_ListedAndFetched_AreWavOfTheLegsLength()
    {
        var leg = _simulator.Ledger.Calls.SelectMany(c => c.Legs).First(l => l.Recordings.Count > 0 && !l.Action.StartsWith("QUEUE", StringComparison.Ordinal));
        var name = leg.Recordings[0][(leg.Recordings[0].IndexOf('/', StringComparison.Ordinal) + 1)..];

        var directories = Encoding.UTF8.GetString(await _client.SendRawAsync("recapi"));
        var listing = Encoding.UTF8.GetString(await _client.SendRawAsync("recapi", new { filedir = "monitor" }));
        var wav = await _client.SendRawAsync("recapi", new { filedir = "monitor", filename = name });
        var withFolder = await _client.SendRawAsync("recapi", new { filename = leg.Recordings[0] });
        var again = await _client.SendRawAsync("recapi", new { filename = name });

        Assert.Contains("monitor\r\nqueue\r\n", directories, StringComparison.Ordinal);
        Assert.Contains(leg.Recordings[0], listing, StringComparison.Ordinal);
        Assert.Equal("RIFF", Encoding.ASCII.GetString(wav, 0, 4));
        Assert.Equal(44 + (leg.BillableSeconds * 16_000), wav.Length);
        Assert.Equal(wav, withFolder);
        Assert.Equal(wav, again);
    }

    [Fact]
    public async Task Recordings_OfQueues_AreInTheirOwnDirectory()
    {
        var leg = _simulator.Ledger.Calls.SelectMany(c => c.Legs).First(l => l.Recordings.Count > 0 && l.Action.StartsWith("QUEUE", StringComparison.Ordinal));

        var monitor = await _client.SendRawAsync("recapi", new { filedir = "monitor", filename = leg.Recordings[0] });
        var queue = await _client.SendRawAsync("recapi", new { filedir = "queue", filename = leg.Recordings[0] });

        Assert.Equal((byte)'{', monitor[0]);
        Assert.Equal((byte)'R', queue[0]);
    }

    [Fact]
    public async Task Recordings_MissingName_IsJsonWithHttp200AndSeveralAreATar()
    {
        var names = _simulator.Ledger.Calls.SelectMany(c => c.Legs)
            .Where(l => l.Recordings.Count > 0 && !l.Action.StartsWith("QUEUE", StringComparison.Ordinal) && l.BillableSeconds < 120)
            .Take(2).Select(l => l.Recordings[0]).ToList();

        var missing = JsonNode.Parse(await _client.SendRawAsync("recapi", new { filedir = "monitor", filename = "auto-1-2-3.wav" }))!;
        var outside = JsonNode.Parse(await _client.SendRawAsync("recapi", new { filename = "../" + names[0] }))!;
        var tar = await _client.SendRawAsync("recapi", new { filedir = "monitor", filename = string.Join('@', names) });

        Assert.NotEqual(0, UcmTestClient.Status(missing));
        Assert.NotEqual(0, UcmTestClient.Status(outside));
        Assert.Equal("ustar", Encoding.ASCII.GetString(tar, 257, 5));
    }

    [Fact]
    public async Task Channels_DuringCalls_AgreeWithTheExtensionsStatus()
    {
        // Monday morning, when the cookie of Friday is long expired.
        _time.Advance(TimeSpan.FromHours(67.5));
        await _client.LoginAsync();

        var bridged = await BridgedAsync();
        for (var minute = 0; minute < 60 && bridged.Count == 0; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            bridged = await BridgedAsync();
        }

        var ringing = await _client.StatusOfAsync("listUnBridgedChannels");
        var accounts = (await _client.SendAsync("listAccount", new { item_num = 100 }))["response"]!["account"]!.AsArray();

        var inUse = accounts.Where(a => a!["status"]!.GetValue<string>() == "InUse").Select(a => a!["extension"]!.GetValue<string>()).ToHashSet();
        Assert.Equal(0, ringing);
        Assert.NotEmpty(bridged);
        Assert.All(
            bridged.Where(b => b!["inbound_trunk_name"]!.GetValue<string>().Length > 0),
            b => Assert.Contains(b!["callerid2"]!.GetValue<string>(), inUse));
    }

    [Fact]
    public async Task Inventory_Lists_NameWhatTheCallsUse()
    {
        var queues = (await _client.SendAsync("listQueue", new { options = "extension,members" }))["response"]!["queue"]!.AsArray();
        var trunks = (await _client.SendAsync("listVoIPTrunk"))["response"]!["voip_trunk"]!.AsArray();
        var groups = (await _client.SendAsync("listRingGroup"))["response"]!["ringgroup"]!.AsArray();
        var routes = (await _client.SendAsync("listInboundRoute"))["response"]!["inbound_route"]!.AsArray();

        Assert.Equal("""{"extension":"6500","members":"1001,1002,1003,1004,1005,1006"}""", queues[0]!.ToJsonString());
        Assert.Equal(1, trunks[0]!["trunk_index"]!.GetValue<int>());
        Assert.Equal("6400", groups[0]!["extension"]!.GetValue<string>());
        Assert.Equal(3, routes.Count);
    }

    private async Task<List<JsonObject>> LegsAsync(object query) =>
        [.. CdrFlattening.Root(await _client.SendAsync("cdrapi", query)).SelectMany(i => CdrFlattening.Legs(i!))];

    private async Task<JsonArray> BridgedAsync() =>
        (await _client.SendAsync("listBridgedChannels"))["response"]!["channel"]!.AsArray();

    private async Task<string> RecordFilesAsync(long id) =>
        (await _client.SendAsync("getRecordInfosByCall", new { id }))["response"]!["recordfiles"]!.GetValue<string>();
}

using System.Globalization;
using System.Text.Json.Nodes;
using CallCenter.Core.Calls;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm;
using CallCenter.Tests.Support;

namespace CallCenter.Tests.Telephony.Ucm;

/// <summary>The same calls served by peers that page, filter, sort and spell otherwise: the result must not change.</summary>
public sealed class UcmOtherFirmwareTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 4, 20, 12, 0, 0, TimeSpan.Zero);

    // Thirteen months ago and a zone that is not the tenant's: the clock changes are found in the rows alone.
    private static readonly CallGeneratorOptions Company = SamplePbx.Dublin(new DateOnly(2025, 3, 1)) with
    {
        Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Halifax"),
        CallsPerWorkday = 5,
        To = new DateOnly(2025, 12, 10),
    };

    private static readonly UcmQuirks Old = UcmQuirks.NoneCdr with
    {
        Firmware = UcmFirmware.Ucm62xxOld,
        MonthlyAcctIdRestart = true,
        UnpaddedMicroseconds = true,
        NoAnswerFilledAnswer = true,
        BusyFailedEmptyEnd = true,
        VoicemailViaDial = true,
        MainCdrSums = true,
        UnsortedNeighbours = true,
    };

    private static readonly UcmQuirks New = new UcmQuirks() with { ShiftedGroups = true, EmptyCdrField = true, LateRecordFiles = false };

    private static readonly Lazy<Task<(List<JsonObject> Items, IReadOnlyList<LedgerCall> Truth)>> OldItems = new(() => RenderAsync(Old));
    private static readonly Lazy<Task<(List<JsonObject> Items, IReadOnlyList<LedgerCall> Truth)>> NewItems = new(() => RenderAsync(New));

    private ScriptedUcm _ucm = null!;

    public static TheoryData<string> Servers => new(ServerShapes.Keys);

    public static TheoryData<string> Spellings => new(RowShapes.Keys);

    private static Dictionary<string, Func<DumbPbx, DumbPbx>> ServerShapes { get; } = new()
    {
        ["well-behaved"] = d => d,
        ["wrapped"] = d => d with { Wrapped = true, EmptyWithoutRoot = true },
        ["everything-always"] = d => d with { IgnoresOffset = true, IgnoresTimes = true, IgnoresCount = true, Cap = int.MaxValue },
        ["no-paging"] = d => d with { IgnoresOffset = true, IgnoresCount = true, Cap = int.MaxValue },
        ["small-cap"] = d => d with { Cap = 37 },
        ["small-cap-no-offset"] = d => d with { Cap = 200, IgnoresOffset = true },
        ["small-cap-no-times"] = d => d with { Cap = 100, IgnoresTimes = true },
        ["clamped-offset"] = d => d with { Cap = 100, ClampsOffset = true },
        ["descending"] = d => d with { Descending = true },
        ["descending-capped"] = d => d with { Descending = true, Cap = 60 },
        ["descending-no-offset"] = d => d with { Descending = true, Cap = 200, IgnoresOffset = true },
        ["wants-space"] = d => d with { WantsSpace = true },
        ["no-times-at-all"] = d => d with { UnderstandsNoTimes = true, Cap = 300 },
    };

    private static Dictionary<string, Action<JsonObject>> RowShapes { get; } = new()
    {
        ["numbers"] = leg => Each(leg, ["AcctId", "duration", "billsec"], v => JsonValue.Create(long.Parse(v, CultureInfo.InvariantCulture))),
        ["nulls"] = leg =>
        {
            foreach (var name in leg.Where(p => p.Value!.ToString().Length == 0).Select(p => p.Key).ToList())
            {
                leg[name] = null;
            }
        },
        ["no-empty-columns"] = leg =>
        {
            foreach (var name in leg.Where(p => p.Key != "dstchannel" && p.Value!.ToString().Length == 0).Select(p => p.Key).ToList())
            {
                leg.Remove(name);
            }
        },
        ["lower-case-names"] = leg => Rename(leg, n => n.ToLowerInvariant()),
        ["extra-columns"] = leg =>
        {
            leg["something_new"] = new JsonObject { ["deep"] = new JsonArray(1, 2, 3) };
            leg["gds_call"] = true;
        },
        ["joined-words"] = leg => Each(leg, ["disposition"], v => v.Replace(" ", "", StringComparison.Ordinal)),
        ["small-words"] = leg => Each(leg, ["disposition", "userfield", "action_type"], v => v.ToLowerInvariant()),
        ["times-with-t"] = leg => Each(leg, ["start", "answer", "end"], v => v.Replace(' ', 'T')),
        ["no-answers"] = leg => leg.Remove("answer"),
        ["times-with-zero-dates"] = leg => Each(leg, ["answer"], v => "0000-00-00 00:00:00"),
        ["no-counters"] = leg => leg.Remove("AcctId"),
        ["no-directions"] = leg => leg.Remove("userfield"),
        ["unknown-directions"] = leg => leg["userfield"] = "Sideways",
    };

    public async Task InitializeAsync() => _ucm = await ScriptedUcm.StartAsync();

    public async Task DisposeAsync() => await _ucm.DisposeAsync();

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Sync_OldFirmwareBehindAnyServer_EqualsTheLedger(string server) =>
        await AssertEqualAsync(Old, ServerShapes[server], _ => { });

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Sync_ShiftedGroupsBehindAnyServer_EqualsTheLedger(string server) =>
        await AssertEqualAsync(New, ServerShapes[server], _ => { });

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task Sync_OtherSpelling_EqualsTheLedger(string spelling) =>
        await AssertEqualAsync(New, d => d, RowShapes[spelling], counters: spelling != "no-counters");

    [Fact]
    public async Task Sync_SubKeysOutOfOrderWithGaps_EqualsTheLedger() => await AssertEqualAsync(
        New,
        d => d with
        {
            Items = [.. d.Items.Select(item =>
            {
                var shuffled = new JsonObject();
                foreach (var (name, value) in item.Reverse())
                {
                    shuffled[name.Replace("sub_cdr_", "sub_cdr_1", StringComparison.Ordinal)] = value!.DeepClone();
                }

                return shuffled;
            })],
        },
        _ => { });

    [Fact]
    public async Task Sync_RubbishBetweenTheRows_CountsItAndLosesNothing()
    {
        var (items, truth) = await ItemsAsync(New);
        JsonNode[] rubbish = [new JsonObject(), new JsonObject { ["uniqueid"] = "x", ["start"] = "yesterday" }, new JsonObject { ["main_cdr"] = new JsonObject() }];
        List<JsonObject> mixed = [];
        foreach (var (index, item) in items.Index())
        {
            mixed.Add(item);
            if (index % 50 == 0)
            {
                var bad = rubbish[index / 50 % rubbish.Length].DeepClone().AsObject();
                bad["nr"] = index;
                mixed.Add(bad);
            }
        }

        _ucm.On("cdrapi", request =>
        {
            var offset = int.Parse(request["offset"]!.ToString(), CultureInfo.InvariantCulture);
            var page = mixed.Skip(offset).Take(100).Select(i => i.DeepClone()).ToArray();
            return new JsonObject { ["cdr_root"] = new JsonArray(page) }.ToJsonString();
        });
        var (calls, skipped) = await SyncAsync();

        Assert.True(skipped > 0);
        LedgerComparison.AssertEqual(truth, New, calls);
    }

    private static void Each(JsonObject leg, string[] names, Func<string, JsonNode> change)
    {
        foreach (var name in names)
        {
            if (leg[name]?.ToString() is { Length: > 0 } value)
            {
                leg[name] = change(value);
            }
        }
    }

    private static void Each(JsonObject leg, string[] names, Func<string, string> change) => Each(leg, names, v => JsonValue.Create(change(v))!);

    private static void Rename(JsonObject leg, Func<string, string> change)
    {
        foreach (var (name, value) in leg.ToList())
        {
            leg.Remove(name);
            leg[change(name)] = value;
        }
    }

    private static async Task<(List<JsonObject> Items, IReadOnlyList<LedgerCall> Truth)> ItemsAsync(UcmQuirks quirks)
    {
        var (items, truth) = await (quirks == Old ? OldItems : NewItems).Value;
        return ([.. items.Select(i => i.DeepClone().AsObject())], truth);
    }

    private static async Task<(List<JsonObject> Items, IReadOnlyList<LedgerCall> Truth)> RenderAsync(UcmQuirks quirks)
    {
        var clock = new ManualClock(Now);
        await using var simulator = await UcmSimulator.StartAsync(new UcmSimulatorOptions { TimeProvider = clock, Quirks = quirks, Calls = Company });
        await using var gateway = ScriptedUcm.Gateway(clock);
        List<JsonObject> items = [];
        while (true)
        {
            var reply = await gateway.ExecuteAsync(UcmLedgerSyncTests.Endpoint(simulator), "cdrapi", new Dictionary<string, string>
            {
                ["format"] = "json",
                ["offset"] = items.Count.ToString(CultureInfo.InvariantCulture),
            });
            var page = JsonNode.Parse(reply.Value.Root.GetRawText())!["cdr_root"]!.AsArray();
            if (page.Count == 0)
            {
                return (items, simulator.Ledger.Calls);
            }

            items.AddRange(page.Select(i => i!.DeepClone().AsObject()));
        }
    }

    private async Task AssertEqualAsync(UcmQuirks quirks, Func<DumbPbx, DumbPbx> serve, Action<JsonObject> spell, bool counters = true)
    {
        var (items, truth) = await ItemsAsync(quirks);
        Assert.True(truth.Count > 500);
        foreach (var leg in items.SelectMany(i => i.ContainsKey("main_cdr") ? i.Where(p => p.Key.StartsWith("sub_", StringComparison.Ordinal)).Select(p => p.Value!.AsObject()) : [i]))
        {
            spell(leg);
        }

        serve(new DumbPbx(items)).Serve(_ucm);
        var (calls, skipped) = await SyncAsync();

        Assert.Equal(0, skipped);
        LedgerComparison.AssertEqual(truth, quirks, calls, counters);
    }

    private async Task<(IReadOnlyList<AssembledCall> Calls, int Skipped)> SyncAsync()
    {
        var clock = new ManualClock(Now);
        await using var gateway = ScriptedUcm.Gateway(clock);
        var source = UcmLedgerSyncTests.Source(gateway, clock);
        var (legs, skipped) = await UcmLedgerSyncTests.ReadAllAsync(source, _ucm.Endpoint, Now.UtcDateTime, TimeSpan.FromDays(60));
        return (CallAssembler.Assemble(legs), skipped);
    }
}

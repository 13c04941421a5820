using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Telephony.Ucm;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm;
using CallCenter.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CallCenter.Tests.Telephony.Ucm;

/// <summary>Ninety days over a real socket, call by call against the simulator's own ledger, across a clock change.</summary>
public sealed class UcmLedgerSyncTests
{
    private static readonly DateOnly FirstDay = new(2026, 8, 6);
    private static readonly DateTimeOffset Now = new(2026, 11, 5, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Profiles => new(ProfileQuirks.Keys);

    private static Dictionary<string, UcmQuirks> ProfileQuirks { get; } = new()
    {
        ["all"] = UcmQuirks.AllCdr,
        ["all-old-firmware"] = UcmQuirks.AllCdr with { Firmware = UcmFirmware.Ucm62xxOld },
        ["none"] = UcmQuirks.NoneCdr,
        ["default"] = new UcmQuirks(),
        ["monthly-restart"] = UcmQuirks.NoneCdr with { MonthlyAcctIdRestart = true },
        ["unpadded"] = UcmQuirks.NoneCdr with { UnpaddedMicroseconds = true },
        ["text-session"] = UcmQuirks.NoneCdr with { TextSessionSuffix = true },
        ["no-answer-filled"] = UcmQuirks.NoneCdr with { NoAnswerFilledAnswer = true },
        ["busy-empty-end"] = UcmQuirks.NoneCdr with { BusyFailedEmptyEnd = true },
        ["zero-dates"] = UcmQuirks.NoneCdr with { ZeroDates = true, BusyFailedEmptyEnd = true },
        ["voicemail-via-dial"] = UcmQuirks.NoneCdr with { VoicemailViaDial = true },
        ["main-sums"] = UcmQuirks.NoneCdr with { MainCdrSums = true },
        ["shifted-groups"] = UcmQuirks.NoneCdr with { ShiftedGroups = true },
        ["ring-group-headers"] = UcmQuirks.NoneCdr with { RingGroupHeaderLegs = true },
        ["parked-session"] = UcmQuirks.NoneCdr with { ParkedSessionDiffers = true },
        ["unsorted"] = UcmQuirks.NoneCdr with { UnsortedNeighbours = true },
        ["empty-cdr"] = UcmQuirks.NoneCdr with { EmptyCdrField = true },
        ["wrapped"] = UcmQuirks.NoneCdr with { WrappedReply = true },
        ["late-files"] = UcmQuirks.NoneCdr with { LateRecordFiles = true },
        ["late-legs"] = UcmQuirks.NoneCdr with { LateLegs = true },
        ["space-in-times"] = UcmQuirks.NoneCdr with { SpaceInTimes = true },
        ["day-first"] = UcmQuirks.NoneCdr with { DayFirstDates = true, Uptime = UptimeFormat.DaysInWords },
    };

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Sync_NinetyDays_EqualsTheLedgerCallByCall(string profile) => await AssertEqualAsync(ProfileQuirks[profile], 40, "Europe/Dublin");

    [Theory]
    [InlineData("America/Halifax")]
    [InlineData("Asia/Riyadh")]
    [InlineData("UTC")]
    [InlineData("No/Such")]
    public async Task Sync_TenantZoneIsNotThePbxs_StillEqualsTheLedger(string tenantZone) =>
        await AssertEqualAsync(UcmQuirks.AllCdr, 40, tenantZone);

    [Fact]
    public async Task Sync_FullSizeCompany_EqualsTheLedger() => await AssertEqualAsync(UcmQuirks.AllCdr, 200, "Europe/Dublin");

    [Fact]
    public async Task Sync_ArabicCompany_EqualsTheLedger() =>
        await AssertEqualAsync(UcmQuirks.AllCdr, SamplePbx.Riyadh(FirstDay) with { CallsPerWorkday = 60 }, "Asia/Riyadh");

    private static Task AssertEqualAsync(UcmQuirks quirks, int callsPerWorkday, string tenantZone) =>
        AssertEqualAsync(quirks, SamplePbx.Dublin(FirstDay) with { CallsPerWorkday = callsPerWorkday }, tenantZone);

    private static async Task AssertEqualAsync(UcmQuirks quirks, CallGeneratorOptions company, string tenantZone)
    {
        var clock = new ManualClock(Now);
        await using var simulator = await UcmSimulator.StartAsync(new UcmSimulatorOptions
        {
            TimeProvider = clock,
            Quirks = quirks,
            Calls = company with { To = new DateOnly(2026, 11, 4) },
        });
        await using var gateway = ScriptedUcm.Gateway(clock);
        var source = Source(gateway, clock);
        var pbx = Endpoint(simulator) with { TimeZoneId = tenantZone };

        var (legs, skipped) = await ReadAllAsync(source, pbx, Now.UtcDateTime, TimeSpan.FromDays(7));
        var calls = CallAssembler.Assemble(legs);

        Assert.Equal(0, skipped);
        Assert.Equal(1, simulator.MostParallelCalls);
        Assert.True(simulator.Ledger.Calls.Count > 1000);
        LedgerComparison.AssertEqual(simulator.Ledger.Calls, quirks, calls);
    }

    internal static UcmCdrSource Source(IUcmGateway gateway, TimeProvider time, Action<UcmOptions>? configure = null)
    {
        var options = new UcmOptions { RetryDelay = TimeSpan.FromMilliseconds(1), MaxRetryDelay = TimeSpan.FromMilliseconds(5) };
        configure?.Invoke(options);
        return new UcmCdrSource(gateway, Options.Create(options), time, NullLogger<UcmCdrSource>.Instance);
    }

    internal static PbxEndpoint Endpoint(UcmSimulator simulator) => new(
        Guid.Parse("11111111-0000-0000-0000-000000000001"), Guid.Parse("22222222-0000-0000-0000-000000000002"), PbxKind.Ucm,
        "127.0.0.1", simulator.Port, "/ws", "portalapi", new Secret("Demo-Pass#1"), simulator.CertificateSha256, "Europe/Dublin");

    internal static async Task<(List<CdrLeg> Legs, int Skipped)> ReadAllAsync(
        UcmCdrSource source, PbxEndpoint pbx, DateTime nowUtc, TimeSpan step)
    {
        var oldest = await source.FindOldestAsync(pbx);
        Assert.Null(oldest.Error);
        List<CdrLeg> legs = [];
        var skipped = 0;
        for (var from = oldest.Value!.Value; from <= nowUtc; from += step)
        {
            await foreach (var page in source.ReadAsync(pbx, new CdrWindow(from, from + step < nowUtc ? from + step : nowUtc)))
            {
                Assert.Null(page.Error);
                legs.AddRange(page.Value.Legs);
                skipped += page.Value.SkippedRows;
            }
        }

        return (legs, skipped);
    }
}

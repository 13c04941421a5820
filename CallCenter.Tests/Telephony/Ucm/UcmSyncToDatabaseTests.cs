using CallCenter.Core.Calls;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls.Sync;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Telephony.Ucm;

/// <summary>The whole way: simulated UCM, socket, adapter, assembler, writer, database, against the simulator's ledger.</summary>
public sealed class UcmSyncToDatabaseTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2026, 11, 5, 12, 0, 0, TimeSpan.Zero);

    private readonly ManualClock _clock = new(Now);
    private TestDatabase _database = null!;
    private TenantInfo _tenant = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _tenant = await _database.AddTenantAsync("demo", "Europe/Dublin");
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sync_NinetyDays_StoresTheLedgerAndASecondRunChangesNothing(bool allQuirks)
    {
        var quirks = allQuirks ? UcmQuirks.AllCdr : UcmQuirks.NoneCdr;
        await using var simulator = await UcmSimulator.StartAsync(new UcmSimulatorOptions
        {
            TimeProvider = _clock,
            Quirks = quirks,
            Calls = SamplePbx.Dublin(new DateOnly(2026, 8, 6)) with { CallsPerWorkday = 100, To = new DateOnly(2026, 11, 4) },
        });
        var pbx = UcmLedgerSyncTests.Endpoint(simulator) with { TenantId = _tenant.Id };
        var directory = Substitute.For<IPbxDirectory>();
        directory.GetAsync(default).ReturnsForAnyArgs(pbx);
        await using var services = _database.CreateServices(
            s => s.AddSingleton<TimeProvider>(_clock).AddSingleton(directory),
            new Dictionary<string, string?> { ["Outbound:Allow:0"] = "127.0.0.0/8" });

        var first = await RunAsync(services, pbx);
        var stored = await StoredAsync();
        var second = await RunAsync(services, pbx);

        Assert.Equal((CallSyncPhase.Done, 0L), (first.Phase, first.SkippedRows));
        Assert.Equal(simulator.Ledger.Calls.Count, first.CallsWritten);
        Assert.Equal(simulator.Ledger.Calls.Select(c => Describe(c, quirks)).Order(StringComparer.Ordinal), stored);
        Assert.Equal((CallSyncPhase.Done, 0L), (second.Phase, second.CallsWritten));
        Assert.Equal(stored, await StoredAsync());
    }

    [Fact]
    public async Task Sync_EveryTenMinutesOfALivingDay_EndsWithTheLedger()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 10, 20, 7, 50, 0, TimeSpan.Zero));
        await using var simulator = await UcmSimulator.StartAsync(new UcmSimulatorOptions
        {
            TimeProvider = clock,
            Quirks = UcmQuirks.AllCdr,
            Calls = SamplePbx.Dublin(new DateOnly(2026, 10, 19)) with { CallsPerWorkday = 150, To = new DateOnly(2026, 10, 20) },
        });
        var pbx = UcmLedgerSyncTests.Endpoint(simulator) with { TenantId = _tenant.Id };
        var directory = Substitute.For<IPbxDirectory>();
        directory.GetAsync(default).ReturnsForAnyArgs(pbx);
        await using var services = _database.CreateServices(
            s => s.AddSingleton<TimeProvider>(clock).AddSingleton(directory),
            new Dictionary<string, string?> { ["Outbound:Allow:0"] = "127.0.0.0/8" });

        for (var i = 0; i < 66; i++)
        {
            var run = await RunAsync(services, pbx);
            Assert.Equal(CallSyncPhase.Done, run.Phase);
            clock.Advance(TimeSpan.FromMinutes(10));
        }

        clock.Advance(TimeSpan.FromHours(4));
        await RunAsync(services, pbx);

        Assert.Equal(
            simulator.Ledger.Calls.Select(c => Describe(c, UcmQuirks.AllCdr)).Order(StringComparer.Ordinal), await StoredAsync());
    }

    [Theory]
    [InlineData("older-firmware.json", false, 6, 7)]
    [InlineData("older-firmware.json", true, 6, 7)]
    [InlineData("shifted-groups.json", false, 5, 17)]
    [InlineData("shifted-groups.json", true, 5, 17)]
    public async Task Sync_CaptureThatIsServedWholeWhateverIsAsked_StoresItsCallsOnce(string fixture, bool wrapped, int calls, int legs)
    {
        await using var ucm = await ScriptedUcm.StartAsync();
        var capture = UcmFixtures.Read(fixture).GetRawText();
        ucm.On("cdrapi", wrapped ? $$"""{"response":{{capture}},"status":"0"}""" : capture);
        var pbx = ucm.Endpoint with { TenantId = _tenant.Id };
        var directory = Substitute.For<IPbxDirectory>();
        directory.GetAsync(default).ReturnsForAnyArgs(pbx);
        await using var services = _database.CreateServices(
            s => s.AddSingleton<TimeProvider>(_clock).AddSingleton(directory),
            new Dictionary<string, string?> { ["Outbound:Allow:0"] = "127.0.0.0/8" });

        var first = await RunAsync(services, pbx);
        var second = await RunAsync(services, pbx);

        Assert.Equal((CallSyncPhase.Done, CallSyncPhase.Done, 0L), (first.Phase, second.Phase, first.SkippedRows));
        Assert.Equal((calls, 0L), (first.CallsWritten, second.CallsWritten));
        await using var db = _database.As(_tenant).CreateDbContext();
        Assert.Equal((calls, legs), (await db.Set<Call>().CountAsync(), await db.Set<CallLeg>().CountAsync()));
        Assert.Equal(
            UcmFixtures.Calls(fixture, "Europe/Dublin").Select(c => (c.CallKey, c.StartedAtUtc, c.Outcome, c.TalkSeconds)),
            (await db.Set<Call>().OrderBy(c => c.StartedAtUtc).ToListAsync()).Select(c => (c.CallKey, c.StartedAtUtc, c.Outcome, c.TalkSeconds)));
    }

    // Without header rows a ring group's call begins when its announcement ends.
    private static string Describe(LedgerCall call, UcmQuirks quirks) => string.Join(
        " | ", call.UniqueId, Whole(call.Legs.Where(l => quirks.RingGroupHeaderLegs || !l.IsHeader).Min(l => l.Start)), Whole(call.Legs.Max(l => l.End)), call.Direction, call.Outcome, call.From, call.FromName,
        call.AnsweredBy, call.Via, call.Trunk, call.TalkSeconds, call.Legs.Count(l => quirks.RingGroupHeaderLegs || !l.IsHeader),
        call.Recordings.Any());

    private static string Describe(Call call) => string.Join(
        " | ", call.CallKey, call.StartedAtUtc.ToString("s"), call.EndedAtUtc.ToString("s"), call.Direction, call.Outcome, call.FromNumber,
        call.FromName, call.AnsweredBy, call.Via, call.Trunk, call.TalkSeconds, call.LegCount, call.HasRecording);

    private static string Whole(DateTimeOffset time) => time.UtcDateTime.ToString("s");

    private async Task<CallSyncProgress> RunAsync(ServiceProvider services, PbxEndpoint pbx)
    {
        var started = await services.GetRequiredService<CallSyncRuns>().StartOrJoinAsync(_tenant, pbx, CancellationToken.None);
        return await started.Value.Run.Completion.WaitAsync(TimeSpan.FromMinutes(3));
    }

    private async Task<List<string>> StoredAsync()
    {
        await using var db = _database.As(_tenant).CreateDbContext();
        return [.. (await db.Set<Call>().ToListAsync()).Select(Describe).Order(StringComparer.Ordinal)];
    }
}

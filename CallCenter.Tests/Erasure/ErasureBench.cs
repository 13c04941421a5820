using CallCenter.Core.Calls;
using CallCenter.Core.Erasure;
using CallCenter.Core.Phones;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls.Sync;
using CallCenter.Infrastructure.Erasure;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Tests.Recordings;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Erasure;

/// <summary>A simulated UCM whose calls are synced, a caller of it to erase, and everything that can hold that caller's number.</summary>
internal sealed class ErasureBench : IAsyncDisposable
{
    private readonly FetchBench _pbx;
    private readonly ServiceProvider _services;

    private ErasureBench(FetchBench pbx)
    {
        _pbx = pbx;
        _services = pbx.Database.CreateServices(services => services.AddSingleton<TimeProvider>(pbx.Clock), Settings(pbx.Folder));
    }

    public TestDatabase Database => _pbx.Database;

    public TenantInfo Tenant => _pbx.Tenant;

    public Guid PbxId => _pbx.PbxId;

    public string Folder => _pbx.Folder;

    public ManualClock Clock => _pbx.Clock;

    public ServiceProvider Services => _services;

    /// <summary>The outside number with the most calls.</summary>
    public long Number { get; private set; }

    public string Typed => PhoneNumbers.Text(Number);

    public static Dictionary<string, string?> Settings(string folder) =>
        new(FetchBench.Settings(folder)) { ["Exports:Folder"] = Path.Combine(folder, "exports") };

    public static async Task<ErasureBench> StartAsync(int days = 12)
    {
        var bench = new ErasureBench(await FetchBench.StartAsync(days: days));
        await bench.SyncAsync();
        await using var db = bench.Open();
        bench.Number = await db.Set<Call>().Where(call => call.OutsideE164 > 0).GroupBy(call => call.OutsideE164)
            .Where(same => same.Sum(call => call.HasRecording ? 1 : 0) > 0)
            .OrderByDescending(same => same.Count()).ThenBy(same => same.Key).Select(same => same.Key).FirstAsync();
        return bench;
    }

    public CallCenterDbContext Open(TenantInfo? tenant = null) => Database.As(tenant ?? Tenant).CreateDbContext();

    /// <summary>Reads the PBX from its oldest row on.</summary>
    public async Task SyncAsync()
    {
        await using (var db = Open())
        {
            await db.Set<CdrSyncState>().ExecuteDeleteAsync();
        }

        var started = await _services.GetRequiredService<CallSyncRuns>().StartOrJoinAsync(Tenant, _pbx.Pbx, CancellationToken.None);
        var last = await started.Value.Run.Completion;
        Assert.Equal((CallSyncPhase.Done, null), (last.Phase, last.Error?.Code));
    }

    public async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> act, TenantRole? role = TenantRole.Admin, TenantInfo? tenant = null)
        where TService : notnull
    {
        await using var scope = _services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        if (role is { } person)
        {
            context.SignIn(Guid.NewGuid(), "Mona", false, null);
            context.EnterTenant(tenant ?? Tenant, person);
        }
        else
        {
            context.EnterAsSystem(tenant ?? Tenant, "test");
        }

        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task<Result<ErasurePreview>> PreviewAsync(string? number = null) => WithAsync<IErasures, Result<ErasurePreview>>(erasures => erasures.PreviewAsync(number ?? Typed));

    public async Task<Guid> RequestAsync(string reason = "Asked for by letter") =>
        (await WithAsync<IErasures, Result<Guid>>(erasures => erasures.RequestAsync(Typed, Typed[^4..], reason))).Value;

    public Task<Result> RunAsync() => WithAsync<ErasureRunner, Result>(runner => runner.RunAsync(CancellationToken.None), role: null);

    public async Task<ErasureView> FindAsync(Guid id) => (await WithAsync<IErasures, Result<ErasureView>>(erasures => erasures.FindAsync(id))).Value;

    /// <summary>The calls with the number, by start.</summary>
    public async Task<List<Call>> CallsAsync()
    {
        await using var db = Open();
        return await db.Set<Call>().AsNoTracking().Where(call => call.OutsideE164 == Number).OrderBy(call => call.StartedAtUtc).ToListAsync();
    }

    /// <summary>Stores audio for a call's recordings, as the fetch does.</summary>
    public async Task<List<Recording>> StoreAsync(Guid callId)
    {
        await using var db = Open();
        var recordings = await db.Set<Recording>().Where(recording => recording.CallId == callId).ToListAsync();
        foreach (var recording in recordings)
        {
            using var audio = new MemoryStream(WavFiles.Pcm16(1, 2, 3, 4));
            var stored = (await _services.GetRequiredService<IRecordingStore>().WriteAsync(Tenant.Id, recording.Id, recording.StartedAtUtc, audio)).Value;
            (recording.State, recording.StoreKey, recording.FileKey) = (RecordingState.Stored, stored.StoreKey, stored.FileKey);
            (recording.SizeBytes, recording.Sha256, recording.NextAttemptUtc) = (stored.SizeBytes, stored.Sha256, null);
        }

        await db.SaveChangesAsync();
        return recordings;
    }

    /// <inheritdoc cref="NumberTraces.FindAsync"/>
    public Task<List<string>> TracesAsync() => NumberTraces.FindAsync(Database, Tenant, Number);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _pbx.DisposeAsync();
    }
}

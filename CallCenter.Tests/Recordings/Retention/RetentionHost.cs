using CallCenter.Core.Calls;
using CallCenter.Core.Groups;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Recordings.Retention;
using CallCenter.Tests.Calls;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Tests.Recordings.Retention;

/// <summary>Recordings of any age on a real database, over a store that can fail and is counted.</summary>
internal sealed class RetentionHost : IAsyncDisposable
{
    public static readonly Guid Pbx = Guid.NewGuid();

    private readonly ServiceProvider _services;

    private RetentionHost(TestDatabase database, TenantInfo tenant, TenantInfo other)
    {
        Database = database;
        Tenant = tenant;
        Other = other;
        _services = database.CreateServices(
            services => services.AddSingleton<TimeProvider>(Clock).Replace(ServiceDescriptor.Singleton<IRecordingStore>(Store)), TestKeys.Settings);
    }

    public ManualClock Clock { get; } = new();

    public CountingStore Store { get; } = new();

    public TestDatabase Database { get; }

    public TenantInfo Tenant { get; }

    public TenantInfo Other { get; }

    public DateTime Now => Clock.GetUtcNow().UtcDateTime;

    public static async Task<RetentionHost> StartAsync()
    {
        var database = await TestDatabase.CreateAsync();
        return new RetentionHost(database, await database.AddTenantAsync("first"), await database.AddTenantAsync("second"));
    }

    public CallCenterDbContext Open(TenantInfo? tenant = null) => Database.As(tenant ?? Tenant).CreateDbContext();

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

    public Task<Result> RunAsync(bool byItself = true, TenantInfo? tenant = null) =>
        WithAsync<RetentionRunner, Result>(runner => runner.RunAsync(byItself, CancellationToken.None), role: null, tenant);

    public async Task<RetentionPreview> PreviewAsync() => (await WithAsync<IRetention, Result<RetentionPreview>>(retention => retention.PreviewAsync())).Value;

    /// <summary>The tenant's days, and days of queues.</summary>
    public async Task KeepAsync(int? days, params (string Queue, int? Days)[] queues)
    {
        await using var db = Open();
        var policy = await db.Set<RecordingPolicy>().SingleOrDefaultAsync() ?? db.Add(new RecordingPolicy()).Entity;
        policy.AutoDeleteDays = days;
        db.AddRange(queues.Select(queue => new PbxGroup { PbxId = Pbx, Number = queue.Queue, Kind = PbxGroupKind.Queue, RecordingDays = queue.Days }));
        await db.SaveChangesAsync();
    }

    /// <summary>A call with one recording of that age.</summary>
    public async Task<Recording> AddAsync(double daysOld, string queue = "", RecordingState state = RecordingState.Stored, TenantInfo? tenant = null)
    {
        var at = Now.AddDays(-daysOld);
        var number = Guid.NewGuid().ToString("N")[..10];
        await WithAsync<ICallWriter, CallWriteResult>(
            writer => writer.WriteAsync(Pbx, [TestLegs.Leg(uniqueId: $"{number}.1", accountId: number, source: "+353209100001")]), role: null, tenant);
        await using var db = Open(tenant);
        var call = await db.Set<Call>().SingleAsync(row => row.CallKey.StartsWith(number));
        await db.Set<Call>().Where(row => row.Id == call.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Queue, queue).SetProperty(row => row.StartedAtUtc, at));
        var recording = new Recording
        {
            TenantId = (tenant ?? Tenant).Id,
            PbxId = Pbx,
            CallId = call.Id,
            PbxName = $"2026-01/{number}.wav",
            State = state,
            StartedAtUtc = at,
            DurationSeconds = 60,
            SizeBytes = state == RecordingState.Stored ? 1_000 : 0,
            StoreKey = state == RecordingState.Stored ? $"file-{number}" : "",
            FileKey = state == RecordingState.Stored ? "sealed" : "",
            FoundAtUtc = at,
        };
        db.Add(recording);
        await db.SaveChangesAsync();
        if (recording.StoreKey.Length > 0)
        {
            Store.Files.Add(recording.StoreKey);
        }

        return recording;
    }

    public async Task<Recording> FindAsync(Guid id, TenantInfo? tenant = null)
    {
        await using var db = Open(tenant);
        return await db.Set<Recording>().AsNoTracking().SingleAsync(recording => recording.Id == id);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>A store of names; what it is asked to delete can be made to fail, or to do something first.</summary>
    internal sealed class CountingStore : IRecordingStore
    {
        public HashSet<string> Files { get; } = new(StringComparer.Ordinal);

        public Func<string, Task<Result>>? BeforeDelete { get; set; }

        public Task<Result<StoredAudio>> WriteAsync(
            Guid tenantId, Guid recordingId, DateTime startedAtUtc, Stream audio, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task<Result<Stream>> OpenAsync(Guid tenantId, StoredAudio audio, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public async Task<Result> DeleteAsync(Guid tenantId, string storeKey, CancellationToken cancellationToken = default)
        {
            if (BeforeDelete is { } before && (await before(storeKey)) is { Succeeded: false } failed)
            {
                return failed;
            }

            Files.Remove(storeKey);
            return Result.Success;
        }
    }
}

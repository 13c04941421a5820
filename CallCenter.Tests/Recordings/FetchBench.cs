using System.Globalization;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Recordings.Fetch;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Recordings;

/// <summary>A simulated UCM with recordings, a tenant that wants them, and the portal's services between.</summary>
internal sealed class FetchBench : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 5, 12, 0, 0, TimeSpan.Zero);

    private ServiceProvider? _services;

    private FetchBench(TestDatabase database, TenantInfo tenant, UcmSimulator ucm)
    {
        Database = database;
        Tenant = tenant;
        Ucm = ucm;
        Pbx = Endpoint(tenant, PbxId, ucm.Port.ToString(CultureInfo.InvariantCulture), ucm.CertificateSha256);
    }

    public TestDatabase Database { get; }

    public TenantInfo Tenant { get; }

    public UcmSimulator Ucm { get; }

    public Guid PbxId { get; } = Guid.NewGuid();

    public PbxEndpoint Pbx { get; }

    public ManualClock Clock { get; } = new(Now);

    public string Folder { get; } = Directory.CreateTempSubdirectory("callcenter-fetch-").FullName;

    /// <summary>Files under their final names.</summary>
    public IReadOnlyList<string> Files =>
        [.. Directory.EnumerateFiles(Folder, "*.ccr", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))];

    public ServiceProvider Services => _services ??= Database.CreateServices(
        services => services.AddSingleton<TimeProvider>(Clock), Settings(Folder));

    public static async Task<FetchBench> StartAsync(UcmQuirks? quirks = null, RecordingFormat format = RecordingFormat.Wav, int days = 3)
    {
        var database = await TestDatabase.CreateAsync();
        var tenant = await database.AddTenantAsync("demo", "Europe/Dublin");
        var ucm = await UcmSimulator.StartAsync(new UcmSimulatorOptions
        {
            TimeProvider = new ManualClock(Now),
            Quirks = quirks ?? new UcmQuirks(),
            Calls = SamplePbx.Dublin(new DateOnly(2026, 11, 5).AddDays(-days)) with { CallsPerWorkday = 30, To = new DateOnly(2026, 11, 4) },
        });
        var bench = new FetchBench(database, tenant, ucm);
        await using var db = database.As(tenant).CreateDbContext();
        db.Add(new RecordingPolicy { Enabled = true, Format = format });
        await db.SaveChangesAsync();
        return bench;
    }

    public static PbxEndpoint Endpoint(TenantInfo tenant, Guid pbxId, string port, string thumbprint) => new(
        tenant.Id, pbxId, PbxKind.Ucm, "127.0.0.1", int.Parse(port, CultureInfo.InvariantCulture), "/ws", "portalapi", new Secret("Demo-Pass#1"), thumbprint, tenant.TimeZoneId);

    public static Dictionary<string, string?> Settings(string folder) => new(TestKeys.Settings)
    {
        ["Recordings:Folder"] = folder,
        ["Recordings:Pace"] = "00:00:00",
        ["Recordings:KeepFreeMegabytes"] = "0",
    };

    /// <summary>Rows for the shortest recordings of the PBX, newest first: minutes of made-up speech cost seconds to make and check.</summary>
    public async Task<List<LedgerLeg>> NameAsync(int count)
    {
        var legs = Ucm.Ledger.Calls.SelectMany(call => call.Legs)
            .Where(leg => leg.Recordings.Count > 0)
            .OrderBy(leg => leg.BillableSeconds)
            .Take(count)
            .OrderByDescending(leg => leg.Start)
            .ToList();
        Assert.Equal(count, legs.Count);
        await using var db = Database.As(Tenant).CreateDbContext();
        foreach (var leg in legs)
        {
            db.Add(Row(leg.Recordings[0], leg.Answer!.Value.UtcDateTime));
        }

        await db.SaveChangesAsync();
        return legs;
    }

    public async Task<Recording> NameAsync(string name, DateTime? startedAtUtc = null)
    {
        await using var db = Database.As(Tenant).CreateDbContext();
        var row = Row(name, startedAtUtc ?? Now.UtcDateTime.AddMinutes(-5));
        db.Add(row);
        await db.SaveChangesAsync();
        return row;
    }

    public async Task<Result> FetchAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(Tenant, "test");
        return await scope.ServiceProvider.GetRequiredService<RecordingFetch>().RunAsync(Pbx, default);
    }

    public async Task<List<Recording>> RowsAsync()
    {
        await using var db = Database.As(Tenant).CreateDbContext();
        return await db.Set<Recording>().AsNoTracking().OrderByDescending(row => row.StartedAtUtc).ToListAsync();
    }

    public async Task<byte[]> ReadAsync(Recording row)
    {
        var store = Services.GetRequiredService<IRecordingStore>();
        await using var stream = (await store.OpenAsync(Tenant.Id, new StoredAudio(row.StoreKey, row.FileKey, row.SizeBytes, row.Sha256))).Value;
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        await Ucm.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private Recording Row(string name, DateTime startedAtUtc) => new()
    {
        PbxId = PbxId,
        CallId = Guid.NewGuid(),
        PbxName = name,
        State = RecordingState.Waiting,
        StartedAtUtc = startedAtUtc,
        NextAttemptUtc = Now.UtcDateTime,
        FoundAtUtc = Now.UtcDateTime,
    };
}

using System.Diagnostics;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Benchmarks;

/// <summary>
/// Storing call detail as the sync does it: legs to calls, both upserted, the cursor saved, batch by batch, each batch a
/// transaction. The reference is PostgreSQL's own binary COPY of the very same rows, already encoded, into the same table with
/// its indexes, in one go. Rounds alternate; the median counts.
/// </summary>
internal sealed class SyncRowsBenchmark : IBenchmark
{
    private const int Rounds = 7;
    private const int LegsPerWrite = 8_000;
    private const int CallsPerWorkday = 600;

    private static readonly DateOnly FirstDay = new(2026, 8, 1);
    private static readonly DateTimeOffset Now = new(2026, 10, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid PbxId = Guid.Parse("22222222-0000-0000-0000-000000000002");

    private static readonly TenantInfo Tenant =
        new(Guid.Parse("11111111-0000-0000-0000-000000000001"), "benchmark", "Benchmark", "Europe/Dublin", "IE", "en");

    public string Name => "sync-rows";

    public string Summary => "call detail stored per second, as a ratio to COPY of the same rows into the same table";

    public async Task<IReadOnlyList<Bar>> RunAsync(BenchmarkConsole console, CancellationToken cancellationToken)
    {
        await using var database = await BenchmarkDatabase.StartAsync(kept: null, cancellationToken);
        await using var services = database.CreateServices(collection => collection.AddSingleton<TimeProvider>(new FixedClock(Now)));
        var batches = await ReadLegsAsync(services, cancellationToken);
        var rows = batches.Sum(batch => batch.Length);
        console.Say($"{rows} legs of {Now.DateTime - FirstDay.ToDateTime(TimeOnly.MinValue):%d} days, read from a simulated UCM over HTTPS.");

        // Warms the code up, and fills the table once for the reference to take its rows from.
        await EmptyAsync(database, cancellationToken);
        await WriteAsync(services, batches, cancellationToken);
        var encoded = await CopyOutAsync(database, cancellationToken);
        await CopyInAsync(database, encoded, cancellationToken);

        List<double> first = [];
        List<double> again = [];
        for (var round = 1; round <= Rounds; round++)
        {
            await EmptyAsync(database, cancellationToken);
            var idle = database.Processor;
            var copy = await CopyInAsync(database, encoded, cancellationToken);
            var copying = database.Processor - idle;
            await EmptyAsync(database, cancellationToken);
            idle = database.Processor;
            var write = await WriteAsync(services, batches, cancellationToken);
            var writing = database.Processor - idle;
            var rewrite = await WriteAsync(services, batches, cancellationToken);
            first.Add(copy / write);
            again.Add(copy / rewrite);
            console.Say($"round {round}: COPY {rows / copy.TotalSeconds:0} rows/s, sync {rows / write.TotalSeconds:0} rows/s ({copy / write:0.00}), the same again {rows / rewrite.TotalSeconds:0} rows/s ({copy / rewrite:0.00})");
            console.Say($"  processor time: COPY {copying}; sync {writing}");
        }

        return
        [
            new Bar("sync-rows", BenchmarkConsole.Median(first), "ratio", 0.35, HigherIsBetter: true),
            new Bar("sync-rows-again", BenchmarkConsole.Median(again), "ratio", 0.8, HigherIsBetter: true),
        ];
    }

    private static async Task<IReadOnlyList<CdrLeg[]>> ReadLegsAsync(ServiceProvider services, CancellationToken cancellationToken)
    {
        await using var ucm = await UcmSimulator.StartAsync(
            new UcmSimulatorOptions
            {
                TimeProvider = new FixedClock(Now),
                Quirks = UcmQuirks.AllCdr,
                Calls = SamplePbx.Dublin(FirstDay) with { CallsPerWorkday = CallsPerWorkday },
            },
            cancellationToken);
        var user = ucm.Options.Users[0];
        var pbx = new PbxEndpoint(
            Tenant.Id, PbxId, PbxKind.Ucm, "127.0.0.1", ucm.Port, "/ws", user.Name, new Secret(user.Password), ucm.CertificateSha256, Tenant.TimeZoneId);
        var source = services.GetServices<ICdrSource>().Single(candidate => candidate.Kind == PbxKind.Ucm);
        var legs = new List<CdrLeg>();
        for (var from = new DateTimeOffset(FirstDay, TimeOnly.MinValue, TimeSpan.Zero); from < Now; from += TimeSpan.FromDays(7))
        {
            var window = new CdrWindow(from.UtcDateTime, (from + TimeSpan.FromDays(7)).UtcDateTime);
            await foreach (var page in source.ReadAsync(pbx, window, cancellationToken))
            {
                legs.AddRange(page.Error is { } error ? throw new InvalidOperationException($"The simulated UCM answered {error.Code}.") : page.Value.Legs);
            }
        }

        return [.. legs.DistinctBy(leg => (leg.AccountId, leg.UniqueId, leg.StartLocal)).Chunk(LegsPerWrite)];
    }

    private static async Task EmptyAsync(BenchmarkDatabase database, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync("""TRUNCATE "CallLegs", "Calls", "CallParticipants", "Recordings", "WorklistCalls", "WorklistEntries", "PbxOffsets", "FigureQuarters", "FigureDays", "FigureAgentDays", "FigureSlices", "CdrSyncStates" CASCADE """, cancellationToken);
        await database.ExecuteAsync("CHECKPOINT", cancellationToken);
    }

    private static async Task<TimeSpan> WriteAsync(ServiceProvider services, IReadOnlyList<CdrLeg[]> batches, CancellationToken cancellationToken)
    {
        GC.Collect();
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(Tenant, "benchmark");
        var writer = scope.ServiceProvider.GetRequiredService<ICallWriter>();
        var legs = 0L;
        var watch = Stopwatch.StartNew();
        await using var writing = writer.Begin(PbxId);
        foreach (var batch in batches)
        {
            legs += batch.Length;
            await writing.AddAsync(batch, new SyncCheckpoint(batch[^1].StartUtc, 1, legs, 0, 0), cancellationToken);
        }

        await writing.CompleteAsync();
        return watch.Elapsed;
    }

    private static async Task<byte[]> CopyOutAsync(BenchmarkDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        await using var rows = await connection.BeginRawBinaryCopyAsync("""COPY "CallLegs" TO STDOUT (FORMAT BINARY)""", cancellationToken);
        using var encoded = new MemoryStream();
        await rows.CopyToAsync(encoded, cancellationToken);
        return encoded.ToArray();
    }

    private static async Task<TimeSpan> CopyInAsync(BenchmarkDatabase database, byte[] encoded, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync("""TRUNCATE "CallLegs" """, cancellationToken);
        GC.Collect();
        await using var connection = await database.OpenAsync(cancellationToken);
        var watch = Stopwatch.StartNew();
        await using (var rows = await connection.BeginRawBinaryCopyAsync("""COPY "CallLegs" FROM STDIN (FORMAT BINARY)""", cancellationToken))
        {
            for (var at = 0; at < encoded.Length; at += 256 * 1024)
            {
                await rows.WriteAsync(encoded.AsMemory(at, Math.Min(256 * 1024, encoded.Length - at)), cancellationToken);
            }
        }

        return watch.Elapsed;
    }

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}

using System.Diagnostics;
using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace CallCenter.Benchmarks.History;

/// <summary>A tenant with a history of generated calls, written as the sync writes them.</summary>
internal sealed class HistoryDatabase(BenchmarkDatabase database, long calls) : IAsyncDisposable
{
    /// <summary>Rounds that are not counted.</summary>
    public const int WarmUp = 5;

    private const int CallsPerWrite = 6_000;

    // The hour after the last call, so that "today" is a day with calls.
    private static readonly FixedClock Clock = new(GeneratedCalls.LastUtc.AddHours(-1));

    private readonly ServiceProvider _services = database.CreateServices(collection => collection.AddSingleton<TimeProvider>(Clock));
    private TenantInfo? _tenant;
    private Guid _ownerId;

    /// <summary>Calls written so far.</summary>
    public long Written { get; private set; }

    public GeneratedCalls Generated { get; } = new(calls);

    public BenchmarkDatabase Database => database;

    public TenantInfo Tenant => _tenant ?? throw new InvalidOperationException("Not created.");

    /// <summary>The tenant of that name; what an earlier run stored of its calls is there.</summary>
    public static async Task<HistoryDatabase> OpenAsync(BenchmarkDatabase database, string slug, long calls, CancellationToken cancellationToken)
    {
        var history = new HistoryDatabase(database, calls);
        if (await database.ReadAsync<long>($"""SELECT count(*) FROM "Tenants" WHERE "Slug" = '{slug}'""", cancellationToken) == 0)
        {
            await history.CreateAsync(slug, cancellationToken);
        }

        var id = await database.ReadAsync<Guid>($"""SELECT "Id" FROM "Tenants" WHERE "Slug" = '{slug}'""", cancellationToken);
        history._tenant = new TenantInfo(id, slug, slug, "Europe/Dublin", "IE", "en");
        history._ownerId = await database.ReadAsync<Guid>($"""SELECT "Id" FROM "Users" WHERE "NormalizedEmail" = '{EmailOf(slug).ToUpperInvariant()}'""", cancellationToken);

        // One call for each index, and whole writes only: the number says how far an earlier run came.
        history.Written = await database.ReadAsync<long>($"""SELECT count(*) FROM "Calls" WHERE "TenantId" = '{id}'""", cancellationToken);
        return history;
    }

    private async Task CreateAsync(string slug, CancellationToken cancellationToken)
    {
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().SignIn(Guid.NewGuid(), "benchmark", isPlatformAdministrator: true, remoteAddress: null);
        var form = new TenantForm { Slug = slug, Name = slug, TimeZoneId = "Europe/Dublin", CountryCode = "IE", Language = "en" };
        var owner = new Core.Identity.PersonForm { UserName = slug, DisplayName = slug, Email = EmailOf(slug), Role = TenantRole.Owner };
        _ = Value(await scope.ServiceProvider.GetRequiredService<ITenantAdministration>().CreateAsync(form, owner, cancellationToken));
    }

    private static string EmailOf(string slug) => $"{slug}@example.com";

    /// <summary>The only one; any id would do, but it must be the same in the next run.</summary>
    private Guid PbxId => Tenant.Id;

    /// <summary>A scope in which a manager works.</summary>
    public AsyncServiceScope EnterAsManager() => Enter(Guid.NewGuid(), TenantRole.Manager);

    /// <summary>A scope in which the tenant's owner works, who exists.</summary>
    public AsyncServiceScope EnterAsOwner() => Enter(_ownerId, TenantRole.Owner);

    /// <summary>What makes exports in the background. Of all hosted services this one alone, so that nothing else works meanwhile.</summary>
    public IHostedService Exporter() => (IHostedService)ActivatorUtilities.CreateInstance(
        _services,
        typeof(InfrastructureServiceCollectionExtensions).Assembly.GetType("CallCenter.Infrastructure.Exports.ExportWorker", throwOnError: true)!);

    /// <summary>Writes all calls, newest last; then lets PostgreSQL take stock, as autovacuum would.</summary>
    public async Task FillAsync(BenchmarkConsole console, CancellationToken cancellationToken)
    {
        if (Written >= calls)
        {
            console.Say($"{Written} calls are there from an earlier run.");
            return;
        }

        var (watch, first, shown) = (Stopwatch.StartNew(), Written, Written);
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(Tenant, "benchmark");
        await using var writing = scope.ServiceProvider.GetRequiredService<ICallWriter>().Begin(PbxId);
        while (Written < calls)
        {
            var next = Math.Min(calls, Written + CallsPerWrite);
            await writing.AddAsync([.. Generated.Legs(Written, next)], null, cancellationToken);
            Written = next;
            if (Written - shown >= 100_000)
            {
                shown = Written;
                console.Say($"{Written} calls, {(Written - first) / watch.Elapsed.TotalSeconds:0} calls/s");
            }
        }

        await writing.CompleteAsync();
        await database.ExecuteAsync("VACUUM ANALYZE", cancellationToken);
        console.Say($"{Written} calls are there ({(Written - first) / watch.Elapsed.TotalSeconds:0} calls/s, taking stock included).");
    }

    public static T Value<T>(Result<T> result) => result.Error is { } error ? throw new InvalidOperationException(error.Code) : result.Value;

    /// <summary>Milliseconds that the rounds take, the first ones left out.</summary>
    public static async Task<Times> MeasureAsync(int rounds, Func<int, Task> act)
    {
        List<double> times = [];
        for (var round = -WarmUp; round < rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            await act(round + WarmUp);
            if (round >= 0)
            {
                times.Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        times.Sort();
        return new Times(times[times.Count / 2], times[(int)Math.Ceiling(times.Count * 0.95) - 1]);
    }

    /// <summary>Milliseconds of a statement of a peer's shape, the best of some.</summary>
    public async Task<double> BestAsync(string sql, int rounds, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var best = double.MaxValue;
        for (var round = 0; round < rounds; round++)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 900 };
            var watch = Stopwatch.StartNew();
            await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
            {
                while (await reader.ReadAsync(cancellationToken))
                {
                }
            }

            best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
        }

        return best;
    }

    private AsyncServiceScope Enter(Guid userId, TenantRole role)
    {
        var scope = _services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.SignIn(userId, "benchmark", isPlatformAdministrator: false, remoteAddress: null);
        context.EnterTenant(Tenant, role);
        return scope;
    }

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private sealed class FixedClock(DateTime nowUtc) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(nowUtc);
    }
}

/// <summary>Milliseconds. On a machine with other work the median says what the portal takes, the 95th percentile what the others leave it.</summary>
internal readonly record struct Times(double Median, double P95)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p95 {P95:0.0} ms, median {Median:0.0} ms");
}

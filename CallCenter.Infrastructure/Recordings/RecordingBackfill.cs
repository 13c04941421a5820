using System.Collections.Concurrent;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Recordings.Fetch;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Recordings;

/// <summary>
/// Makes rows for the recordings of calls that were stored before rows were kept, the newest first, as far back as recordings are fetched.
/// What has a row is passed over, so that ending anywhere only means that the rest is done later.
/// </summary>
internal sealed class RecordingBackfill(
    IDbContextFactory<CallCenterDbContext> contexts, ICallBulkWriter bulk, RecordingFollower follower, IOptions<RecordingFetchOptions> options, TimeProvider time)
{
    /// <summary>Calls of one transaction.</summary>
    public const int Batch = 500;

    /// <summary>Does at most so many steps, from where the last one ended.</summary>
    /// <param name="from">Where to go on: calls that began before; null begins with the newest.</param>
    /// <param name="maxSteps">Each a transaction of its own.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>Where the next round goes on; null when every call has its rows.</returns>
    public async Task<(DateTime StartedAtUtc, Guid Id)?> RunAsync((DateTime StartedAtUtc, Guid Id)? from, int maxSteps, CancellationToken cancellationToken)
    {
        for (var step = 0; step < maxSteps; step++)
        {
            from = await StepAsync(from, cancellationToken);
            if (from is null)
            {
                return null;
            }
        }

        return from;
    }

    private async Task<(DateTime StartedAtUtc, Guid Id)?> StepAsync((DateTime StartedAtUtc, Guid Id)? from, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var days = options.Value.FetchDays;
        var oldest = days == 0 ? DateTime.UnixEpoch : time.GetUtcNow().UtcDateTime.AddDays(-days);
        var (before, beforeId) = from ?? (DateTime.MaxValue.AddYears(-1), Guid.Empty);
        before = DateTime.SpecifyKind(before, DateTimeKind.Utc);
        var calls = await db.Set<Call>().AsNoTracking()
            .Where(call => call.HasRecording && call.StartedAtUtc >= oldest
                && (call.StartedAtUtc < before || (call.StartedAtUtc == before && call.Id.CompareTo(beforeId) < 0))
                && !db.Set<Recording>().Any(recording => recording.CallId == call.Id))
            .OrderByDescending(call => call.StartedAtUtc).ThenByDescending(call => call.Id)
            .Take(Batch)
            .ToListAsync(cancellationToken);
        foreach (var pbx in calls.GroupBy(call => call.PbxId))
        {
            await NameAsync(db, pbx.Key, [.. pbx], cancellationToken);
        }

        return calls.Count < Batch ? null : (calls[^1].StartedAtUtc, calls[^1].Id);
    }

    private async Task NameAsync(CallCenterDbContext db, Guid pbxId, IReadOnlyList<Call> calls, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await bulk.LockAsync(db, pbxId, cancellationToken);
        List<Guid> ids = [.. calls.Select(call => call.Id)];
        var legs = (await db.Set<CallLeg>().AsNoTracking()
                .Where(leg => leg.PbxId == pbxId && EF.Parameter(ids).Contains(leg.CallId) && leg.RecordingFiles != "").ToListAsync(cancellationToken))
            .GroupBy(leg => leg.CallId);
        await follower.NameAsync(db, pbxId, [.. legs.Select(call => (call.Key, call.Select(LegMapping.ToLeg).ToList()))], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

/// <summary>How far this node is with each tenant; forgotten with the process, which costs one look.</summary>
internal sealed class RecordingBackfillPlaces
{
    private readonly ConcurrentDictionary<Guid, (DateTime StartedAtUtc, Guid Id)?> _places = new();

    public bool IsDone(Guid tenantId) => _places.TryGetValue(tenantId, out var place) && place is null;

    public (DateTime StartedAtUtc, Guid Id)? Of(Guid tenantId) => _places.GetValueOrDefault(tenantId);

    public void Keep(Guid tenantId, (DateTime StartedAtUtc, Guid Id)? place) => _places[tenantId] = place;
}

/// <summary>Rows for recordings of older calls, once per start of a node and tenant that fetches recordings.</summary>
internal sealed class RecordingBackfillJob(TenantJobTools tools, RecordingBackfillPlaces places) : TenantJob(tools)
{
    public const string Name = "recordings-backfill";

    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(2);

    private const int StepsPerRound = 100;

    protected override int Parallelism => 1;

    protected override string LeaseFor(TenantInfo tenant) => $"{Name}:{tenant.Id:N}";

    protected override async Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken)
    {
        if (places.IsDone(tenant.Id))
        {
            return Result.Success;
        }

        await using var db = await services.GetRequiredService<IDbContextFactory<CallCenterDbContext>>().CreateDbContextAsync(cancellationToken);
        if (await db.Set<RecordingPolicy>().AnyAsync(policy => policy.Enabled, cancellationToken))
        {
            places.Keep(tenant.Id, await services.GetRequiredService<RecordingBackfill>().RunAsync(places.Of(tenant.Id), StepsPerRound, cancellationToken));
        }

        return Result.Success;
    }
}

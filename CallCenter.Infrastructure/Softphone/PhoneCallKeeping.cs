using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Softphone;

/// <summary>Closes calls of phones that are gone, and tries again to join what the PBX has reported.</summary>
internal sealed class PhoneCallJob(TenantJobTools tools) : TenantJob(tools)
{
    public const string Name = "phone-calls";

    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override string LeaseFor(TenantInfo tenant) => $"{Name}:{tenant.Id:N}";

    protected override async Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<PhoneCallKeeping>().RunAsync(cancellationToken);
        return Result.Success;
    }
}

/// <summary>One round of the job for the entered tenant.</summary>
internal sealed class PhoneCallKeeping(
    IDbContextFactory<CallCenterDbContext> contexts, ICallBulkWriter bulk, TenantNotices notices, ITenantContext tenant, TimeProvider time)
{
    /// <summary>A live call is told at least every minute; after so long without a word its tab is gone.</summary>
    public static readonly TimeSpan Sight = TimeSpan.FromMinutes(5);

    /// <summary>How long a call is expected in the PBX's records.</summary>
    public static readonly TimeSpan Expected = TimeSpan.FromDays(1);

    private const int PerRound = 200;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var changed = await LoseAsync(cancellationToken) + await JoinAsync(null, cancellationToken);
        if (changed > 0)
        {
            notices.Raise(NoticeTopic.PhoneCalls, tenant.TenantId);
        }
    }

    /// <summary>Joins calls that are not joined yet: one, or the tenant's of the last day. The sync joins what comes later by itself.</summary>
    public async Task<int> JoinAsync(Guid? phoneCallId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var since = time.GetUtcNow().UtcDateTime - Expected;
        var open = await db.Set<PhoneCall>().AsNoTracking()
            .Where(c => c.CallId == null && c.Extension != "" && (phoneCallId == null ? c.FirstSeenAtUtc >= since : c.Id == phoneCallId))
            .OrderByDescending(c => c.StartedAtUtc).Take(PerRound).Select(c => new { c.Id, c.PbxId }).ToListAsync(cancellationToken);
        var joined = 0;
        foreach (var pbx in open.GroupBy(c => c.PbxId))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

            // Either the sync sees the phone's call, or we see what the sync wrote.
            await bulk.LockAsync(db, pbx.Key, cancellationToken);
            joined += await PhoneCallJoiner.JoinAsync(db, [.. pbx.Select(c => c.Id)], cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return joined;
    }

    private async Task<int> LoseAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var before = time.GetUtcNow().UtcDateTime - Sight;
        var silent = await db.Set<PhoneCall>()
            .Where(c => c.State != PhoneCallState.Ended && c.State != PhoneCallState.Lost && c.LastSeenAtUtc < before)
            .OrderBy(c => c.StartedAtUtc).Take(PerRound).ToListAsync(cancellationToken);
        foreach (var call in silent)
        {
            (call.State, call.EndedAtUtc) = (PhoneCallState.Lost, call.LastSeenAtUtc);
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return silent.Count;
        }
        catch (DbUpdateConcurrencyException)
        {
            // One of them was told of in this moment; the next round looks again.
            return 0;
        }
    }
}

using CallCenter.Core.Extensions;
using CallCenter.Core.Jobs;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Extensions.Following;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Extensions.Truth;

internal sealed class ExtensionComparison(
    IDbContextFactory<CallCenterDbContext> contexts,
    IPbxDirectory directory,
    ExtensionStates states,
    ExtensionReader reader,
    ExtensionSettling settling,
    ExtensionAdoption adoption,
    ILeases leases,
    Follower follower,
    TenantNotices notices,
    ITenantContext tenant,
    ICaller caller,
    TimeProvider time) : IExtensionComparison
{
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromMinutes(1);

    public async Task<Result> CompareAsync(IProgress<(int Read, int Total)>? progress, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Extensions.View))
        {
            return AccessErrors.Denied;
        }

        var pbx = await directory.GetAsync(cancellationToken);
        if (pbx.Error is { } error)
        {
            return error;
        }

        await using var lease = await leases.TryAcquireAsync($"extension-compare:{tenant.TenantId}", LeaseDuration, cancellationToken);
        if (lease is null)
        {
            return ExtensionErrors.CompareRuns;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
        if ((await ReadListAsync(pbx.Value, either.Token)).Error is { } unread)
        {
            return unread;
        }

        var ids = await reader.ListAsync(pbx.Value.PbxId, either.Token);
        progress?.Report((0, ids.Count));
        for (var read = 0; read < ids.Count; read++)
        {
            // The session serves who waits longest, so between two extensions everybody else gets a turn.
            either.Token.ThrowIfCancellationRequested();
            if ((await reader.ReadAsync(pbx.Value, ids[read], either.Token)).Error is { } failed)
            {
                return failed;
            }

            progress?.Report((read + 1, ids.Count));
        }

        await NoteComparedAsync(pbx.Value.PbxId, either.Token);
        return Result.Success;
    }

    public async Task<Result<ExtensionComparisonView>> GetAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Extensions.View))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var reading = await db.Set<ExtensionReading>().AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        var managed = db.Set<Extension>().Where(e => e.State != ExtensionState.Found);
        var comparedAt = await managed.Where(e => e.State == ExtensionState.Active && e.MissingSinceUtc == null).MinAsync(e => e.SeenAtUtc, cancellationToken);
        var rows = await ExtensionSearch.Joined(db)
            .Where(j => j.Extension.State == ExtensionState.Found
                || (j.Extension.State == ExtensionState.Active && (j.Extension.MissingSinceUtc != null || j.Extension.DifferenceCount > 0)))
            .OrderBy(j => j.Extension.Number.Length).ThenBy(j => j.Extension.Number)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return new ExtensionComparisonView(
            [.. rows.Select(j => ExtensionDifference.Of(ExtensionQueries.ToRow(j), j.Extension.Wanted, j.Extension.Seen, j.Extension.SeenAtUtc)).OfType<ExtensionDifference>()],
            [.. rows.Where(j => j.Extension is { State: ExtensionState.Active, MissingSinceUtc: not null }).Select(ExtensionQueries.ToRow)],
            [.. rows.Where(j => j.Extension.State == ExtensionState.Found).Select(ExtensionQueries.ToRow)],
            comparedAt,
            await managed.CountAsync(cancellationToken),
            reading?.ReadAtUtc,
            reading?.ErrorCode);
    }

    public IDisposable Subscribe(Func<Task> changed) => notices.Subscribe(NoticeTopic.Extensions, tenant.TenantId, changed);

    public Task<Result> SettleAsync(
        Guid id, IReadOnlyDictionary<string, SettleDirection> choices, int version, CancellationToken cancellationToken = default) =>
        ActAsync(() => settling.SettleAsync(id, choices, version, cancellationToken));

    public async Task<Result<IReadOnlyList<(Guid Id, Error? Error)>>> AdoptAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Extensions.Edit))
        {
            return AccessErrors.Denied;
        }

        var outcomes = await adoption.AdoptAsync(ids, cancellationToken);
        notices.Raise(NoticeTopic.Extensions, tenant.TenantId);
        return outcomes;
    }

    public Task<Result> RecreateAsync(Guid id, int version, CancellationToken cancellationToken = default) =>
        ActAsync(() => settling.RecreateAsync(id, version, cancellationToken));

    public Task<Result> ForgetAsync(Guid id, int version, CancellationToken cancellationToken = default) =>
        ActAsync(() => settling.ForgetAsync(id, version, cancellationToken));

    private async Task<Result> ActAsync(Func<Task<Result>> act)
    {
        if (!caller.May(Permissions.Extensions.Edit))
        {
            return AccessErrors.Denied;
        }

        var result = await act();
        if (result.Succeeded)
        {
            notices.Raise(NoticeTopic.Extensions, tenant.TenantId);
            follower.Wake(tenant.Tenant);
        }

        return result;
    }

    /// <summary>The list belongs to the job, on whatever node; while it is at it there is nothing to add.</summary>
    private async Task<Result> ReadListAsync(Core.Telephony.PbxEndpoint pbx, CancellationToken cancellationToken)
    {
        await using var lease = await leases.TryAcquireAsync(ExtensionStatesJob.LeaseName(tenant.TenantId), LeaseDuration, cancellationToken);
        return lease is null ? Result.Success : await states.ReadAsync(pbx, ExtensionStatesJob.Interval, cancellationToken);
    }

    private async Task NoteComparedAsync(Guid pbxId, CancellationToken cancellationToken)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var now = time.GetUtcNow().UtcDateTime;
            await db.Set<ExtensionReading>().Where(r => r.PbxId == pbxId)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.ComparedAtUtc, now), cancellationToken);
        }

        notices.Raise(NoticeTopic.Extensions, tenant.TenantId);
    }
}

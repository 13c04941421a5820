using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Extensions.Following;
using CallCenter.Infrastructure.Notices;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>The door to bulk acts: permissions, and waking what makes the PBX follow. The work is done behind it.</summary>
internal sealed class ExtensionBulkService(
    BulkPreviews previews, BulkStarts starts, BulkRuns runs, Follower follower, TenantNotices notices, ITenantContext tenant, ICaller caller) : IExtensionBulk
{
    private bool MayEdit => caller.May(Permissions.Extensions.Edit);

    private bool MayView => caller.May(Permissions.Extensions.View);

    public async Task<Result<CreatePreview>> PreviewRangeAsync(ExtensionRangeForm form, CancellationToken cancellationToken = default) =>
        MayEdit ? await previews.RangeAsync(form, cancellationToken) : AccessErrors.Denied;

    public async Task<Result<CreatePreview>> PreviewCsvAsync(Stream csv, ExtensionProfile defaults, CancellationToken cancellationToken = default) =>
        MayEdit ? await previews.CsvAsync(csv, defaults, cancellationToken) : AccessErrors.Denied;

    public async Task<Result<ActPreview>> PreviewActAsync(ExtensionAct act, IReadOnlyList<Guid> ids, CancellationToken cancellationToken = default) =>
        MayEdit ? await previews.ActAsync(act, ids, cancellationToken) : AccessErrors.Denied;

    public async Task<Result<Guid>> StartCreateAsync(IReadOnlyList<CreateLine> lines, CancellationToken cancellationToken = default) =>
        MayEdit ? Stir(await starts.CreateAsync(lines, cancellationToken)) : AccessErrors.Denied;

    public async Task<Result<Guid>> StartActAsync(ExtensionAct act, IReadOnlyList<ActTarget> items, CancellationToken cancellationToken = default) =>
        MayEdit ? Stir(await starts.ActAsync(act, items, cancellationToken)) : AccessErrors.Denied;

    public async Task<Result<ExtensionRunProgress>> GetRunAsync(Guid id, CancellationToken cancellationToken = default) =>
        MayView ? await runs.GetAsync(id, cancellationToken) : AccessErrors.Denied;

    public async Task<Result<IReadOnlyList<ExtensionRunProgress>>> ListRunsAsync(CancellationToken cancellationToken = default)
    {
        if (!MayView)
        {
            return AccessErrors.Denied;
        }

        return (await runs.ListAsync(cancellationToken)).ToArray();
    }

    public async Task<Result> CancelAsync(Guid id, CancellationToken cancellationToken = default) =>
        MayEdit ? Stir(await runs.CancelAsync(id, cancellationToken)) : AccessErrors.Denied;

    public async Task<Result> RetryFailedAsync(Guid id, CancellationToken cancellationToken = default) =>
        MayEdit ? Stir(await runs.RetryFailedAsync(id, cancellationToken)) : AccessErrors.Denied;

    private Result<Guid> Stir(Result<Guid> result)
    {
        Stir(result.Error is { } error ? error : Result.Success);
        return result;
    }

    private Result Stir(Result result)
    {
        if (result.Succeeded)
        {
            notices.Raise(NoticeTopic.Extensions, tenant.TenantId);
            follower.Wake(tenant.Tenant);
        }

        return result;
    }
}

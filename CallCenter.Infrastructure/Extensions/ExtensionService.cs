using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Extensions.Following;
using CallCenter.Infrastructure.Notices;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>The door: permissions, the form, and waking what makes the PBX follow. The work is done behind it.</summary>
internal sealed class ExtensionService(
    ExtensionQueries queries,
    ExtensionCreation creation,
    ExtensionActs acts,
    Follower follower,
    TenantNotices notices,
    ITenantContext tenant,
    ICaller caller) : IExtensions
{
    private static readonly ExtensionProfileValidator Validator = new();

    public async Task<Result<ExtensionPage>> ListAsync(ExtensionQuery query, CancellationToken cancellationToken = default) =>
        MayView ? await queries.ListAsync(query, cancellationToken) : AccessErrors.Denied;

    public async Task<Result<ExtensionDetail>> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        MayView ? await queries.GetAsync(id, cancellationToken) : AccessErrors.Denied;

    public IDisposable Subscribe(Func<Task> changed) => notices.Subscribe(NoticeTopic.Extensions, tenant.TenantId, changed);

    public async Task<Result<string>> SuggestNumberAsync(CancellationToken cancellationToken = default) =>
        MayEdit ? await creation.SuggestAsync(cancellationToken) : AccessErrors.Denied;

    public async Task<Result<Guid>> CreateAsync(NewExtension form, CancellationToken cancellationToken = default)
    {
        if (!MayEdit)
        {
            return AccessErrors.Denied;
        }

        var number = ExtensionSearch.AsciiDigits(form.Number.Trim());
        if (number.Length > 0 && !ExtensionProfileValidator.IsNumber(number))
        {
            return ExtensionErrors.NumberFormat;
        }

        var profile = Trimmed(form.Profile);
        if (Validator.Validate(profile).FirstError() is { } invalid)
        {
            return invalid;
        }

        var stored = await creation.StoreAsync([new ExtensionWish(number, number.Length == 0, profile, form.UserId)], null, null, cancellationToken);
        if (stored.Refusals is [var refusal, ..])
        {
            return refusal.Error;
        }

        Stir();
        return stored.Ids[0];
    }

    public Task<Result> ChangeAsync(Guid id, ExtensionProfile wanted, int version, CancellationToken cancellationToken = default)
    {
        var profile = Trimmed(wanted);
        return Validator.Validate(profile).FirstError() is { } invalid && MayEdit
            ? Task.FromResult<Result>(invalid)
            : ActAsync(() => acts.ChangeAsync(id, profile, version, cancellationToken));
    }

    public Task<Result> RotateSecretAsync(Guid id, int version, CancellationToken cancellationToken = default) =>
        ActAsync(() => acts.RotateSecretAsync(id, version, cancellationToken));

    public Task<Result> AssignAsync(Guid id, Guid? userId, int version, CancellationToken cancellationToken = default) =>
        ActAsync(() => acts.AssignAsync(id, userId, version, cancellationToken));

    public Task<Result> DeleteAsync(Guid id, int version, bool evenInCall, CancellationToken cancellationToken = default) =>
        ActAsync(() => acts.DeleteAsync(id, version, evenInCall, cancellationToken));

    public Task<Result> RetryAsync(Guid id, int version, CancellationToken cancellationToken = default) =>
        ActAsync(() => acts.RetryAsync(id, version, cancellationToken));

    public Task<Result> GiveUpAsync(Guid id, int version, CancellationToken cancellationToken = default) =>
        ActAsync(() => acts.GiveUpAsync(id, version, cancellationToken));

    public async Task<Result<IReadOnlyList<ExtensionUser>>> FindUsersAsync(string search, Guid? extensionId, CancellationToken cancellationToken = default)
    {
        if (!MayEdit)
        {
            return AccessErrors.Denied;
        }

        return await queries.FindUsersAsync(search, extensionId, cancellationToken);
    }

    public async Task<Result<ExtensionQueueStatus>> GetQueueAsync(CancellationToken cancellationToken = default) =>
        MayView ? await queries.GetQueueAsync(cancellationToken) : AccessErrors.Denied;

    private bool MayView => caller.May(Permissions.Extensions.View);

    private bool MayEdit => caller.May(Permissions.Extensions.Edit);

    private static ExtensionProfile Trimmed(ExtensionProfile profile) => profile with
    {
        Name = profile.Name.Trim(),
        Email = profile.Email.Trim(),
        CallerId = ExtensionSearch.AsciiDigits(profile.CallerId.Trim()),
        ForwardAlways = ExtensionSearch.AsciiDigits(profile.ForwardAlways.Trim()),
        ForwardBusy = ExtensionSearch.AsciiDigits(profile.ForwardBusy.Trim()),
        ForwardNoAnswer = ExtensionSearch.AsciiDigits(profile.ForwardNoAnswer.Trim()),
    };

    private async Task<Result> ActAsync(Func<Task<Result>> act)
    {
        if (!MayEdit)
        {
            return AccessErrors.Denied;
        }

        var result = await act();
        if (result.Succeeded)
        {
            Stir();
        }

        return result;
    }

    private void Stir()
    {
        notices.Raise(NoticeTopic.Extensions, tenant.TenantId);
        follower.Wake(tenant.Tenant);
    }
}

using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;

namespace CallCenter.Infrastructure.Settings;

internal sealed class TenantSettings(
    PbxCardStore pbx, GdmsCardStore gdms, ExtensionCardStore extensions, RecordingCardStore recordings, ICaller caller) : ITenantSettings
{
    public async Task<Result<CallCenterSettings>> GetAsync(CancellationToken cancellationToken = default) =>
        caller.May(Permissions.Settings.View)
            ? new CallCenterSettings(
                await pbx.GetAsync(cancellationToken),
                await gdms.GetAsync(cancellationToken),
                await extensions.GetAsync(cancellationToken),
                await recordings.GetAsync(cancellationToken))
            : AccessErrors.Denied;

    public Task<CardSave<PbxForm>> SaveAsync(PbxForm form, int version, CancellationToken cancellationToken = default) =>
        pbx.SaveAsync(form, version, cancellationToken);

    public Task<CardSave<GdmsForm>> SaveAsync(GdmsForm form, int version, CancellationToken cancellationToken = default) =>
        gdms.SaveAsync(form, version, cancellationToken);

    public Task<CardSave<ExtensionForm>> SaveAsync(ExtensionForm form, int version, CancellationToken cancellationToken = default) =>
        extensions.SaveAsync(form, version, cancellationToken);

    public Task<CardSave<RecordingForm>> SaveAsync(RecordingForm form, int version, CancellationToken cancellationToken = default) =>
        recordings.SaveAsync(form, version, cancellationToken);

    public Task<CardSave<GdmsForm>> RemoveGdmsAsync(int version, CancellationToken cancellationToken = default) =>
        gdms.RemoveAsync(version, cancellationToken);
}

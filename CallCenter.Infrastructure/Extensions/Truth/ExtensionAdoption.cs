using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Extensions.Truth;

/// <summary>Takes found extensions under management, with the secrets that the PBX shows. Changes nothing on the PBX. Checks no permission.</summary>
internal sealed class ExtensionAdoption(
    IDbContextFactory<CallCenterDbContext> contexts,
    IPbxDirectory directory,
    IPbxExtensions port,
    ISecretProtector protector,
    IAuditTrail audit,
    ITenantContext tenant,
    ICaller caller,
    TimeProvider time)
{
    public async Task<Result<IReadOnlyList<(Guid Id, Error? Error)>>> AdoptAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var pbx = await directory.GetAsync(cancellationToken);
        if (pbx.Error is { } error)
        {
            return error;
        }

        var outcomes = new List<(Guid, Error?)>(ids.Count);
        foreach (var id in ids.Distinct())
        {
            outcomes.Add((id, await AdoptAsync(pbx.Value, id, cancellationToken)));
        }

        return outcomes;
    }

    private async Task<Error?> AdoptAsync(PbxEndpoint pbx, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Extension>().SingleOrDefaultAsync(e => e.Id == id, cancellationToken) is not { } extension)
        {
            return ExtensionErrors.NotFound;
        }

        if (extension.State != ExtensionState.Found)
        {
            return ExtensionErrors.WrongState;
        }

        var found = await port.FindAsync(pbx, extension.Number, cancellationToken);
        if (found.Error is { } error)
        {
            return error;
        }

        if (found.Value is not { } onPbx)
        {
            return ExtensionErrors.NotOnPbx;
        }

        extension.Adopt(
            ProfileFit.ToStore(onPbx.ProfileOver(extension.Wanted)),
            onPbx.Secret is { IsEmpty: false } secret ? protector.Protect(secret, ExtensionSecrets.Sip(tenant.TenantId)) : null,
            onPbx.VoicemailPin is { IsEmpty: false } pin ? protector.Protect(pin, ExtensionSecrets.VoicemailPin(tenant.TenantId)) : null,
            caller.Name,
            time.GetUtcNow().UtcDateTime);
        audit.Append(db, ExtensionAudit.Note(ExtensionAuditActions.Adopted, extension, null, extension.Wanted));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateException)
        {
            // It was adopted by somebody else, or vanished from the PBX, while its settings were read.
            return ExtensionErrors.Conflict;
        }
    }
}

using CallCenter.Core.Audit;
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

/// <summary>Settles what differs between here and the PBX, each act with its audit note in one transaction. Checks no permission.</summary>
internal sealed class ExtensionSettling(
    IDbContextFactory<CallCenterDbContext> contexts,
    IPbxDirectory directory,
    IPbxExtensions port,
    ExtensionReader reader,
    ISecretProtector protector,
    IAuditTrail audit,
    ITenantContext tenant,
    ICaller caller,
    TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<Result> SettleAsync(
        Guid id, IReadOnlyDictionary<string, SettleDirection> choices, int version, CancellationToken cancellationToken)
    {
        PbxExtension? onPbx = null;
        if (choices.TryGetValue(ExtensionDifference.SecretField, out var secret) && secret == SettleDirection.TakeFromPbx)
        {
            // Only whether it differs is stored; the secret itself is asked for when somebody wants it.
            var found = await FindAsync(id, cancellationToken);
            if (found.Error is { } error)
            {
                return error;
            }

            onPbx = found.Value;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Extension>().SingleOrDefaultAsync(e => e.Id == id, cancellationToken) is not { } extension)
        {
            return ExtensionErrors.NotFound;
        }

        var writes = choices.Values.Any(direction => direction == SettleDirection.WriteToPbx);
        var locked = writes && await db.Set<ExtensionPresence>().AnyAsync(p => p.ExtensionId == id && p.Locked, cancellationToken);
        if (Refuse(extension, version) is { } refusal)
        {
            return refusal;
        }

        if (extension.MissingSinceUtc is not null)
        {
            return ExtensionErrors.NotOnPbx;
        }

        if (locked)
        {
            return ExtensionErrors.Locked;
        }

        if (!AreThoseThatDiffer(extension, choices, writes))
        {
            return ExtensionErrors.Conflict;
        }

        TakeFields(db, extension, choices);
        if (onPbx is not null)
        {
            TakeSecrets(db, extension, onPbx);
        }

        if (writes)
        {
            Write(db, extension, rewriteSecret: extension.SecretDiffers && secret == SettleDirection.WriteToPbx);
        }

        return await SaveAsync(db, cancellationToken);
    }

    public async Task<Result> RecreateAsync(Guid id, int version, CancellationToken cancellationToken)
    {
        if ((await RequireAbsentAsync(id, version, cancellationToken)).Error is { } present)
        {
            return present;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var loaded = await LoadMissingAsync(db, id, version, cancellationToken);
        if (loaded.Error is { } error)
        {
            return error;
        }

        var extension = loaded.Value;
        if (protector.WantedSecretOf(extension) is null)
        {
            return ExtensionErrors.SecretUnknown;
        }

        extension.Recreate(caller.Name, Now);
        audit.Append(db, ExtensionAudit.Note(ExtensionAuditActions.CreateAsked, extension, null, extension.Wanted));
        return await SaveAsync(db, cancellationToken);
    }

    public async Task<Result> ForgetAsync(Guid id, int version, CancellationToken cancellationToken)
    {
        if ((await RequireAbsentAsync(id, version, cancellationToken)).Error is { } present)
        {
            return present;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var loaded = await LoadMissingAsync(db, id, version, cancellationToken);
        if (loaded.Error is { } error)
        {
            return error;
        }

        audit.Append(db, ExtensionAudit.Note(ExtensionAuditActions.Forgotten, loaded.Value, loaded.Value.Wanted, null));
        db.Remove(loaded.Value);
        return await SaveAsync(db, cancellationToken);
    }

    private static Error? Refuse(Extension extension, int version) =>
        extension.IsPending ? ExtensionErrors.Pending
        : extension.Version != version ? ExtensionErrors.Conflict
        : extension.State != ExtensionState.Active ? ExtensionErrors.WrongState
        : null;

    // A write makes the PBX equal to what is wanted in every field, so none may be left to chance.
    private static bool AreThoseThatDiffer(Extension extension, IReadOnlyDictionary<string, SettleDirection> choices, bool writes)
    {
        var differing = extension.Differences.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        if (extension.SecretDiffers)
        {
            differing.Add(ExtensionDifference.SecretField);
        }

        return choices.Count > 0 && choices.Keys.All(differing.Contains) && (!writes || differing.SetEquals(choices.Keys));
    }

    private static Result<Extension> Missing(Extension? extension, int version) =>
        extension is null ? ExtensionErrors.NotFound
        : Refuse(extension, version) is { } refusal ? refusal
        : extension.MissingSinceUtc is null ? ExtensionErrors.WrongState
        : extension;

    private static async Task<Result<Extension>> LoadMissingAsync(CallCenterDbContext db, Guid id, int version, CancellationToken cancellationToken) =>
        Missing(await db.Set<Extension>().SingleOrDefaultAsync(e => e.Id == id, cancellationToken), version);

    private static async Task<Result> SaveAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return Result.Success;
        }
        catch (DbUpdateConcurrencyException)
        {
            return ExtensionErrors.Conflict;
        }
    }

    private void TakeFields(CallCenterDbContext db, Extension extension, IReadOnlyDictionary<string, SettleDirection> choices)
    {
        var fields = choices.Where(choice => choice.Value == SettleDirection.TakeFromPbx)
            .Select(choice => ExtensionFields.Find(choice.Key)).OfType<ExtensionField>().ToList();
        if (fields.Count > 0)
        {
            var before = extension.Wanted;
            extension.TakeFromPbx(fields);
            audit.Append(db, ExtensionAudit.Note(ExtensionAuditActions.TakenFromPbx, extension, before, extension.Wanted));
        }
    }

    private void TakeSecrets(CallCenterDbContext db, Extension extension, PbxExtension onPbx)
    {
        var before = protector.WantedSecretOf(extension);
        if (onPbx.Secret is not { IsEmpty: false } secret)
        {
            return;
        }

        extension.TakeSecretsFromPbx(
            protector.Protect(secret, ExtensionSecrets.Sip(tenant.TenantId)),
            onPbx.VoicemailPin is { IsEmpty: false } pin ? protector.Protect(pin, ExtensionSecrets.VoicemailPin(tenant.TenantId)) : null,
            Now);
        audit.Append(db, ExtensionAudit.Note(ExtensionAuditActions.TakenFromPbx, extension) with
        {
            Before = before is null ? null : new AuditValues { ["secret"] = before },
            After = new AuditValues { ["secret"] = secret },
        });
    }

    private void Write(CallCenterDbContext db, Extension extension, bool rewriteSecret)
    {
        audit.Append(db, ExtensionAudit.Note(ExtensionAuditActions.ChangeAsked, extension, extension.Seen, extension.Wanted));
        if (rewriteSecret && extension.SecretProtected is { } same)
        {
            extension.Rotate(same, caller.Name, Now);
        }
        else
        {
            extension.Change(extension.Wanted, caller.Name, Now);
        }
    }

    private async Task<Result> RequireAbsentAsync(Guid id, int version, CancellationToken cancellationToken)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            if ((await LoadMissingAsync(db, id, version, cancellationToken)).Error is { } refusal)
            {
                return refusal;
            }
        }

        var pbx = await directory.GetAsync(cancellationToken);
        if (pbx.Error is { } error)
        {
            return error;
        }

        // If it is back, that is noted, and the page has something else to show.
        var found = await reader.ReadAsync(pbx.Value, id, cancellationToken);
        return found.Error is { } unread ? unread : found.Value is null ? Result.Success : ExtensionErrors.Conflict;
    }

    private async Task<Result<PbxExtension?>> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        string? number;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            number = await db.Set<Extension>().Where(e => e.Id == id).Select(e => e.Number).SingleOrDefaultAsync(cancellationToken);
        }

        if (number is null)
        {
            return ExtensionErrors.NotFound;
        }

        var pbx = await directory.GetAsync(cancellationToken);
        if (pbx.Error is { } error)
        {
            return error;
        }

        var found = await port.FindAsync(pbx.Value, number, cancellationToken);
        return found is { Succeeded: true, Value: null } ? ExtensionErrors.NotOnPbx : found;
    }
}

using CallCenter.Core.Audit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Identity;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>Stores wishes about extensions that exist here, each with its audit note. Checks no permission.</summary>
internal sealed class ExtensionActs(
    IDbContextFactory<CallCenterDbContext> contexts,
    IPbxDirectory directory,
    IPbxExtensions port,
    ISecretProtector protector,
    IAuditTrail audit,
    ITenantContext tenant,
    ICaller caller,
    TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public Task<Result> ChangeAsync(Guid id, ExtensionProfile wanted, int version, CancellationToken cancellationToken) =>
        ActAsync(id, version, extension => extension.MayChange, respectLock: true, (_, extension) =>
        {
            var note = ExtensionAudit.Note(ExtensionAuditActions.ChangeAsked, extension, extension.Wanted, wanted);
            extension.Change(wanted, caller.Name, Now);
            return Task.FromResult<Result<AuditNote>>(note);
        }, cancellationToken);

    public Task<Result> RotateSecretAsync(Guid id, int version, CancellationToken cancellationToken) =>
        ActAsync(id, version, extension => extension.MayChange, respectLock: true, async (db, extension) =>
        {
            var plan = await db.Set<ExtensionPlan>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
            extension.Rotate(protector.Protect(PhoneSecrets.NewSecret(plan ?? new ExtensionPlan()), ExtensionSecrets.Sip(tenant.TenantId)), caller.Name, Now);
            return ExtensionAudit.Note(ExtensionAuditActions.RotateAsked, extension);
        }, cancellationToken);

    public Task<Result> AssignAsync(Guid id, Guid? userId, int version, CancellationToken cancellationToken) =>
        ActAsync(id, version, extension => extension.State is ExtensionState.Active or ExtensionState.Failed, respectLock: false, async (db, extension) =>
        {
            var before = extension.UserId;
            if (userId is { } wanted && wanted != before
                && (await ExtensionMembers.RefusedAsync(db, [wanted], cancellationToken)).TryGetValue(wanted, out var refusal))
            {
                return refusal;
            }

            extension.Assign(userId);
            return ExtensionAudit.Note(userId is null ? ExtensionAuditActions.Released : ExtensionAuditActions.Assigned, extension) with
            {
                Before = before is { } old ? new AuditValues { ["user"] = await NameAsync(db, old, cancellationToken) } : null,
                After = userId is { } now ? new AuditValues { ["user"] = await NameAsync(db, now, cancellationToken) } : null,
            };
        }, cancellationToken);

    public async Task<Result> DeleteAsync(Guid id, int version, bool evenInCall, CancellationToken cancellationToken)
    {
        if (!evenInCall && await InCallAsync(id, cancellationToken) is { Error: { } error })
        {
            return error;
        }

        return await ActAsync(id, version, extension => extension.MayDelete, respectLock: true, (_, extension) =>
        {
            extension.Delete(caller.Name, Now);
            return Task.FromResult<Result<AuditNote>>(ExtensionAudit.Note(ExtensionAuditActions.DeleteAsked, extension, extension.Wanted, null));
        }, cancellationToken);
    }

    public Task<Result> RetryAsync(Guid id, int version, CancellationToken cancellationToken) =>
        ActAsync(id, version, extension => extension.State == ExtensionState.Failed, respectLock: false, (_, extension) =>
        {
            extension.Retry(caller.Name, Now);
            return Task.FromResult<Result<AuditNote>>(ExtensionAudit.Note(ExtensionAuditActions.RetryAsked, extension));
        }, cancellationToken);

    public Task<Result> GiveUpAsync(Guid id, int version, CancellationToken cancellationToken) =>
        ActAsync(id, version, extension => extension.State == ExtensionState.Failed, respectLock: false, (_, extension) =>
        {
            var before = extension.Wanted;
            extension.GiveUp(caller.Name, Now);
            return Task.FromResult<Result<AuditNote>>(ExtensionAudit.Note(ExtensionAuditActions.GivenUp, extension, before, extension.Wanted));
        }, cancellationToken);

    /// <summary>Asks the PBX, since what was read a minute ago says nothing about a call.</summary>
    private async Task<Result> InCallAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Extension>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == id, cancellationToken) is not { } extension
            || !extension.MayDelete || extension.IsNew)
        {
            // Either refused in a moment with the right error, or never on the PBX.
            return Result.Success;
        }

        var pbx = await directory.GetAsync(cancellationToken);
        if (pbx.Error is { } error)
        {
            return error;
        }

        var lines = await port.ListAsync(pbx.Value, cancellationToken);
        if (lines.Error is { } unread)
        {
            return unread;
        }

        return lines.Value.Any(line => line.Number == extension.Number && line.Status is LineStatus.Ringing or LineStatus.InUse or LineStatus.Busy)
            ? ExtensionErrors.InCall
            : Result.Success;
    }

    private async Task<Result> ActAsync(
        Guid id,
        int version,
        Func<Extension, bool> allowed,
        bool respectLock,
        Func<CallCenterDbContext, Extension, Task<Result<AuditNote>>> act,
        CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Orders decisions that rest on more than the row, such as who has an extension already.
        await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);
        if (await db.Set<Extension>().SingleOrDefaultAsync(e => e.Id == id, cancellationToken) is not { } extension)
        {
            return ExtensionErrors.NotFound;
        }

        var locked = respectLock && await db.Set<ExtensionPresence>().AnyAsync(p => p.ExtensionId == id && p.Locked, cancellationToken);
        if (Refuse(extension, version, allowed, locked) is { } refusal)
        {
            return refusal;
        }

        var note = await act(db, extension);
        if (note.Error is { } error)
        {
            return error;
        }

        audit.Append(db, note.Value);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return Result.Success;
        }
        catch (DbUpdateConcurrencyException)
        {
            return ExtensionErrors.Conflict;
        }
    }

    private static Error? Refuse(Extension extension, int version, Func<Extension, bool> allowed, bool locked) =>
        extension.IsPending ? ExtensionErrors.Pending
        : extension.Version != version ? ExtensionErrors.Conflict
        : !allowed(extension) ? ExtensionErrors.WrongState
        : locked ? ExtensionErrors.Locked
        : null;

    private static Task<string?> NameAsync(CallCenterDbContext db, Guid userId, CancellationToken cancellationToken) =>
        db.Set<AppUser>().Where(user => user.Id == userId).Select(user => (string?)user.UserName).SingleOrDefaultAsync(cancellationToken);
}

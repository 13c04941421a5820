using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls.Push;

internal sealed class CdrPushSettings(IDbContextFactory<CallCenterDbContext> contexts, ICaller caller, IAuditTrail audit, TimeProvider time) : ICdrPush
{
    public async Task<Result<CdrPushState?>> GetAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.Import))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<CdrPush>().AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } push
            ? new CdrPushState(push.MadeAtUtc, push.LastReceivedAtUtc, push.Legs)
            : (CdrPushState?)null;
    }

    public async Task<Result<string>> MakeSecretAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.Import))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<PbxConnection>().AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } pbx)
        {
            return TelephonyErrors.NotConfigured;
        }

        var secret = CdrPushSecret.Make();
        var now = time.GetUtcNow().UtcDateTime;
        var old = await db.Set<CdrPush>().ToListAsync(cancellationToken);
        db.RemoveRange(old.Where(push => push.PbxId != pbx.Id));
        if (old.Find(push => push.PbxId == pbx.Id) is { } push)
        {
            (push.SecretHash, push.MadeAtUtc, push.LastReceivedAtUtc, push.Legs) = (CdrPushSecret.HashOf(secret), now, null, 0);
        }
        else
        {
            db.Add(new CdrPush { TenantId = pbx.TenantId, PbxId = pbx.Id, SecretHash = CdrPushSecret.HashOf(secret), MadeAtUtc = now });
        }

        audit.Append(db, new AuditNote(CallAuditActions.PushSecretMade, AuditSubjects.Pbx, pbx.Id.ToString("D"), pbx.Host));
        await db.SaveChangesAsync(cancellationToken);
        return secret;
    }

    public async Task<Result> SwitchOffAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.Import))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var pushes = await db.Set<CdrPush>().ToListAsync(cancellationToken);
        if (pushes.Count > 0)
        {
            db.RemoveRange(pushes);
            audit.Append(db, new AuditNote(CallAuditActions.PushSwitchedOff, AuditSubjects.Pbx, pushes[0].PbxId.ToString("D"), ""));
            await db.SaveChangesAsync(cancellationToken);
        }

        return Result.Success;
    }
}

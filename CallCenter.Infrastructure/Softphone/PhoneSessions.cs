using CallCenter.Core.Audit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Extensions;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Softphone;

/// <summary>The caller's own phone, found by the caller's account and nothing that a page could name.</summary>
internal sealed class PhoneSessions(
    IDbContextFactory<CallCenterDbContext> contexts,
    ISecretProtector protector,
    RealmProbe probe,
    PhoneRealms realms,
    PhoneSessionLimiter limiter,
    IAuditTrail audit,
    ITenantContext tenant,
    ICaller caller,
    TimeProvider time) : IPhoneSessions
{
    public async Task<PhoneInfo?> FindPhoneAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var own = await FindAsync(db, cancellationToken);
        if (own.Error is not null)
        {
            return null;
        }

        var (extension, settings, pbx) = own.Value;
        if (PhoneServers.Socket(settings, pbx) is null)
        {
            return null;
        }

        var echo = await db.Set<ExtensionPlan>().Select(plan => plan.EchoNumber).SingleOrDefaultAsync(cancellationToken) ?? "";
        return new PhoneInfo(
            $"{tenant.TenantId:N}/{extension.UserId:N}", extension.Number, extension.Wanted.Name, settings.DndAllowed, settings.Ringtone, echo,
            settings.ParkNumber.Length > 0, settings.ConferenceNumber.Length > 0);
    }

    public async Task<bool> HasPhoneAsync(CancellationToken cancellationToken = default) => await FindPhoneAsync(cancellationToken) is not null;

    public async Task<Result<PhoneSession>> GetAsync(CancellationToken cancellationToken = default)
    {
        if (caller.UserId is { } userId && !limiter.MayHave(userId))
        {
            return PhoneErrors.TooMany;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var own = await FindAsync(db, cancellationToken);
        if (own.Error is { } error)
        {
            return error;
        }

        var (extension, settings, pbx) = own.Value;
        if (WhyNotNow(extension) is { } later)
        {
            return later;
        }

        if (PhoneServers.Socket(settings, pbx) is not { } socket)
        {
            return PhoneErrors.NoWebSocket;
        }

        var secret = protector.Unprotect(extension.SecretProtected!, ExtensionSecrets.Sip(extension.TenantId));
        if (secret.Error is not null)
        {
            return PhoneErrors.SecretUnknown;
        }

        var domain = PhoneServers.Domain(settings, socket);
        if (await RealmAsync(settings, pbx, socket, domain, extension.Number, cancellationToken) is not { } realm)
        {
            return PhoneErrors.RealmUnknown;
        }

        var session = Make(extension, settings, socket, domain, realm, secret.Value);
        audit.Append(db, new AuditNote(PhoneAuditActions.SessionGiven, AuditSubjects.Extension, extension.Id.ToString("D"), extension.Number));
        await db.SaveChangesAsync(cancellationToken);
        return session;
    }

    private PhoneSession Make(Extension extension, PhoneSettings settings, Uri socket, string domain, string realm, Secret secret)
    {
        var turn = settings.TurnSecretProtected.Length > 0 && settings.TurnServers.Length > 0
            && protector.Unprotect(settings.TurnSecretProtected, PhoneCardStore.TurnSecret(extension.TenantId)) is { Succeeded: true } plain
            ? plain.Value
            : null;
        var expires = time.GetUtcNow().AddMinutes(settings.TurnMinutes);
        return new PhoneSession(
            new PhoneAccount(
                $"sip:{extension.Number}@{domain}", extension.Number, realm, PhoneServers.Ha1(extension.Number, realm, secret), extension.Wanted.Name),
            [new PhoneServer(socket.ToString(), 1)],
            PhoneServers.Ice(settings, turn, extension.Number, expires),
            turn is null ? null : expires.UtcDateTime,
            new PhonePolicy(
                settings.RegisterSeconds, settings.Dtmf, settings.MaxCalls, settings.AutoAnswer,
                settings.ParkNumber.Length > 0 ? settings.ParkNumber : null, settings.ConferenceNumber.Length > 0 ? settings.ConferenceNumber : null,
                settings.MediaTimeoutSeconds, settings.Codecs.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    private async Task<string?> RealmAsync(
        PhoneSettings settings, PbxConnection? pbx, Uri socket, string domain, string user, CancellationToken cancellationToken)
    {
        if (settings.Realm.Length > 0)
        {
            return settings.Realm;
        }

        if (realms.Find(tenant.TenantId, socket.ToString()) is { } known)
        {
            return known;
        }

        var asked = await probe.RunAsync(socket, domain, user, pbx?.PinnedCertificateSha256, cancellationToken);
        if (!asked.Succeeded)
        {
            return null;
        }

        realms.Keep(tenant.TenantId, socket.ToString(), asked.Value.Realm);
        return asked.Value.Realm;
    }

    /// <summary>A new secret on its way: which of the two the PBX has cannot be told until that is done.</summary>
    private static Error? WhyNotNow(Extension own) =>
        own.State == ExtensionState.Creating || (own.NextSecretProtected is not null && own.Step != ExtensionStep.Queued) ? PhoneErrors.Pending : null;

    private async Task<Result<(Extension Extension, PhoneSettings Settings, PbxConnection? Pbx)>> FindAsync(
        CallCenterDbContext db, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Extensions.Own) || caller.UserId is not { } userId)
        {
            return AccessErrors.Denied;
        }

        if (await db.Set<Extension>().AsNoTracking().SingleOrDefaultAsync(e => e.UserId == userId, cancellationToken) is not { } own
            || own.State is ExtensionState.Deleting || (own.State == ExtensionState.Failed && own.Operation == ExtensionOperation.Create))
        {
            return PhoneErrors.NoPhone;
        }

        if (!own.Wanted.WebPhone || !own.Wanted.Enabled)
        {
            return PhoneErrors.NotAllowed;
        }

        if (own.SecretProtected is null)
        {
            return PhoneErrors.SecretUnknown;
        }

        var settings = await db.Set<PhoneSettings>().AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? new PhoneSettings();
        var pbx = await db.Set<PbxConnection>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == own.PbxId, cancellationToken);
        return (own, settings, pbx);
    }
}

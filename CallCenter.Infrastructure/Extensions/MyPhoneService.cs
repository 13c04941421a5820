using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Identity;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>The caller's own extension, found by the caller's account and nothing that a page could name.</summary>
internal sealed class MyPhoneService(
    IDbContextFactory<CallCenterDbContext> contexts,
    ExtensionQueries queries,
    OwnPassword ownPassword,
    ISecretProtector protector,
    IPbxDirectory pbxs,
    IPbxExtensions port,
    MyPhoneCalls calls,
    TenantNotices notices,
    IAuditTrail audit,
    ITenantContext tenant,
    ICaller caller) : IMyPhone
{
    private const int SpansShown = 20;

    public async Task<Result<MyPhone>> GetAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var own = await FindAsync(db, cancellationToken);
        if (own.Error is { } error)
        {
            return error;
        }

        var detail = await queries.GetAsync(own.Value.Id, cancellationToken);
        if (detail.Error is not null)
        {
            // Deleted in this very moment.
            return ExtensionErrors.NoOwnExtension;
        }

        var (plan, server) = await ReadServerAsync(db, own.Value, cancellationToken);
        return new MyPhone(
            detail.Value.Row, detail.Value.Wanted, server, plan.SipPort, plan.SipTlsPort, plan.EchoNumber,
            own.Value.SecretProtected is not null, [.. detail.Value.Spans.Take(SpansShown)]);
    }

    public IDisposable Subscribe(Func<Task> changed) => notices.Subscribe(NoticeTopic.Extensions, tenant.TenantId, changed);

    public async Task<Result<PhoneCredentials>> ShowSecretAsync(Secret password, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var before = await FindAsync(db, cancellationToken);
        if ((before.Error ?? WhyHidden(before.Value)) is { } hidden)
        {
            return hidden;
        }

        if (await ownPassword.CheckAsync(password, cancellationToken) is { } refused)
        {
            return refused;
        }

        // Read again: a rotation may have begun, or the extension become somebody else's, while the password was checked.
        var own = await FindAsync(db, cancellationToken);
        if ((own.Error ?? WhyHidden(own.Value)) is { } late)
        {
            return late;
        }

        var extension = own.Value;
        var secret = protector.Unprotect(extension.SecretProtected!, ExtensionSecrets.Sip(extension.TenantId));
        if (secret.Error is { } unreadable)
        {
            return unreadable;
        }

        var (plan, server) = await ReadServerAsync(db, extension, cancellationToken);
        var qr = MyPhoneQr.Draw(MyPhoneQr.Account(server, plan.SipPort, extension.Number, extension.Wanted.Name, secret.Value));
        audit.Append(db, ExtensionAudit.Note(ExtensionAuditActions.SecretShown, extension));
        await db.SaveChangesAsync(cancellationToken);
        return new PhoneCredentials(server, plan.SipPort, "udp", extension.Number, secret.Value, qr);
    }

    public async Task<Result> CallEchoAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var own = await FindAsync(db, cancellationToken);
        if ((own.Error ?? WhySilent(own.Value)) is { } error)
        {
            return error;
        }

        var extension = own.Value;
        var (plan, _) = await ReadServerAsync(db, extension, cancellationToken);
        if (plan.EchoNumber.Length == 0)
        {
            return ExtensionErrors.NoEchoNumber;
        }

        if (await db.Set<ExtensionPresence>().AsNoTracking().SingleOrDefaultAsync(p => p.ExtensionId == extension.Id, cancellationToken) is { IsInCall: true })
        {
            return ExtensionErrors.InCall;
        }

        var pbx = await pbxs.GetAsync(cancellationToken);
        if (pbx.Error is { } unconfigured)
        {
            return unconfigured;
        }

        using var call = calls.Begin(extension.Id);
        if (call is null)
        {
            return ExtensionErrors.EchoBusy;
        }

        var answer = await port.CallAsync(pbx.Value, extension.Number, plan.EchoNumber, cancellationToken);
        if (answer.Succeeded || answer.InDoubt)
        {
            audit.Append(db, ExtensionAudit.Note(ExtensionAuditActions.EchoCalled, extension));
            await db.SaveChangesAsync(cancellationToken);
        }

        return answer.Error is { } refused ? refused : Result.Success;
    }

    private static Error? WhyHidden(Extension own) =>
        own.IsPending || own.NextSecretProtected is not null ? ExtensionErrors.Pending
        : own.SecretProtected is null ? ExtensionErrors.SecretUnknown
        : NotCreated(own);

    private static Error? WhySilent(Extension own) =>
        own.State is ExtensionState.Creating or ExtensionState.Deleting ? ExtensionErrors.Pending
        : own.MissingSinceUtc is not null ? ExtensionErrors.NotOnPbx
        : NotCreated(own);

    private static Error? NotCreated(Extension own) =>
        own.State == ExtensionState.Failed && own.Operation == ExtensionOperation.Create ? ExtensionErrors.WrongState : null;

    private async Task<Result<Extension>> FindAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Extensions.Own))
        {
            return AccessErrors.Denied;
        }

        var userId = caller.UserId;
        return userId is not null && await db.Set<Extension>().AsNoTracking().SingleOrDefaultAsync(e => e.UserId == userId, cancellationToken) is { } own
            ? own
            : ExtensionErrors.NoOwnExtension;
    }

    /// <summary>What the settings say; the defaults while a card was never saved.</summary>
    private static async Task<(ExtensionPlan Plan, string Server)> ReadServerAsync(CallCenterDbContext db, Extension own, CancellationToken cancellationToken)
    {
        var plan = await db.Set<ExtensionPlan>().AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? new ExtensionPlan();
        var server = await db.Set<PbxConnection>().Where(p => p.Id == own.PbxId).Select(p => p.Host).SingleOrDefaultAsync(cancellationToken);
        return (plan, server ?? "");
    }
}

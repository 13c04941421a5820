using CallCenter.Core.Audit;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Softphone;

internal sealed class PhoneSettingsService(
    PhoneCardStore store,
    RealmProbe probe,
    PhoneRealms realms,
    IDbContextFactory<CallCenterDbContext> contexts,
    IAuditTrail audit,
    ITenantContext tenant,
    ICaller caller) : IPhoneSettings
{
    // Nobody's: a registrar challenges whoever comes without credentials, and Expires 0 would bind nothing.
    private const string Asker = "callcenter";

    public async Task<Result<SettingsCard<PhoneForm>>> GetAsync(CancellationToken cancellationToken = default) =>
        caller.May(Permissions.Settings.View) ? await store.GetAsync(cancellationToken) : AccessErrors.Denied;

    public Task<CardSave<PhoneForm>> SaveAsync(PhoneForm form, int version, CancellationToken cancellationToken = default) =>
        store.SaveAsync(form, version, cancellationToken);

    public async Task<Result<PhoneProbe>> AskAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Settings.Edit))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var settings = await db.Set<PhoneSettings>().AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? new PhoneSettings();
        var pbx = await db.Set<PbxConnection>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (PhoneServers.Socket(settings, pbx) is not { } socket)
        {
            return PhoneErrors.NoWebSocket;
        }

        var asked = await probe.RunAsync(socket, PhoneServers.Domain(settings, socket), Asker, pbx?.PinnedCertificateSha256, cancellationToken);
        if (asked.Succeeded)
        {
            realms.Keep(tenant.TenantId, socket.ToString(), asked.Value.Realm);
        }

        audit.Append(db, new AuditNote(PhoneAuditActions.Asked, AuditSubjects.Settings, "softphone", socket.Host)
        {
            After = new AuditValues { ["realm"] = asked.Succeeded ? asked.Value.Realm : "" },
        });
        await db.SaveChangesAsync(cancellationToken);
        return asked;
    }
}

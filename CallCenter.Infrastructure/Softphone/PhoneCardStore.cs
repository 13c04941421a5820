using CallCenter.Core.Audit;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Security;
using CallCenter.Infrastructure.Settings;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Softphone;

/// <summary>Stores the card "Phone in the browser".</summary>
internal sealed class PhoneCardStore(
    IDbContextFactory<CallCenterDbContext> contexts, IAuditTrail audit, ITenantContext tenant, ICaller caller, TimeProvider time, ISecretProtector protector)
    : SettingsCardStore<PhoneForm, PhoneSettings>(contexts, audit, tenant, caller, time)
{
    private static readonly PhoneFormValidator Validator = new();

    /// <summary>What the ciphertext is bound to; permanent.</summary>
    public static SecretPurpose TurnSecret(Guid tenantId) => new(tenantId, "PhoneSettings.TurnSecret");

    protected override string Card => "softphone";

    protected override IReadOnlyList<Error> Check(PhoneForm form) => Validator.Check(form);

    protected override Task<IReadOnlyList<Error>> CheckAgainstStoredAsync(PhoneForm form, PhoneSettings? stored, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Error>>(form.TurnSecret == Secret.Mask && stored is not { TurnSecretProtected.Length: > 0 }
            ? [SettingsErrors.Required with { Field = nameof(PhoneForm.TurnSecret) }]
            : []);

    protected override PhoneForm ToForm(PhoneSettings row) => new()
    {
        WebSocketUrl = row.WebSocketUrl,
        SipDomain = row.SipDomain,
        Realm = row.Realm,
        StunServers = row.StunServers,
        TurnServers = row.TurnServers,
        TurnSecret = SettingsSecrets.Shown(row.TurnSecretProtected),
        TurnMinutes = row.TurnMinutes,
        Codecs = row.Codecs,
        Dtmf = row.Dtmf,
        AutoAnswer = row.AutoAnswer,
        DndAllowed = row.DndAllowed,
        Ringtone = row.Ringtone,
        MaxCalls = row.MaxCalls,
        ParkNumber = row.ParkNumber,
        ConferenceNumber = row.ConferenceNumber,
        MediaTimeoutSeconds = row.MediaTimeoutSeconds,
        RegisterSeconds = row.RegisterSeconds,
    };

    protected override void Apply(PhoneForm form, PhoneSettings row)
    {
        row.WebSocketUrl = form.WebSocketUrl;
        row.SipDomain = form.SipDomain;
        row.Realm = form.Realm;
        row.StunServers = form.StunServers;
        row.TurnServers = form.TurnServers;
        row.TurnSecretProtected = form.TurnSecret.Length == 0 ? "" : protector.Store(form.TurnSecret, row.TurnSecretProtected, TurnSecret(TenantId));
        row.TurnMinutes = form.TurnMinutes!.Value;
        row.Codecs = form.Codecs;
        row.Dtmf = form.Dtmf;
        row.AutoAnswer = form.AutoAnswer;
        row.DndAllowed = form.DndAllowed;
        row.Ringtone = form.Ringtone;
        row.MaxCalls = form.MaxCalls!.Value;
        row.ParkNumber = form.ParkNumber;
        row.ConferenceNumber = form.ConferenceNumber;
        row.MediaTimeoutSeconds = form.MediaTimeoutSeconds!.Value;
        row.RegisterSeconds = form.RegisterSeconds!.Value;
    }

    protected override AuditValues ToAudit(PhoneSettings row) => new()
    {
        ["webSocketUrl"] = row.WebSocketUrl,
        ["sipDomain"] = row.SipDomain,
        ["realm"] = row.Realm,
        ["stunServers"] = row.StunServers,
        ["turnServers"] = row.TurnServers,
        ["turnSecret"] = protector.ForAudit(row.TurnSecretProtected, TurnSecret(TenantId)),
        ["turnMinutes"] = row.TurnMinutes,
        ["codecs"] = row.Codecs,
        ["dtmf"] = row.Dtmf,
        ["autoAnswer"] = row.AutoAnswer,
        ["dndAllowed"] = row.DndAllowed,
        ["ringtone"] = row.Ringtone,
        ["maxCalls"] = row.MaxCalls,
        ["parkNumber"] = row.ParkNumber,
        ["conferenceNumber"] = row.ConferenceNumber,
        ["mediaTimeoutSeconds"] = row.MediaTimeoutSeconds,
        ["registerSeconds"] = row.RegisterSeconds,
    };
}

internal sealed class PhoneStoredSecrets : IStoredSecrets
{
    public async Task<IReadOnlyList<StoredSecret>> FindAsync(CallCenterDbContext db, CancellationToken cancellationToken) =>
        [.. (await db.Set<PhoneSettings>().Where(s => s.TurnSecretProtected != "").ToListAsync(cancellationToken))
            .Select(row => new StoredSecret(row.TurnSecretProtected, PhoneCardStore.TurnSecret(row.TenantId), text => row.TurnSecretProtected = text))];
}

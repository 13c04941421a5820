using System.Globalization;
using CallCenter.Core.Audit;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Settings;

internal sealed class PbxCardStore(
    IDbContextFactory<CallCenterDbContext> contexts,
    IAuditTrail audit,
    ITenantContext tenant,
    ICaller caller,
    TimeProvider time,
    ISecretProtector protector,
    IOutboundPolicy policy,
    PbxChangeNotices notices,
    TenantNotices pages) : SettingsCardStore<PbxForm, PbxConnection>(contexts, audit, tenant, caller, time)
{
    private static readonly PbxFormValidator Validator = new();

    protected override string Card => "pbx";

    protected override IReadOnlyList<Error> Check(PbxForm form) => Validator.Check(form);

    protected override async Task<IReadOnlyList<Error>> CheckAgainstStoredAsync(
        PbxForm form, PbxConnection? stored, CancellationToken cancellationToken)
    {
        var errors = new List<Error>();
        if (await policy.RefusesAsync(form.Host, cancellationToken))
        {
            errors.Add(TelephonyErrors.AddressNotAllowed with { Field = nameof(PbxForm.Host) });
        }

        if (form.ApiPassword == Secret.Mask)
        {
            if (stored is null)
            {
                errors.Add(SettingsErrors.Required with { Field = nameof(PbxForm.ApiPassword) });
            }
            else if (!string.Equals(stored.Host, form.Host, StringComparison.OrdinalIgnoreCase) || stored.Port != form.Port || stored.Kind != form.Kind)
            {
                errors.Add(SettingsErrors.SecretNeededAgain with { Field = nameof(PbxForm.ApiPassword) });
            }
        }

        return errors;
    }

    protected override PbxForm ToForm(PbxConnection row) => new()
    {
        Kind = row.Kind,
        Host = row.Host,
        Port = row.Port,
        WebSocketPath = row.WebSocketPath,
        ApiUser = row.ApiUser,
        ApiPassword = SettingsSecrets.Shown(row.ApiPasswordProtected),
        PinnedCertificateSha256 = row.PinnedCertificateSha256 ?? "",
    };

    protected override void Apply(PbxForm form, PbxConnection row)
    {
        row.Kind = form.Kind;
        row.Host = form.Host;
        row.Port = form.Port!.Value;
        row.WebSocketPath = form.WebSocketPath;
        row.ApiUser = form.ApiUser;
        row.ApiPasswordProtected = protector.Store(form.ApiPassword, row.ApiPasswordProtected, SettingsSecrets.PbxPassword(TenantId));
        row.PinnedCertificateSha256 = form.PinnedCertificateSha256.Length == 0 ? null : form.PinnedCertificateSha256;
    }

    protected override AuditValues ToAudit(PbxConnection row) => new()
    {
        ["kind"] = row.Kind,
        ["host"] = row.Host,
        ["port"] = row.Port,
        ["webSocketPath"] = row.WebSocketPath,
        ["apiUser"] = row.ApiUser,
        ["apiPassword"] = protector.ForAudit(row.ApiPasswordProtected, SettingsSecrets.PbxPassword(TenantId)),
        ["pinnedCertificate"] = row.PinnedCertificateSha256,
    };

    protected override void OnChanged()
    {
        notices.Publish(TenantId);

        // What was known of the old connection says nothing about the new one.
        pages.Raise(NoticeTopic.Connection, TenantId);
    }
}

internal sealed class GdmsCardStore(
    IDbContextFactory<CallCenterDbContext> contexts,
    IAuditTrail audit,
    ITenantContext tenant,
    ICaller caller,
    TimeProvider time,
    ISecretProtector protector,
    IOutboundPolicy policy,
    PbxChangeNotices notices) : SettingsCardStore<GdmsForm, GdmsConnection>(contexts, audit, tenant, caller, time)
{
    private static readonly GdmsFormValidator Validator = new();

    protected override string Card => "gdms";

    protected override IReadOnlyList<Error> Check(GdmsForm form) => Validator.Check(form);

    protected override async Task<IReadOnlyList<Error>> CheckAgainstStoredAsync(
        GdmsForm form, GdmsConnection? stored, CancellationToken cancellationToken)
    {
        var errors = new List<Error>();
        if (form.Place == GdmsPlace.Custom && await policy.RefusesAsync(new Uri(form.BaseAddress).DnsSafeHost, cancellationToken))
        {
            errors.Add(TelephonyErrors.AddressNotAllowed with { Field = nameof(GdmsForm.BaseAddress) });
        }

        var moved = stored is not null
            && (stored.Place != form.Place || !string.Equals(stored.BaseAddress ?? "", form.BaseAddress, StringComparison.OrdinalIgnoreCase));
        foreach (var (field, typed) in new[] { (nameof(GdmsForm.Password), form.Password), (nameof(GdmsForm.ApiSecret), form.ApiSecret) })
        {
            if (typed == Secret.Mask && (stored is null || moved))
            {
                errors.Add((stored is null ? SettingsErrors.Required : SettingsErrors.SecretNeededAgain) with { Field = field });
            }
        }

        return errors;
    }

    protected override GdmsForm ToForm(GdmsConnection row) => new()
    {
        Place = row.Place,
        BaseAddress = row.BaseAddress ?? "",
        UserName = row.UserName,
        Password = SettingsSecrets.Shown(row.PasswordProtected),
        ApiId = row.ApiId,
        ApiSecret = SettingsSecrets.Shown(row.ApiSecretProtected),
        DeviceMac = row.DeviceMac,
        OrganizationId = row.OrganizationId?.ToString(CultureInfo.InvariantCulture) ?? "",
    };

    protected override void Apply(GdmsForm form, GdmsConnection row)
    {
        row.Place = form.Place;
        row.BaseAddress = form.Place == GdmsPlace.Custom ? form.BaseAddress : null;
        row.UserName = form.UserName;
        row.PasswordProtected = protector.Store(form.Password, row.PasswordProtected, SettingsSecrets.GdmsPassword(TenantId));
        row.ApiId = form.ApiId;
        row.ApiSecretProtected = protector.Store(form.ApiSecret, row.ApiSecretProtected, SettingsSecrets.GdmsApiSecret(TenantId));
        row.DeviceMac = form.DeviceMac;
        row.OrganizationId = form.OrganizationId.Length == 0 ? null : long.Parse(form.OrganizationId, CultureInfo.InvariantCulture);
    }

    protected override AuditValues ToAudit(GdmsConnection row) => new()
    {
        ["place"] = row.Place,
        ["baseAddress"] = row.BaseAddress,
        ["userName"] = row.UserName,
        ["password"] = protector.ForAudit(row.PasswordProtected, SettingsSecrets.GdmsPassword(TenantId)),
        ["apiId"] = row.ApiId,
        ["apiSecret"] = protector.ForAudit(row.ApiSecretProtected, SettingsSecrets.GdmsApiSecret(TenantId)),
        ["deviceMac"] = row.DeviceMac,
        ["organizationId"] = row.OrganizationId,
    };

    protected override void OnChanged() => notices.Publish(TenantId);
}

internal sealed class ExtensionCardStore(
    IDbContextFactory<CallCenterDbContext> contexts, IAuditTrail audit, ITenantContext tenant, ICaller caller, TimeProvider time)
    : SettingsCardStore<ExtensionForm, ExtensionPlan>(contexts, audit, tenant, caller, time)
{
    private static readonly ExtensionFormValidator Validator = new();

    protected override string Card => "extensions";

    protected override IReadOnlyList<Error> Check(ExtensionForm form) => Validator.Check(form);

    protected override ExtensionForm ToForm(ExtensionPlan row) => new()
    {
        Prefix = row.Prefix,
        Start = row.Start,
        End = row.End,
        PasswordLength = row.PasswordLength,
        PasswordUpper = row.PasswordUpper,
        PasswordLower = row.PasswordLower,
        PasswordDigit = row.PasswordDigit,
        PasswordSpecial = row.PasswordSpecial,
        EchoNumber = row.EchoNumber,
        SipPort = row.SipPort,
        SipTlsPort = row.SipTlsPort,
    };

    protected override void Apply(ExtensionForm form, ExtensionPlan row)
    {
        row.Prefix = form.Prefix;
        row.Start = form.Start;
        row.End = form.End;
        row.PasswordLength = form.PasswordLength!.Value;
        row.PasswordUpper = form.PasswordUpper;
        row.PasswordLower = form.PasswordLower;
        row.PasswordDigit = form.PasswordDigit;
        row.PasswordSpecial = form.PasswordSpecial;
        row.EchoNumber = form.EchoNumber;
        row.SipPort = form.SipPort!.Value;
        row.SipTlsPort = form.SipTlsPort!.Value;
    }

    // The policy's fields say "password" but hold none.
    protected override AuditValues ToAudit(ExtensionPlan row) => new()
    {
        ["prefix"] = row.Prefix,
        ["start"] = row.Start,
        ["end"] = row.End,
        ["passwordLength"] = row.PasswordLength,
        ["passwordUpper"] = row.PasswordUpper,
        ["passwordLower"] = row.PasswordLower,
        ["passwordDigit"] = row.PasswordDigit,
        ["passwordSpecial"] = row.PasswordSpecial,
        ["echoNumber"] = row.EchoNumber,
        ["sipPort"] = row.SipPort,
        ["sipTlsPort"] = row.SipTlsPort,
    };
}

internal sealed class RecordingCardStore(
    IDbContextFactory<CallCenterDbContext> contexts,
    IAuditTrail audit,
    ITenantContext tenant,
    ICaller caller,
    TimeProvider time,
    IOutboundPolicy policy) : SettingsCardStore<RecordingForm, RecordingPolicy>(contexts, audit, tenant, caller, time)
{
    private static readonly RecordingFormValidator Validator = new();

    protected override string Card => "recordings";

    protected override IReadOnlyList<Error> Check(RecordingForm form) => Validator.Check(form);

    protected override async Task<IReadOnlyList<Error>> CheckAgainstStoredAsync(
        RecordingForm form, RecordingPolicy? stored, CancellationToken cancellationToken) =>
        StunAddress.Parse(form.StunServer) is { } stun && await policy.RefusesAsync(stun.Host, cancellationToken)
            ? [TelephonyErrors.AddressNotAllowed with { Field = nameof(RecordingForm.StunServer) }]
            : [];

    protected override RecordingForm ToForm(RecordingPolicy row) => new()
    {
        Enabled = row.Enabled,
        Format = row.Format,
        AutoDeleteDays = row.AutoDeleteDays,
        StunServer = row.StunServer ?? "",
        Nat = row.Nat,
        RtpPortStart = row.RtpPortStart,
        RtpPortEnd = row.RtpPortEnd,
    };

    protected override void Apply(RecordingForm form, RecordingPolicy row)
    {
        row.Enabled = form.Enabled;
        row.Format = form.Format;
        row.AutoDeleteDays = form.AutoDeleteDays;
        row.StunServer = form.StunServer.Length == 0 ? null : form.StunServer;
        row.Nat = form.Nat;
        row.RtpPortStart = form.RtpPortStart!.Value;
        row.RtpPortEnd = form.RtpPortEnd!.Value;
    }

    protected override AuditValues ToAudit(RecordingPolicy row) => new()
    {
        ["enabled"] = row.Enabled,
        ["format"] = row.Format,
        ["autoDeleteDays"] = row.AutoDeleteDays,
        ["stunServer"] = row.StunServer,
        ["nat"] = row.Nat,
        ["rtpPortStart"] = row.RtpPortStart,
        ["rtpPortEnd"] = row.RtpPortEnd,
    };
}

internal static class OutboundPolicyExtensions
{
    /// <summary>True when the policy forbids the address. A name that nobody knows yet is no reason: the doctor speaks of that.</summary>
    public static async Task<bool> RefusesAsync(this IOutboundPolicy policy, string host, CancellationToken cancellationToken) =>
        (await policy.ResolveAsync(host, cancellationToken)).Error == TelephonyErrors.AddressNotAllowed;
}

using CallCenter.Core.Audit;
using CallCenter.Core.Mail;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Security;
using CallCenter.Infrastructure.Settings;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Mail;

internal sealed class MailCardStore(
    IDbContextFactory<CallCenterDbContext> contexts,
    IAuditTrail audit,
    ITenantContext tenant,
    ICaller caller,
    TimeProvider time,
    ISecretProtector protector,
    IOutboundPolicy policy) : SettingsCardStore<MailForm, MailConnection>(contexts, audit, tenant, caller, time)
{
    private static readonly MailFormValidator Validator = new();

    protected override string Card => "mail";

    protected override IReadOnlyList<Error> Check(MailForm form) => Validator.Check(form);

    protected override async Task<IReadOnlyList<Error>> CheckAgainstStoredAsync(MailForm form, MailConnection? stored, CancellationToken cancellationToken)
    {
        var errors = new List<Error>();
        if (await policy.RefusesAsync(form.Host, cancellationToken))
        {
            errors.Add(TelephonyErrors.AddressNotAllowed with { Field = nameof(MailForm.Host) });
        }

        if (form.Password == Secret.Mask)
        {
            if (stored is not { PasswordProtected.Length: > 0 })
            {
                errors.Add(SettingsErrors.Required with { Field = nameof(MailForm.Password) });
            }
            else if (!string.Equals(stored.Host, form.Host, StringComparison.OrdinalIgnoreCase) || stored.Port != form.Port || Weakened(stored, form))
            {
                errors.Add(SettingsErrors.SecretNeededAgain with { Field = nameof(MailForm.Password) });
            }
        }

        return errors;
    }

    protected override MailForm ToForm(MailConnection row) => new()
    {
        Host = row.Host,
        Port = row.Port,
        Tls = row.Tls,
        UserName = row.UserName,
        Password = SettingsSecrets.Shown(row.PasswordProtected),
        PinnedCertificateSha256 = row.PinnedCertificateSha256 ?? "",
        FromAddress = row.FromAddress,
        FromName = row.FromName,
        AllowedRecipients = row.AllowedRecipients,
    };

    protected override void Apply(MailForm form, MailConnection row)
    {
        row.Host = form.Host;
        row.Port = form.Port!.Value;
        row.Tls = form.Tls;
        row.UserName = form.UserName;
        row.PasswordProtected = form.UserName.Length == 0 ? "" : protector.Store(form.Password, row.PasswordProtected, MailSecrets.Password(TenantId));
        row.PinnedCertificateSha256 = form.PinnedCertificateSha256.Length == 0 ? null : form.PinnedCertificateSha256;
        row.FromAddress = form.FromAddress;
        row.FromName = form.FromName;
        row.AllowedRecipients = form.AllowedRecipients;
    }

    protected override AuditValues ToAudit(MailConnection row) => new()
    {
        ["host"] = row.Host,
        ["port"] = row.Port,
        ["mailTls"] = row.Tls,
        ["userName"] = row.UserName,
        ["password"] = row.PasswordProtected.Length == 0 ? null : protector.ForAudit(row.PasswordProtected, MailSecrets.Password(TenantId)),
        ["pinnedCertificate"] = row.PinnedCertificateSha256,
        ["mailFrom"] = row.FromAddress,
        ["mailFromName"] = row.FromName,
        ["mailAllowed"] = row.AllowedRecipients,
    };

    // The stored password must not be sent over a way that whoever typed it did not choose.
    private static bool Weakened(MailConnection stored, MailForm form) =>
        (form.Tls == MailTls.None && stored.Tls != MailTls.None)
        || !string.Equals(stored.PinnedCertificateSha256 ?? "", form.PinnedCertificateSha256, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What the mail password's ciphertext is bound to; permanent.</summary>
internal static class MailSecrets
{
    public static SecretPurpose Password(Guid tenantId) => new(tenantId, "MailConnections.Password");

    /// <summary>How to reach the server, its password opened.</summary>
    public static Result<SmtpTarget> TargetOf(this ISecretProtector protector, MailConnection connection)
    {
        if (connection.UserName.Length == 0)
        {
            return new SmtpTarget(connection.Host, connection.Port, connection.Tls, "", null, connection.PinnedCertificateSha256);
        }

        var password = protector.Unprotect(connection.PasswordProtected, Password(connection.TenantId));
        return password.Error is { } error
            ? error
            : new SmtpTarget(connection.Host, connection.Port, connection.Tls, connection.UserName, password.Value, connection.PinnedCertificateSha256);
    }
}

internal sealed class MailStoredSecrets : IStoredSecrets
{
    public async Task<IReadOnlyList<StoredSecret>> FindAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        var connections = await db.Set<MailConnection>().Where(mail => mail.PasswordProtected != "").ToListAsync(cancellationToken);
        return connections.ConvertAll(mail => new StoredSecret(mail.PasswordProtected, MailSecrets.Password(mail.TenantId), text => mail.PasswordProtected = text));
    }
}

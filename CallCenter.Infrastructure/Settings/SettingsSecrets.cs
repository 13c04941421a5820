using CallCenter.Core.Primitives;
using CallCenter.Core.Security;

namespace CallCenter.Infrastructure.Settings;

/// <summary>What the settings' ciphertexts are bound to. The texts are permanent: stored secrets depend on them.</summary>
internal static class SettingsSecrets
{
    public static SecretPurpose PbxPassword(Guid tenantId) => new(tenantId, "PbxConnections.ApiPassword");

    public static SecretPurpose GdmsPassword(Guid tenantId) => new(tenantId, "GdmsConnections.Password");

    public static SecretPurpose GdmsApiSecret(Guid tenantId) => new(tenantId, "GdmsConnections.ApiSecret");

    /// <summary>How a stored secret is shown.</summary>
    public static string Shown(string protectedText) => protectedText.Length == 0 ? "" : Secret.Mask;

    /// <summary>
    /// The text to store: what was typed, encrypted anew; or what is stored already when the mask came back, under the active
    /// key if it can still be read.
    /// </summary>
    public static string Store(this ISecretProtector protector, string typed, string stored, SecretPurpose purpose)
    {
        if (typed != Secret.Mask)
        {
            return protector.Protect(new Secret(typed), purpose);
        }

        return protector.IsOutdated(stored) && protector.Unprotect(stored, purpose) is { Succeeded: true } plain
            ? protector.Protect(plain.Value, purpose)
            : stored;
    }

    /// <summary>For the audit log, which compares secrets and writes only whether they changed.</summary>
    public static Secret ForAudit(this ISecretProtector protector, string stored, SecretPurpose purpose) =>
        stored.Length > 0 && protector.Unprotect(stored, purpose) is { Succeeded: true } plain ? plain.Value : new Secret(stored);
}

using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>What the ciphertexts of extensions are bound to. The texts are permanent: stored secrets depend on them.</summary>
internal static class ExtensionSecrets
{
    /// <summary>The SIP secret, in force or on its way: the second becomes the first without being encrypted again.</summary>
    public static SecretPurpose Sip(Guid tenantId) => new(tenantId, "Extensions.Secret");

    public static SecretPurpose VoicemailPin(Guid tenantId) => new(tenantId, "Extensions.VoicemailPin");

    /// <summary>The SIP secret that the PBX should have; null while it is not known here or its key is gone.</summary>
    public static Secret? WantedSecretOf(this ISecretProtector protector, Extension extension) =>
        protector.Read(extension.WantedSecretProtected, Sip(extension.TenantId));

    /// <summary>The mailbox PIN, likewise.</summary>
    public static Secret? VoicemailPinOf(this ISecretProtector protector, Extension extension) =>
        protector.Read(extension.VoicemailPinProtected, VoicemailPin(extension.TenantId));

    private static Secret? Read(this ISecretProtector protector, string? text, SecretPurpose purpose) =>
        text is not null && protector.Unprotect(text, purpose) is { Succeeded: true } plain ? plain.Value : null;
}

using CallCenter.Core.Primitives;

namespace CallCenter.Core.Security;

/// <summary>Encrypts the secrets that tenants entrust to the portal: AES-256-GCM under a key ring that can be rotated.</summary>
public interface ISecretProtector
{
    /// <summary>Encrypts under the active key.</summary>
    /// <param name="secret">What to keep.</param>
    /// <param name="purpose">Where it is kept; the same is needed to read it.</param>
    /// <returns>Text of the form <c>v1:&lt;key id&gt;:&lt;base64url&gt;</c>, different each time.</returns>
    string Protect(Secret secret, SecretPurpose purpose);

    /// <summary>Decrypts, whichever key of the ring was used.</summary>
    /// <returns>
    /// The secret, or <see cref="SecretErrors.UnknownKey"/> when the ring lacks the key that the text names, or
    /// <see cref="SecretErrors.Unreadable"/> when the text was changed, moved to another row or field, or is no such text.
    /// </returns>
    Result<Secret> Unprotect(string protectedText, SecretPurpose purpose);

    /// <summary>True when the text was made with another key than the active one.</summary>
    bool IsOutdated(string protectedText);
}

/// <summary>What a ciphertext is bound to, so that it cannot be copied to another tenant or another field.</summary>
/// <param name="TenantId">Whose secret it is.</param>
/// <param name="Field">Table and column, e.g. <c>PbxConnections.ApiPassword</c>; permanent, for stored texts depend on it.</param>
public sealed record SecretPurpose(Guid TenantId, string Field);

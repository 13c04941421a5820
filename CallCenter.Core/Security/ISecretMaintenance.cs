namespace CallCenter.Core.Security;

/// <summary>Looks after the stored secrets of all tenants; for the operator's command-line verbs, not for pages.</summary>
public interface ISecretMaintenance
{
    /// <summary>Encrypts and decrypts a probe under every key of the ring. Needs no database.</summary>
    KeyRingReport CheckKeyRing();

    /// <summary>Tries to decrypt every stored secret, changing nothing.</summary>
    Task<StoredSecretsReport> CheckStoredAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Encrypts again, under the active key, every secret that another key made. What cannot be read is left as it is and
    /// counted. Safe to repeat and to interrupt.
    /// </summary>
    Task<StoredSecretsReport> ReprotectAsync(CancellationToken cancellationToken = default);
}

/// <summary>State of the key ring.</summary>
/// <param name="ActiveKey">Id of the key that encrypts.</param>
/// <param name="KeyIds">Every key, in ordinal order.</param>
/// <param name="FailedKeyIds">Keys whose probe did not come back; empty when all is well.</param>
public sealed record KeyRingReport(string ActiveKey, IReadOnlyList<string> KeyIds, IReadOnlyList<string> FailedKeyIds);

/// <summary>State of the stored secrets.</summary>
/// <param name="Total">Secrets stored, over all tenants.</param>
/// <param name="Current">Made with the active key.</param>
/// <param name="Outdated">Readable, made with an older key.</param>
/// <param name="Reprotected">Encrypted again in this run.</param>
/// <param name="Unreadable">Could not be decrypted.</param>
/// <param name="MissingKeyIds">Keys that stored secrets name and the ring lacks, in ordinal order.</param>
public sealed record StoredSecretsReport(
    int Total, int Current, int Outdated, int Reprotected, int Unreadable, IReadOnlyList<string> MissingKeyIds);

namespace CallCenter.Core.Telephony;

/// <summary>What a peer's TLS certificate says, for an admin to judge before pinning it. Nothing here implies trust.</summary>
/// <param name="Subject">Distinguished name of the holder, as in the certificate.</param>
/// <param name="Issuer">Distinguished name of the issuer.</param>
/// <param name="Sha256Thumbprint">SHA-256 over the whole certificate, 64 upper-case hex digits without separators.</param>
/// <param name="NotBeforeUtc">Start of validity, UTC.</param>
/// <param name="NotAfterUtc">End of validity, UTC.</param>
/// <param name="SelfSigned">Subject and issuer are the same, as with a PBX's factory certificate.</param>
/// <param name="TrustedBySystem">The chain ends in a root of this machine and the name matches; a browser softphone needs this.</param>
/// <param name="Names">Host names and addresses the certificate is made for; empty when it names none.</param>
/// <param name="KeyAlgorithm">Friendly name such as <c>RSA</c> or <c>ECC</c>.</param>
/// <param name="KeyBits">Key size in bits; 0 when unknown.</param>
public sealed record CertificateFacts(
    string Subject,
    string Issuer,
    string Sha256Thumbprint,
    DateTime NotBeforeUtc,
    DateTime NotAfterUtc,
    bool SelfSigned,
    bool TrustedBySystem,
    IReadOnlyList<string> Names,
    string KeyAlgorithm,
    int KeyBits);

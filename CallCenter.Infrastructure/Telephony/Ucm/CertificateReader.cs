using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>Facts of a shown certificate.</summary>
internal static class CertificateReader
{
    public static CertificateFacts Read(X509Certificate2 certificate, bool trusted)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        return new CertificateFacts(
            certificate.Subject,
            certificate.Issuer,
            certificate.GetCertHashString(HashAlgorithmName.SHA256),
            certificate.NotBefore.ToUniversalTime(),
            certificate.NotAfter.ToUniversalTime(),
            SelfSigned: certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData),
            trusted,
            names is null ? [] : [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(a => a.ToString())],
            certificate.PublicKey.Oid.FriendlyName ?? certificate.PublicKey.Oid.Value ?? "",
            KeyBits(certificate));
    }

    private static int KeyBits(X509Certificate2 certificate)
    {
        using AsymmetricAlgorithm? key = (AsymmetricAlgorithm?)certificate.GetRSAPublicKey() ?? certificate.GetECDsaPublicKey();
        return key?.KeySize ?? 0;
    }
}

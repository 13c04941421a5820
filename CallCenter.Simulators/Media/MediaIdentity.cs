using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CallCenter.Simulators.Media;

/// <summary>The certificate that all media of a peer is proved with; SDP carries its fingerprint.</summary>
internal sealed class MediaIdentity : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public MediaIdentity()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=media", _key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        Certificate = certificate.RawData;
    }

    /// <summary>DER.</summary>
    public byte[] Certificate { get; }

    /// <summary>As SDP writes it.</summary>
    public string Fingerprint => FingerprintOf(Certificate);

    public static string FingerprintOf(byte[] certificate) =>
        string.Join(':', SHA256.HashData(certificate).Select(b => b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture)));

    public byte[] Sign(byte[] data) => _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => _key.Dispose();
}

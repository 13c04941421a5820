using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Simulators.Media;

/// <summary>Secrets of one TLS 1.2 handshake with SHA-256 (RFC 5246, 5; RFC 7627; RFC 5705).</summary>
internal sealed class TlsKeys
{
    public const int VerifyLength = 12, MasterLength = 48;

    private readonly byte[] _master;
    private readonly byte[] _clientRandom;
    private readonly byte[] _serverRandom;

    private TlsKeys(byte[] master, byte[] clientRandom, byte[] serverRandom) =>
        (_master, _clientRandom, _serverRandom) = (master, clientRandom, serverRandom);

    /// <param name="preMaster">What the key exchange gave.</param>
    /// <param name="sessionHash">Hash of the handshake with the extended master secret; null without that extension.</param>
    /// <param name="clientRandom">Of the ClientHello.</param>
    /// <param name="serverRandom">Of the ServerHello.</param>
    public static TlsKeys From(byte[] preMaster, byte[]? sessionHash, byte[] clientRandom, byte[] serverRandom) => new(
        sessionHash is null
            ? Prf(preMaster, "master secret", [.. clientRandom, .. serverRandom], MasterLength)
            : Prf(preMaster, "extended master secret", sessionHash, MasterLength),
        clientRandom,
        serverRandom);

    /// <summary>Keys of AES-128-GCM: client's and server's key, client's and server's salt of the nonce.</summary>
    public (byte[] ClientKey, byte[] ServerKey, byte[] ClientSalt, byte[] ServerSalt) RecordKeys()
    {
        var block = Prf(_master, "key expansion", [.. _serverRandom, .. _clientRandom], 40);
        return (block[..16], block[16..32], block[32..36], block[36..40]);
    }

    /// <summary>Keys of SRTP (RFC 5764, 4.2), client's first.</summary>
    public (SrtpKey Client, SrtpKey Server) MediaKeys()
    {
        var block = Prf(_master, "EXTRACTOR-dtls_srtp", [.. _clientRandom, .. _serverRandom], 60);
        return (new SrtpKey(block[..16], block[32..46]), new SrtpKey(block[16..32], block[46..60]));
    }

    /// <summary>The contents of a Finished message.</summary>
    public byte[] Verify(bool ofClient, byte[] handshakeHash) =>
        Prf(_master, ofClient ? "client finished" : "server finished", handshakeHash, VerifyLength);

    private static byte[] Prf(byte[] secret, string label, byte[] seed, int length)
    {
        byte[] labelled = [.. Encoding.ASCII.GetBytes(label), .. seed];
        var output = new List<byte>(length + 32);
        var a = labelled;
        while (output.Count < length)
        {
            a = HMACSHA256.HashData(secret, a);
            byte[] seeded = [.. a, .. labelled];
            output.AddRange(HMACSHA256.HashData(secret, seeded));
        }

        return [.. output.Take(length)];
    }
}

/// <summary>Master key and salt of one direction of SRTP.</summary>
internal sealed record SrtpKey(byte[] Key, byte[] Salt);

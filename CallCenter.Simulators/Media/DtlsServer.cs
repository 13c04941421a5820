using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CallCenter.Simulators.Media;

/// <summary>
/// The server's side of one DTLS 1.2 handshake (RFC 6347) as WebRTC wants it (RFC 5764): ECDHE on P-256, ECDSA, both sides with a
/// certificate whose fingerprint SDP told. .NET has none. It is given datagrams and gives back what to send; not thread-safe.
/// </summary>
internal sealed class DtlsServer(MediaIdentity identity, string peerFingerprint) : IDisposable
{
    private const byte ClientHello = 1, ServerHello = 2, Certificate = 11, ServerKeyExchange = 12, CertificateRequest = 13;
    private const byte ServerHelloDone = 14, CertificateVerify = 15, ClientKeyExchange = 16, Finished = 20;
    private const int LargestMessage = 16_384, FlightRoom = 1_100;

    private readonly DtlsRecords _records = new();
    private readonly ECDiffieHellman _exchange = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _random = RandomNumberGenerator.GetBytes(32);
    private readonly MemoryStream _transcript = new();
    private readonly SortedDictionary<ushort, DtlsMessage> _incoming = [];
    private readonly List<DtlsRecord> _flight = [];
    private ushort _expected, _sending;
    private DtlsHello? _hello;
    private TlsKeys? _keys;
    private byte[] _peer = [];
    private bool _proved;

    /// <summary>Keys of the media once both sides are sure of each other.</summary>
    public (SrtpKey Client, SrtpKey Server)? MediaKeys { get; private set; }

    /// <summary>The other side said goodbye.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Takes a datagram; gives those that answer it.</summary>
    /// <exception cref="DtlsException">The handshake cannot go on.</exception>
    public IReadOnlyList<byte[]> Receive(ReadOnlySpan<byte> datagram)
    {
        var (answers, again) = (false, false);
        foreach (var record in _records.Read(datagram))
        {
            if (record.Type == DtlsRecords.Alert && record.Body is [_, 0])
            {
                IsClosed = true;
            }
            else if (record.Type == DtlsRecords.Handshake)
            {
                again |= Collect(record.Body);
                while (_incoming.TryGetValue(_expected, out var message) && message.IsWhole)
                {
                    _incoming.Remove(_expected++);
                    answers |= Handle(message);
                }
            }
        }

        // What comes once more tells that our last flight was lost.
        return answers || (again && _flight.Count > 0) ? Flight() : [];
    }

    public void Dispose()
    {
        _records.Dispose();
        _exchange.Dispose();
        _transcript.Dispose();
    }

    // True when a message came that was dealt with before.
    private bool Collect(ReadOnlySpan<byte> body)
    {
        var reader = new DtlsReader(body);
        var seen = false;
        while (!reader.IsEmpty)
        {
            var (type, length, number, at) = (reader.Byte(), reader.Medium(), reader.Short(), reader.Medium());
            var part = reader.Take(reader.Medium());
            if (length > LargestMessage || at + part.Length > length)
            {
                throw new DtlsException("A handshake message is too long.");
            }

            if (number < _expected)
            {
                seen = true;
                continue;
            }

            if (!_incoming.TryGetValue(number, out var message))
            {
                _incoming[number] = message = new DtlsMessage(type, number, length);
            }

            message.Put(at, part);
        }

        return seen;
    }

    // True when it is to be answered.
    private bool Handle(DtlsMessage message)
    {
        var before = Hash();
        var signed = _transcript.ToArray();
        _transcript.Write(Whole(message.Type, message.Number, message.Body));
        switch (message.Type)
        {
            case ClientHello when _hello is null:
                _hello = DtlsHello.Read(message.Body);
                Offer(_hello);
                return true;
            case Certificate:
                var reader = new DtlsReader(message.Body);
                reader.Medium();
                _peer = reader.Take(reader.Medium()).ToArray();
                return MediaIdentity.FingerprintOf(_peer).Equals(peerFingerprint, StringComparison.OrdinalIgnoreCase)
                    ? false
                    : throw new DtlsException("The certificate is not the one that SDP told.");
            case ClientKeyExchange when _hello is not null:
                _keys = TlsKeys.From(Agree(message.Body[1..]), _hello.ExtendedMaster ? Hash() : null, _hello.Random, _random);
                _records.Encrypt(_keys);
                return false;
            case CertificateVerify:
                _proved = Proves(message.Body, signed);
                return false;
            case Finished when _keys is not null:
                if (!_proved || !CryptographicOperations.FixedTimeEquals(message.Body, _keys.Verify(ofClient: true, before)))
                {
                    throw new DtlsException("The browser does not prove who it is.");
                }

                _flight.Clear();
                _flight.Add(new DtlsRecord(DtlsRecords.ChangeCipher, 0, [1]));
                Queue(Finished, _keys.Verify(ofClient: false, Hash()), epoch: 1);
                MediaKeys = _keys.MediaKeys();
                return true;
            default:
                throw new DtlsException($"A message of type {message.Type} is not expected here.");
        }
    }

    private void Offer(DtlsHello hello)
    {
        var point = _exchange.ExportParameters(includePrivateParameters: false).Q;
        Queue(ServerHello, hello.ServerHello(_random), 0);
        Queue(Certificate, DtlsHello.Certificates(identity.Certificate), 0);
        Queue(ServerKeyExchange, hello.KeyExchange(_random, [4, .. point.X ?? [], .. point.Y ?? []], identity), 0);
        Queue(CertificateRequest, DtlsHello.CertificateRequest(), 0);
        Queue(ServerHelloDone, [], 0);
    }

    private byte[] Agree(byte[] point)
    {
        if (point is not [4, ..] || point.Length != 65)
        {
            throw new DtlsException("The browser's point is not on P-256.");
        }

        using var theirs = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point[1..33], Y = point[33..65] },
        });
        using var publicKey = theirs.PublicKey;
        return _exchange.DeriveRawSecretAgreement(publicKey);
    }

    private bool Proves(byte[] body, byte[] signed)
    {
        var reader = new DtlsReader(body);
        reader.Take(2);
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(_peer);
            using var key = certificate.GetECDsaPublicKey();
            return key?.VerifyData(signed, reader.Take(reader.Short()), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence) == true;
        }
        catch (CryptographicException)
        {
            // No certificate at all, or one with a key of no curve that we know.
            return false;
        }
    }

    private void Queue(byte type, byte[] body, ushort epoch)
    {
        var whole = Whole(type, _sending++, body);
        _transcript.Write(whole);
        _flight.Add(new DtlsRecord(DtlsRecords.Handshake, epoch, whole));
    }

    // Several records to a datagram, as long as they fit any network.
    private List<byte[]> Flight()
    {
        var datagrams = new List<byte[]>();
        foreach (var bytes in _flight.Select(_records.Write))
        {
            if (datagrams.Count > 0 && datagrams[^1].Length + bytes.Length <= FlightRoom)
            {
                datagrams[^1] = [.. datagrams[^1], .. bytes];
            }
            else
            {
                datagrams.Add(bytes);
            }
        }

        return datagrams;
    }

    private byte[] Hash() => SHA256.HashData(_transcript.ToArray());

    private static byte[] Whole(byte type, ushort number, byte[] body) =>
        [type, .. DtlsHello.Medium(body.Length), .. DtlsHello.Short(number), .. DtlsHello.Medium(0), .. DtlsHello.Medium(body.Length), .. body];

    /// <summary>A handshake message that may come in parts.</summary>
    private sealed class DtlsMessage(byte type, ushort number, int length)
    {
        private readonly bool[] _there = new bool[length];

        public byte Type => type;

        public ushort Number => number;

        public byte[] Body { get; } = new byte[length];

        public bool IsWhole => _there.All(there => there);

        public void Put(int at, ReadOnlySpan<byte> part)
        {
            if (at + part.Length > Body.Length)
            {
                throw new DtlsException("Parts of a handshake message do not fit together.");
            }

            part.CopyTo(Body.AsSpan(at));
            _there.AsSpan(at, part.Length).Fill(true);
        }
    }
}

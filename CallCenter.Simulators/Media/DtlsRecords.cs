using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CallCenter.Simulators.Media;

/// <param name="Type">22 is a handshake, 20 the change of cipher, 21 an alert.</param>
/// <param name="Epoch">0 is plain, 1 encrypted.</param>
/// <param name="Body">Decrypted.</param>
internal readonly record struct DtlsRecord(byte Type, ushort Epoch, byte[] Body);

/// <summary>The record layer of DTLS 1.2 (RFC 6347, 4.1) with AES-128-GCM (RFC 5288) from epoch 1 on.</summary>
internal sealed class DtlsRecords : IDisposable
{
    public const byte ChangeCipher = 20, Alert = 21, Handshake = 22;
    private const int HeaderLength = 13, NonceLength = 8, TagLength = 16;

    private readonly ulong[] _next = new ulong[2];
    private AesGcm? _reading, _writing;
    private byte[] _readSalt = [], _writeSalt = [];

    public void Encrypt(TlsKeys keys)
    {
        var (clientKey, serverKey, clientSalt, serverSalt) = keys.RecordKeys();
        (_reading, _writing) = (new AesGcm(clientKey, TagLength), new AesGcm(serverKey, TagLength));
        (_readSalt, _writeSalt) = (clientSalt, serverSalt);
    }

    /// <summary>The records of a datagram that can be read; what is of another epoch or not authentic is left out, as RFC 6347 wants.</summary>
    public List<DtlsRecord> Read(ReadOnlySpan<byte> datagram)
    {
        var records = new List<DtlsRecord>();
        while (datagram.Length >= HeaderLength)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(datagram[11..]);
            if (length > datagram.Length - HeaderLength)
            {
                break;
            }

            var header = datagram[..HeaderLength];
            var body = datagram.Slice(HeaderLength, length);
            var epoch = BinaryPrimitives.ReadUInt16BigEndian(header[3..]);
            if (epoch == 0)
            {
                records.Add(new DtlsRecord(header[0], 0, body.ToArray()));
            }
            else if (epoch == 1 && _reading is not null && Decrypt(_reading, header, body) is { } plain)
            {
                records.Add(new DtlsRecord(header[0], 1, plain));
            }

            datagram = datagram[(HeaderLength + length)..];
        }

        return records;
    }

    public byte[] Write(DtlsRecord record)
    {
        var header = new byte[HeaderLength];
        var sequence = ((ulong)record.Epoch << 48) | _next[record.Epoch]++;
        header[0] = record.Type;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(1), DtlsHello.Version);
        BinaryPrimitives.WriteUInt64BigEndian(header.AsSpan(3), sequence);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(11), (ushort)record.Body.Length);
        if (record.Epoch == 0 || _writing is null)
        {
            return [.. header, .. record.Body];
        }

        var nonce = header[3..11];
        var (cipher, tag) = (new byte[record.Body.Length], new byte[TagLength]);
        byte[] salted = [.. _writeSalt, .. nonce];
        _writing.Encrypt(salted, record.Body, cipher, tag, Associated(header, record.Body.Length));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(11), (ushort)(NonceLength + cipher.Length + TagLength));
        return [.. header, .. nonce, .. cipher, .. tag];
    }

    public void Dispose()
    {
        _reading?.Dispose();
        _writing?.Dispose();
    }

    private byte[]? Decrypt(AesGcm reading, ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        var length = body.Length - NonceLength - TagLength;
        if (length < 0)
        {
            return null;
        }

        var plain = new byte[length];
        try
        {
            reading.Decrypt([.. _readSalt, .. body[..NonceLength]], body.Slice(NonceLength, length), body[(NonceLength + length)..], plain, Associated(header, length));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    // Epoch and sequence, type, version, length of the plain text.
    private static byte[] Associated(ReadOnlySpan<byte> header, int length) => [.. header[3..11], .. header[..3], .. DtlsHello.Short(length)];
}

using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace CallCenter.Simulators.Media;

/// <summary>
/// Audio with one browser: ICE-lite, DTLS and SRTP on a UDP port of its own. What comes in is raised as <see cref="Heard"/>, µ-law of any
/// length; what goes out is given frame by frame.
/// </summary>
internal sealed class MediaSession : IAsyncDisposable
{
    private const int FrameSamples = 160;
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(1);

    private readonly Socket _socket;
    private readonly MediaIdentity _identity;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly RtpReception _reception = new();
    private readonly long _id = RandomNumberGenerator.GetInt32(1, int.MaxValue);
    private readonly uint _source = BinaryPrimitives.ReadUInt32LittleEndian(RandomNumberGenerator.GetBytes(4)) | 1;
    private readonly Task _reading, _reporting;
    private List<IceLite> _ice = [new()];
    private int _version, _packetsOut, _octetsOut;
    private ushort _sequence = (ushort)RandomNumberGenerator.GetInt32(1, 30_000);
    private uint _clock = (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);
    private MediaSdp? _peer;
    private IPEndPoint? _remote;
    private DtlsServer? _dtls;
    private SrtpStream? _incoming, _outgoing;

    public MediaSession(MediaIdentity identity, IPAddress address)
    {
        _identity = identity;
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(new IPEndPoint(address, 0));
        _reading = ReadAsync();
        _reporting = ReportAsync();
    }

    /// <summary>Audio came, µ-law. Raised on the thread of the socket.</summary>
    public event Action<byte[]>? Heard;

    /// <summary>A key was pressed there (RFC 4733); once per key.</summary>
    public event Action<char>? Pressed;

    /// <summary>Packets of audio that came in so far.</summary>
    public long PacketsIn => _reception.Packets;

    private IPEndPoint Local => (IPEndPoint)(_socket.LocalEndPoint ?? throw new InvalidOperationException("The socket is not bound."));

    /// <summary>Our offer for a call of ours.</summary>
    public byte[] Offer() => Describe("actpass", "0", "sendrecv", 101);

    /// <summary>Takes what the browser answered to our offer; false when there is no audio in it.</summary>
    public bool Accept(ReadOnlySpan<byte> sdp)
    {
        _peer = MediaSdp.Read(sdp);
        return _peer is not null;
    }

    /// <summary>The answer to an offer, the first or a later one; null when it offers no µ-law.</summary>
    public byte[]? Answer(ReadOnlySpan<byte> sdp)
    {
        if (MediaSdp.Read(sdp) is not { HasPcmu: true } offer)
        {
            return null;
        }

        if (_peer is not null && _peer.Name != offer.Name)
        {
            // A restart wants new credentials of ours; checks of the old ones are still on their way.
            _ice = [new IceLite(), _ice[0]];
        }

        _peer = offer;
        return Describe("passive", offer.Mid, MediaSdp.Mirror(offer.Direction), offer.Events);
    }

    /// <summary>Sends 20 ms of µ-law; nothing while the browser holds the call or is not there yet.</summary>
    public void Say(byte[] frame)
    {
        lock (_gate)
        {
            _clock += (uint)FrameSamples;
            if (_peer?.Hears == true)
            {
                SendAudio(frame, ++_sequence, _clock);
            }
        }
    }

    /// <summary>Reads what came as <see cref="Heard"/> back to where it came from, gaps and all.</summary>
    public void EchoFrom(MediaSession other) => other.Packet += packet =>
    {
        lock (_gate)
        {
            if (_peer?.Hears == true)
            {
                SendAudio(packet.Payload, packet.Sequence, packet.Clock);
            }
        }
    };

    private event Action<(byte[] Payload, ushort Sequence, uint Clock)>? Packet;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Dispose();
        await _reading;
        await _reporting;
        lock (_gate)
        {
            _dtls?.Dispose();
            _incoming?.Dispose();
            _outgoing?.Dispose();
            (_dtls, _incoming, _outgoing) = (null, null, null);
        }

        _stop.Dispose();
    }

    private byte[] Describe(string setup, string mid, string direction, int? events) =>
        MediaSdp.Write((_id, _version++), Local, _ice[0], _identity.Fingerprint, setup, mid, direction, events, _source);

    private void SendAudio(byte[] payload, ushort sequence, uint clock)
    {
        if (_outgoing is null || _remote is null)
        {
            return;
        }

        var packet = new byte[12 + payload.Length];
        packet[0] = 0x80;
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(4), clock);
        BinaryPrimitives.WriteUInt32BigEndian(packet.AsSpan(8), _source);
        payload.CopyTo(packet, 12);
        (_packetsOut, _octetsOut, _clock) = (_packetsOut + 1, _octetsOut + payload.Length, clock);
        Send(_outgoing.Protect(packet));
    }

    private void Send(byte[] datagram)
    {
        try
        {
            _socket.SendTo(datagram, _remote ?? throw new InvalidOperationException("Nobody is there yet."));
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // As on any network: it is lost.
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[2048];
        var any = new IPEndPoint(IPAddress.Any, 0);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var result = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, any, _stop.Token);
                Receive(buffer.AsSpan(0, result.ReceivedBytes), (IPEndPoint)result.RemoteEndPoint);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (Exception exception) when (exception is SocketException or DtlsException or CryptographicException)
            {
                // A port that is closed over there, or a handshake that is none: the next datagram may be better.
            }
        }
    }

    // What it is shows in the first byte (RFC 7983).
    private void Receive(ReadOnlySpan<byte> datagram, IPEndPoint from)
    {
        if (datagram.IsEmpty)
        {
            return;
        }

        (byte[] Payload, ushort Sequence, uint Clock)? audio = null;
        char? key = null;
        lock (_gate)
        {
            switch (datagram[0])
            {
                case <= 3:
                    foreach (var ice in _ice)
                    {
                        if (ice.Answer(datagram, from) is { } answer)
                        {
                            _remote = from;
                            Send(answer);
                            break;
                        }
                    }

                    break;
                case >= 20 and <= 63 when _remote is not null && _peer is not null:
                    _dtls ??= new DtlsServer(_identity, _peer.Fingerprint);
                    foreach (var answer in _dtls.Receive(datagram))
                    {
                        Send(answer);
                    }

                    if (_outgoing is null && _dtls.MediaKeys is { } keys)
                    {
                        (_incoming, _outgoing) = (new SrtpStream(keys.Client), new SrtpStream(keys.Server));
                    }

                    break;
                case >= 128 and <= 191 when _incoming is not null && datagram.Length > 1:
                    if (datagram[1] is >= 192 and <= 223)
                    {
                        _reception.Control(_incoming.UnprotectControl(datagram));
                    }
                    else if (_incoming.Unprotect(datagram) is { } packet)
                    {
                        (audio, key) = Audio(packet);
                    }

                    break;
            }
        }

        if (audio is { } heard)
        {
            Packet?.Invoke(heard);
            Heard?.Invoke(heard.Payload);
        }

        if (key is { } pressed)
        {
            Pressed?.Invoke(pressed);
        }
    }

    private ((byte[] Payload, ushort Sequence, uint Clock)? Audio, char? Key) Audio(byte[] packet)
    {
        var type = packet[1] & 0x7F;
        var (sequence, clock) = (BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2)), BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(4)));
        var payload = packet[SrtpStream.HeaderLength(packet)..];
        if (type == 0)
        {
            _reception.Take(packet, TimeProvider.System.GetTimestamp());
            return ((payload, sequence, clock), null);
        }

        return (null, type == (_peer?.Events ?? 101) ? _reception.Event(payload, clock) : null);
    }

    private async Task ReportAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(ReportEvery, TimeProvider.System, _stop.Token);
                lock (_gate)
                {
                    if (_outgoing is not null && _remote is not null)
                    {
                        Send(_outgoing.ProtectControl(_reception.Report(_source, _clock, _packetsOut, _octetsOut)));
                    }
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // Over.
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Local} ↔ {_remote}, {PacketsIn} packets");
}

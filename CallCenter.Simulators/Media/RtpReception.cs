using System.Buffers.Binary;

namespace CallCenter.Simulators.Media;

/// <summary>What came of one source, counted as RFC 3550, appendix A wants it, and the report about it.</summary>
internal sealed class RtpReception
{
    private const string Keys = "0123456789*#ABCD";
    private static readonly DateTimeOffset NtpEpoch = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private uint _source, _first, _highest, _received, _lastReport, _lastReportAt, _receivedBefore, _expectedBefore, _lastEvent;
    private double _jitter;
    private long _lastArrival;
    private uint _lastClock;
    private bool _hasEvent;

    public long Packets => _received;

    public void Take(ReadOnlySpan<byte> packet, long timestamp)
    {
        var (sequence, clock) = (BinaryPrimitives.ReadUInt16BigEndian(packet[2..]), BinaryPrimitives.ReadUInt32BigEndian(packet[4..]));
        var source = BinaryPrimitives.ReadUInt32BigEndian(packet[8..]);
        if (_received == 0 || source != _source)
        {
            (_source, _first, _highest, _received, _receivedBefore, _expectedBefore, _jitter) = (source, sequence, sequence, 0, 0, 0, 0);
        }
        else
        {
            var transit = (timestamp - _lastArrival) * 8000.0 / TimeProvider.System.TimestampFrequency;
            _jitter += (Math.Abs(transit - (int)(clock - _lastClock)) - _jitter) / 16;
            var ahead = (short)(sequence - (ushort)_highest);
            _highest = ahead > 0 ? _highest + (uint)ahead : _highest;
        }

        (_lastArrival, _lastClock) = (timestamp, clock);
        _received++;
    }

    /// <summary>A key of RFC 4733 the first time one of its packets comes.</summary>
    public char? Event(ReadOnlySpan<byte> payload, uint clock)
    {
        if (payload.IsEmpty || payload[0] >= Keys.Length || (_hasEvent && clock == _lastEvent))
        {
            return null;
        }

        (_hasEvent, _lastEvent) = (true, clock);
        return Keys[payload[0]];
    }

    /// <summary>Remembers the sender's report, by which it measures the round trip.</summary>
    public void Control(byte[]? packet)
    {
        if (packet is { Length: >= 28 } && packet[1] == 200)
        {
            (_lastReport, _lastReportAt) = (BinaryPrimitives.ReadUInt32BigEndian(packet.AsSpan(10)), (uint)(Now() >> 16));
        }
    }

    /// <summary>A sender's report about us with a block about the other side, and our name.</summary>
    public byte[] Report(uint ours, uint clock, int packets, int octets)
    {
        var blocks = _received > 0 ? 1 : 0;
        var report = new byte[28 + (24 * blocks)];
        var now = Now();
        report[0] = (byte)(0x80 | blocks);
        report[1] = 200;
        BinaryPrimitives.WriteUInt16BigEndian(report.AsSpan(2), (ushort)((report.Length / 4) - 1));
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(4), ours);
        BinaryPrimitives.WriteUInt64BigEndian(report.AsSpan(8), now);
        BinaryPrimitives.WriteUInt32BigEndian(report.AsSpan(16), clock);
        BinaryPrimitives.WriteInt32BigEndian(report.AsSpan(20), packets);
        BinaryPrimitives.WriteInt32BigEndian(report.AsSpan(24), octets);
        if (blocks == 1)
        {
            WriteBlock(report.AsSpan(28), (uint)(now >> 16));
        }

        byte[] name = [0x81, 202, 0, 3, 0, 0, 0, 0, 1, 5, (byte)'m', (byte)'e', (byte)'d', (byte)'i', (byte)'a', 0];
        BinaryPrimitives.WriteUInt32BigEndian(name.AsSpan(4), ours);
        return [.. report, .. name];
    }

    private void WriteBlock(Span<byte> block, uint now)
    {
        var expected = _highest - _first + 1;
        var lost = Math.Max(0, (int)(expected - _received));
        var (newly, came) = (expected - _expectedBefore, _received - _receivedBefore);
        var fraction = newly == 0 || came >= newly ? 0 : (int)((newly - came) * 256 / newly);
        (_expectedBefore, _receivedBefore) = (expected, _received);
        BinaryPrimitives.WriteUInt32BigEndian(block, _source);
        BinaryPrimitives.WriteUInt32BigEndian(block[4..], ((uint)Math.Min(fraction, 255) << 24) | ((uint)lost & 0x00FFFFFF));
        BinaryPrimitives.WriteUInt32BigEndian(block[8..], _highest);
        BinaryPrimitives.WriteUInt32BigEndian(block[12..], (uint)_jitter);
        BinaryPrimitives.WriteUInt32BigEndian(block[16..], _lastReport);
        BinaryPrimitives.WriteUInt32BigEndian(block[20..], _lastReport == 0 ? 0 : now - _lastReportAt);
    }

    // Seconds since 1900 in the upper half, their fraction in the lower.
    private static ulong Now()
    {
        var since = TimeProvider.System.GetUtcNow() - NtpEpoch;
        return ((ulong)since.Ticks / TimeSpan.TicksPerSecond << 32) | (((ulong)since.Ticks % TimeSpan.TicksPerSecond << 32) / TimeSpan.TicksPerSecond);
    }
}

using System.Buffers.Binary;
using System.Text;
using CallCenter.Simulators.Calls;

namespace CallCenter.Simulators.Ucm.Recordings;

/// <summary>WAV files as the PBX records them: 8 kHz, 16 bit, mono. The bytes depend on the name and length only.</summary>
internal static class RecordingAudio
{
    private const int HeaderBytes = 44;
    private const int SampleRate = 8000;
    private const int BytesPerSecond = SampleRate * 2;

    public static int Size(LedgerLeg leg) => HeaderBytes + (leg.BillableSeconds * BytesPerSecond);

    /// <summary>Two people take turns: voices of their own, turns and syllables of uneven length, vowels, pauses.</summary>
    public static byte[] Create(string name, int seconds)
    {
        var bytes = new byte[HeaderBytes + (seconds * BytesPerSecond)];
        WriteHeader(bytes);
        var random = new SimRandom(SimRandom.Hash(name));
        int[] voices = [random.Next(95, 150), random.Next(170, 250)];
        var samples = bytes.AsSpan(HeaderBytes);
        var (at, total, speaker) = (random.Next(400, 4000), seconds * SampleRate, random.Next(0, 1));
        while (at < total)
        {
            for (var left = random.Next(4, 22); left > 0 && at < total; left--)
            {
                var length = random.Next(900, Syllables.Longest);
                if (!random.Chance(0.12))
                {
                    Syllables.Speak(samples, at, Math.Min(length, total - at), voices[speaker] + random.Next(-18, 26), random.Next(0, 4), random.Next(40, 100));
                }

                at += length;
            }

            at += random.Next(1200, 7000);
            speaker = 1 - speaker;
        }

        return bytes;
    }

    /// <summary>The same audio under a header that says something else of its length.</summary>
    public static byte[] WithLengths(byte[] wav, RecordingLengths lengths)
    {
        var (riff, data) = lengths switch
        {
            RecordingLengths.Zero => (0u, 0u),
            RecordingLengths.Unknown => (uint.MaxValue, uint.MaxValue),
            RecordingLengths.TooLong => ((uint)wav.Length * 2, (uint)(wav.Length - HeaderBytes) * 2),
            RecordingLengths.WrongRiff => (36u, (uint)(wav.Length - HeaderBytes)),
            _ => ((uint)wav.Length - 8, (uint)(wav.Length - HeaderBytes)),
        };
        BinaryPrimitives.WriteUInt32LittleEndian(wav.AsSpan(4), riff);
        BinaryPrimitives.WriteUInt32LittleEndian(wav.AsSpan(40), data);
        return wav;
    }

    private static void WriteHeader(Span<byte> bytes)
    {
        Encoding.ASCII.GetBytes("RIFF", bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], bytes.Length - 8);
        Encoding.ASCII.GetBytes("WAVEfmt ", bytes[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(bytes[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(bytes[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[28..], BytesPerSecond);
        BinaryPrimitives.WriteInt16LittleEndian(bytes[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(bytes[34..], 16);
        Encoding.ASCII.GetBytes("data", bytes[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[40..], bytes.Length - HeaderBytes);
    }
}

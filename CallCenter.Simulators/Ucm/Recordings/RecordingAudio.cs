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

    public static byte[] Create(string name, int seconds)
    {
        var bytes = new byte[HeaderBytes + (seconds * BytesPerSecond)];
        WriteHeader(bytes);
        var random = new SimRandom(SimRandom.Hash(name));
        var voices = (random.Next(110, 180), random.Next(190, 260));
        var samples = bytes.AsSpan(HeaderBytes);
        double phase = 0;
        var pitch = 0;
        for (var i = 0; i < seconds * SampleRate; i++)
        {
            // Two voices take turns of two seconds, in syllables of a fifth of a second.
            if (i % (SampleRate / 5) == 0)
            {
                var voice = i / (2 * SampleRate) % 2 == 0 ? voices.Item1 : voices.Item2;
                pitch = random.Chance(0.2) ? 0 : voice + random.Next(-15, 25);
            }

            phase += 2 * Math.PI * pitch / SampleRate;
            var envelope = Math.Sin(Math.PI * (i % (SampleRate / 5)) / (SampleRate / 5.0));
            var sample = pitch == 0 ? 0 : (Math.Sin(phase) + (0.4 * Math.Sin(3 * phase))) * envelope * 6000;
            BinaryPrimitives.WriteInt16LittleEndian(samples[(i * 2)..], (short)sample);
        }

        return bytes;
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

using System.Buffers.Binary;
using System.Collections.Concurrent;

namespace CallCenter.Simulators.Ucm.Recordings;

/// <summary>
/// Spoken vowels: harmonics of a voice, the louder the nearer they are to the two formants of the vowel. Each pitch of each vowel is
/// made once: a simulated PBX is asked for days of audio.
/// </summary>
internal static class Syllables
{
    /// <summary>Samples of the longest.</summary>
    public const int Longest = 2300;

    private const int SampleRate = 8000;
    private const int PitchStep = 4;
    private static readonly (int First, int Second)[] Formants = [(730, 1090), (270, 2290), (300, 870), (530, 1840), (570, 840)];
    private static readonly ConcurrentDictionary<(int Pitch, int Vowel), float[]> Sounds = new();

    // A syllable swells and fades: half a sine over its length.
    private static readonly float[] Swell = [.. Enumerable.Range(0, 1024).Select(i => (float)Math.Sin(Math.PI * i / 1024))];

    /// <param name="samples">16 bit each.</param>
    /// <param name="from">Sample at which it begins.</param>
    /// <param name="length">Samples, at most <see cref="Longest"/>.</param>
    /// <param name="pitch">Hertz.</param>
    /// <param name="vowel">0 to 4.</param>
    /// <param name="loudness">1 to 100.</param>
    public static void Speak(Span<byte> samples, int from, int length, int pitch, int vowel, int loudness)
    {
        var sound = Sounds.GetOrAdd((pitch / PitchStep * PitchStep, vowel), static key => Make(key.Pitch, key.Vowel));
        for (var i = 0; i < length; i++)
        {
            var sample = sound[i] * Swell[i * Swell.Length / length] * (loudness * 130);
            BinaryPrimitives.WriteInt16LittleEndian(samples[((from + i) * 2)..], (short)Math.Clamp(sample, -30_000, 30_000));
        }
    }

    private static float[] Make(int pitch, int vowel)
    {
        var (first, second) = Formants[vowel];
        Span<double> strength = stackalloc double[12];
        for (var h = 1; h <= strength.Length; h++)
        {
            var frequency = h * pitch;
            strength[h - 1] = (Near(frequency, first) + (0.6 * Near(frequency, second)) + 0.08) / h;
        }

        var sound = new float[Longest];
        for (var i = 0; i < Longest; i++)
        {
            var angle = 2 * Math.PI * pitch * (1 + (0.04 * i / Longest)) * i / SampleRate;
            for (var h = 0; h < strength.Length; h++)
            {
                sound[i] += (float)(strength[h] * Math.Sin((h + 1) * angle));
            }
        }

        return sound;
    }

    private static double Near(double frequency, double formant) => 1 / (1 + Math.Pow((frequency - formant) / 180, 2));
}

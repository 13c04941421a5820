namespace CallCenter.Simulators.Media;

/// <summary>A made-up melody that begins anew when it ends: music for those who wait, and somebody at the other end of a trunk.</summary>
internal sealed class MediaVoice
{
    public const int FrameSamples = 160;
    private const int Rate = 8000, NoteSamples = 2400;

    private static readonly int[] Music = [262, 330, 392, 523, 392, 330, 294, 349, 440, 587, 440, 349];
    private static readonly int[] Somebody = [196, 220, 0, 175, 233, 0, 196, 165, 0];

    private readonly int[] _notes;
    private int _at;

    private MediaVoice(int[] notes) => _notes = notes;

    public static MediaVoice OfMusic() => new(Music);

    public static MediaVoice OfSomebody() => new(Somebody);

    /// <summary>The next 20 ms.</summary>
    public short[] Next()
    {
        var frame = new short[FrameSamples];
        for (var i = 0; i < frame.Length; i++, _at++)
        {
            var (note, within) = (_notes[_at / NoteSamples % _notes.Length], _at % NoteSamples);

            // Rises and fades, so that notes do not click.
            var loudness = 6000 * Math.Min(1, Math.Min(within, NoteSamples - within) / 200.0);
            frame[i] = (short)(loudness * Math.Sin(2 * Math.PI * note * within / Rate));
        }

        return frame;
    }
}

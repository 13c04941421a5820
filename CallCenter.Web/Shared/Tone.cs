namespace CallCenter.Web.Shared;

/// <summary>What a colour means. Never shown without a word or an icon.</summary>
public enum Tone
{
    /// <summary>Nothing to say.</summary>
    Quiet,

    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Needs a look.</summary>
    Warn,

    /// <summary>Failed or dangerous.</summary>
    Bad,

    /// <summary>Under way, or worth knowing.</summary>
    Note,
}

internal static class Tones
{
    public static string Css(this Tone tone) => tone switch
    {
        Tone.Good => "tone-good",
        Tone.Warn => "tone-warn",
        Tone.Bad => "tone-bad",
        Tone.Note => "tone-note",
        _ => "tone-quiet",
    };

    public static string Icon(this Tone tone) => tone switch
    {
        Tone.Good => "circle-check",
        Tone.Warn => "triangle-alert",
        Tone.Bad => "circle-alert",
        Tone.Note => "info",
        _ => "circle-minus",
    };
}

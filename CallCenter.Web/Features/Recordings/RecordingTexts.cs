using CallCenter.Core.Recordings;
using CallCenter.Web.Shared;

namespace CallCenter.Web.Features.Recordings;

/// <summary>States of recordings in words, colours and icons.</summary>
internal static class RecordingTexts
{
    public static string KeyOf(RecordingState state) => $"State.{state}";

    public static string HelpOf(RecordingState state) => $"StateHelp.{state}";

    public static Tone ToneOf(RecordingState state) => state switch
    {
        RecordingState.Stored => Tone.Good,
        RecordingState.Missing or RecordingState.Failed => Tone.Warn,
        RecordingState.Corrupt or RecordingState.Lost => Tone.Bad,
        RecordingState.Skipped => Tone.Quiet,
        _ => Tone.Note,
    };

    public static string IconOf(RecordingState state) => state switch
    {
        RecordingState.Stored => "circle-check",
        RecordingState.Waiting => "clock",
        RecordingState.Missing => "search-x",
        RecordingState.Failed => "triangle-alert",
        RecordingState.Corrupt => "circle-x",
        RecordingState.Lost => "circle-alert",
        RecordingState.Skipped => "circle-minus",
        _ => "trash-2",
    };

    /// <summary>A place as people write it, <c>1:23</c>, <c>1:02:03</c> or seconds alone, in any digits; null for anything else.</summary>
    public static int? SecondsOf(string text)
    {
        var parts = text.Trim().Split(':');
        var seconds = 0;
        foreach (var part in parts)
        {
            if (parts.Length > 3 || part.Length is 0 or > 5 || !part.All(char.IsDigit))
            {
                return null;
            }

            seconds = (seconds * 60) + part.Aggregate(0, (sum, digit) => (sum * 10) + (int)char.GetNumericValue(digit));
        }

        return seconds;
    }
}

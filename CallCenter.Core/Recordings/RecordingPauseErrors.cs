using CallCenter.Core.Primitives;

namespace CallCenter.Core.Recordings;

/// <summary>Expected failures of marks on recordings.</summary>
public static class RecordingPauseErrors
{
    /// <summary>No such mark, or not one that the caller may remove.</summary>
    public static readonly Error NotFound = new("recordings.pause_not_found", "The mark was not found, or is not yours to remove.");

    /// <summary>Nothing to end.</summary>
    public static readonly Error NothingOpen = new("recordings.pause_nothing_open", "No pause is open for this extension.");

    /// <summary>The extension is not one of this tenant.</summary>
    public static readonly Error UnknownExtension = new("recordings.pause_extension", "The portal knows no such extension.");

    /// <summary>The time lies ahead, too far back, or an end before its beginning.</summary>
    public static readonly Error BadTime = new("recordings.pause_time", "The time must lie within the last 15 minutes, and an end after its beginning.");

    /// <summary>The stretch lies outside the recording.</summary>
    public static readonly Error BadStretch = new("recordings.pause_stretch", "Give two places of the recording, the first before the second.");

    /// <summary>The request is not what the address takes.</summary>
    public static readonly Error BadRequest = new("recordings.pause_request", "Send JSON with action (begin or end) and extension; at (ISO 8601 with offset) and reason are optional.");

    /// <summary>The reason is too long.</summary>
    public static readonly Error ReasonTooLong = new("recordings.pause_reason", "The reason is too long.");

    /// <summary>Its format is not known well enough to leave a stretch silent, so it is not played at all.</summary>
    public static readonly Error CannotSilence = new("recordings.pause_cannot_silence", "The marked stretches of this recording cannot be left silent, so it is not played.");
}

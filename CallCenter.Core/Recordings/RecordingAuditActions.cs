namespace CallCenter.Core.Recordings;

/// <summary>Acts on recordings in the audit log. Permanent, as they are stored.</summary>
public static class RecordingAuditActions
{
    /// <summary>Listened to a recording.</summary>
    public const string Played = "recordings.played";

    /// <summary>Took a recording along as a file.</summary>
    public const string Downloaded = "recordings.downloaded";

    /// <summary>Had failed or missing recordings fetched again.</summary>
    public const string Retried = "recordings.retried";

    /// <summary>Began to mark what is not to be heard.</summary>
    public const string PauseBegun = "recordings.pause_begun";

    /// <summary>Ended a mark.</summary>
    public const string PauseEnded = "recordings.pause_ended";

    /// <summary>Marked a stretch of a recording.</summary>
    public const string PauseAdded = "recordings.pause_added";

    /// <summary>Took a mark away.</summary>
    public const string PauseRemoved = "recordings.pause_removed";

    /// <summary>Listened to a recording with its marked stretches.</summary>
    public const string PlayedWhole = "recordings.played_whole";
}

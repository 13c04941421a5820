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
}

namespace CallCenter.Core.Calls;

/// <summary>Acts of the call features in the audit log. Permanent, as they are stored.</summary>
public static class CallAuditActions
{
    /// <summary>Started a sync by hand.</summary>
    public const string SyncStarted = "calls.sync_started";

    /// <summary>Ended a sync under way.</summary>
    public const string SyncCancelled = "calls.sync_cancelled";

    /// <summary>Read the PBX's own rows of a call.</summary>
    public const string RawRead = "calls.raw_read";

    /// <summary>Imported call detail from a file.</summary>
    public const string Imported = "calls.imported";

    /// <summary>Made a new secret for the PBX's push of call detail; an older one ended with it.</summary>
    public const string PushSecretMade = "calls.push_secret_made";

    /// <summary>Switched the push of call detail off.</summary>
    public const string PushSwitchedOff = "calls.push_switched_off";
}

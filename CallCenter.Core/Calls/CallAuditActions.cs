namespace CallCenter.Core.Calls;

/// <summary>Acts of the call features in the audit log. Permanent, as they are stored.</summary>
public static class CallAuditActions
{
    /// <summary>Started a sync by hand.</summary>
    public const string SyncStarted = "calls.sync_started";

    /// <summary>Ended a sync under way.</summary>
    public const string SyncCancelled = "calls.sync_cancelled";
}

namespace CallCenter.Core.Recordings;

/// <summary>Acts of holds and deletion by age in the audit log. Permanent, as they are stored.</summary>
public static class RetentionAuditActions
{
    /// <summary>A call's recordings are kept from deletion.</summary>
    public const string Held = "retention.held";

    /// <summary>A hold was taken away.</summary>
    public const string Released = "retention.released";

    /// <summary>Somebody asked for a deletion by age.</summary>
    public const string Requested = "retention.requested";

    /// <summary>Recordings were deleted by age.</summary>
    public const string Deleted = "retention.deleted";
}

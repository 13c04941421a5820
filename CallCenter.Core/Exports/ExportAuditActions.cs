namespace CallCenter.Core.Exports;

/// <summary>Acts on exports in the audit log. Permanent, as they are stored.</summary>
public static class ExportAuditActions
{
    /// <summary>Asked for.</summary>
    public const string Created = "exports.created";

    /// <summary>Taken back.</summary>
    public const string Cancelled = "exports.cancelled";

    /// <summary>Its file was taken along or opened to print.</summary>
    public const string Downloaded = "exports.downloaded";

    /// <summary>Deleted by hand.</summary>
    public const string Deleted = "exports.deleted";
}

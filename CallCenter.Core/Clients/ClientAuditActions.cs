namespace CallCenter.Core.Clients;

/// <summary>Acts on the client book in the audit log. Permanent, as they are stored.</summary>
public static class ClientAuditActions
{
    /// <summary>A client was added.</summary>
    public const string Created = "clients.created";

    /// <summary>A client was changed.</summary>
    public const string Changed = "clients.changed";

    /// <summary>A client was deleted.</summary>
    public const string Deleted = "clients.deleted";

    /// <summary>A deletion was taken back.</summary>
    public const string Restored = "clients.restored";

    /// <summary>Two clients became one.</summary>
    public const string Merged = "clients.merged";

    /// <summary>Lines of a file were taken in.</summary>
    public const string Imported = "clients.imported";

    /// <summary>The book was downloaded.</summary>
    public const string Exported = "clients.exported";
}

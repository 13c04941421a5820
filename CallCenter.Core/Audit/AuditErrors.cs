using CallCenter.Core.Primitives;

namespace CallCenter.Core.Audit;

/// <summary>Expected failures of the audit log.</summary>
public static class AuditErrors
{
    /// <summary>No such entry in this chain.</summary>
    public static readonly Error NotFound = new("audit.not_found", "The audit entry was not found.");
}

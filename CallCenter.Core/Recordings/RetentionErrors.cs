using CallCenter.Core.Primitives;

namespace CallCenter.Core.Recordings;

/// <summary>Expected failures of holds and of deletion by age.</summary>
public static class RetentionErrors
{
    /// <summary>A hold needs a reason.</summary>
    public static readonly Error ReasonMissing = new("retention.reason_missing", "Say why the recordings must be kept.", "Reason");
}

namespace CallCenter.Core.Erasure;

/// <summary>Acts of erasing numbers in the audit log. Permanent, as they are stored. None of them names the number.</summary>
public static class ErasureAuditActions
{
    /// <summary>Somebody asked for a number to be erased.</summary>
    public const string Requested = "erasure.requested";

    /// <summary>A number was erased.</summary>
    public const string Completed = "erasure.completed";

    /// <summary>Calls that had been held were erased after their holds ended.</summary>
    public const string HeldErased = "erasure.held_erased";

    /// <summary>Somebody looked what is there of a number.</summary>
    public const string Previewed = "erasure.previewed";
}

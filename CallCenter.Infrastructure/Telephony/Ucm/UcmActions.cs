namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>What the UCM's actions have in common.</summary>
internal static class UcmActions
{
    /// <summary>A parameter of this value is sent as JSON null; no text anybody could type.</summary>
    public const string Null = "\0";

    /// <summary>
    /// Whether the action may change something, so that it must not be sent twice without reading what became of the first. Names that
    /// nobody knows count as writes.
    /// </summary>
    public static bool Writes(string action) => !(
        action.StartsWith("list", StringComparison.Ordinal) || action.StartsWith("get", StringComparison.Ordinal)
        || action is "cdrapi" or "recapi" or "queueapi" or "challenge" or "login" or "logout" or "ping");
}

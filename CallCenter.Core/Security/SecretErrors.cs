using CallCenter.Core.Primitives;

namespace CallCenter.Core.Security;

/// <summary>Expected failures of the key ring.</summary>
public static class SecretErrors
{
    /// <summary>The secret was encrypted with a key that <c>Secrets:Keys</c> no longer holds.</summary>
    public static readonly Error UnknownKey = new(
        "secrets.unknown_key", "A stored secret was encrypted with a key that is missing from Secrets:Keys.");

    /// <summary>The stored text was altered, or belongs to another tenant or field.</summary>
    public static readonly Error Unreadable = new("secrets.unreadable", "A stored secret cannot be decrypted.");
}

using CallCenter.Core.Primitives;

namespace CallCenter.Core.Tenancy;

/// <summary>Failures of permission.</summary>
public static class AccessErrors
{
    /// <summary>The caller lacks the permission. Pages answer it like an address that does not exist.</summary>
    public static readonly Error Denied = new("access.denied", "You are not allowed to do this.");
}

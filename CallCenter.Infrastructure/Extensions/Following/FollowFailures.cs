using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Extensions.Following;

/// <summary>Sorts what a PBX answered.</summary>
internal static class FollowFailures
{
    /// <summary>The PBX understood this one request and will say the same next time.</summary>
    private static readonly HashSet<string> Definite = new(StringComparer.Ordinal)
    {
        TelephonyErrors.NotPermitted.Code,
        TelephonyErrors.Refused.Code,
        TelephonyErrors.Unsupported.Code,
        ExtensionErrors.RefusedByPbx.Code,
        ExtensionErrors.NumberTakenOnPbx.Code,
        ExtensionErrors.NotOnPbx.Code,
        ExtensionErrors.NotTaken.Code,
        ExtensionErrors.SecretUnknown.Code,
    };

    private static readonly HashSet<string> Credentials = new(StringComparer.Ordinal)
    {
        TelephonyErrors.WrongCredentials.Code,
        TelephonyErrors.LockedOut.Code,
    };

    private static readonly HashSet<string> ApplyWaits = new(StringComparer.Ordinal)
    {
        ExtensionErrors.ApplyTooSoon.Code,
        ExtensionErrors.ApplyRunning.Code,
        ExtensionErrors.ApplyConference.Code,
    };

    public static bool IsDefinite(Error error) => Definite.Contains(error.Code);

    /// <summary>Asking again would lock us out; only time or other settings help.</summary>
    public static bool IsCredentials(Error error) => Credentials.Contains(error.Code);

    /// <summary>The PBX will apply, but not now.</summary>
    public static bool IsApplyWait(Error error) => ApplyWaits.Contains(error.Code);
}

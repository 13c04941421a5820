using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>The UCM's status codes.</summary>
internal static class UcmStatus
{
    public const int Success = 0;
    public const int NoSuchItem = -16;
    public const int WrongCredentials = -37;

    /// <summary>Whether a new login can help. -37 on anything but a login means that the session is gone.</summary>
    public static bool MeansSessionLost(int status) => status is -5 or -6 or -8 or WrongCredentials;

    public static Error ToError(int status) => status switch
    {
        -5 or -6 or -7 or -8 => TelephonyErrors.SessionLost,
        -19 => TelephonyErrors.Unsupported,
        -71 or WrongCredentials => TelephonyErrors.WrongCredentials,
        -45 or -46 or -51 or -57 or -69 or -90 or -98 => TelephonyErrors.Busy,
        -47 => TelephonyErrors.NotPermitted,
        -68 or -70 => TelephonyErrors.LockedOut,
        _ => TelephonyErrors.Refused,
    };
}

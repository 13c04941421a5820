using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>The UCM's status codes.</summary>
internal static class UcmStatus
{
    public const int Success = 0;
    public const int NoSuchItem = -16;
    public const int WrongCredentials = -37;

    public const int InvalidParameters = -1;
    public const int ConnectionClosed = -7;
    public const int SystemTimeout = -8;
    public const int AbnormalError = -9;
    public const int InvalidValue = -15;
    public const int Unsupported = -19;
    public const int OperateFailed = -24;
    public const int UpdateFailed = -25;
    public const int GetFailed = -26;
    public const int DataChanged = -43;
    public const int AlreadyAdded = -44;
    public const int NoPermission = -47;
    public const int SensitiveCharacters = -50;
    public const int UserNameDoesNotExist = -71;

    /// <summary>
    /// Whether a new login can help. -37 on anything but a login means that the session is gone. -8, a time-out inside the UCM, has
    /// been seen for lost sessions and for writes that were executed: only reads are repeated after it.
    /// </summary>
    public static bool MeansSessionLost(int status, bool writes) => status is -5 or -6 or WrongCredentials || (status == SystemTimeout && !writes);

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

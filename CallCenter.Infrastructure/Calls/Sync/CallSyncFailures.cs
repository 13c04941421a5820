using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Calls.Sync;

internal enum CallSyncFailureKind
{
    /// <summary>May be gone in a moment: try again within the run, then with growing pauses.</summary>
    Passing,

    /// <summary>Needs a person or patience, but asking again does no harm: the longest pause.</summary>
    Lasting,

    /// <summary>Asking again would lock us out: rest until the settings change or a person insists.</summary>
    Stop,
}

internal static class CallSyncFailures
{
    private static readonly HashSet<Error> Passing =
    [
        TelephonyErrors.NameNotFound,
        TelephonyErrors.Unreachable,
        TelephonyErrors.TimedOut,
        TelephonyErrors.Dropped,
        TelephonyErrors.SessionLost,
        TelephonyErrors.Busy,
        TelephonyErrors.Garbage,
        TelephonyErrors.Refused,
        Core.Calls.CallErrors.SyncFailed,
    ];

    public static CallSyncFailureKind KindOf(Error error) =>
        error.Code == TelephonyErrors.WrongCredentials.Code ? CallSyncFailureKind.Stop
        : Passing.Any(passing => passing.Code == error.Code) ? CallSyncFailureKind.Passing
        : CallSyncFailureKind.Lasting;
}

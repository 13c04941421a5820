namespace CallCenter.Core.Calls;

/// <summary>Why a call came to nothing, as far as the PBX's rows tell.</summary>
public enum CallReason
{
    /// <summary>The number is wrong or incomplete.</summary>
    WrongNumber = 1,

    /// <summary>The number exists no more, or not yet.</summary>
    NotInService = 2,

    /// <summary>The caller may not dial it.</summary>
    NoPermission = 3,

    /// <summary>The number is on a block list.</summary>
    BlockedNumber = 4,

    /// <summary>No line of the trunk was free.</summary>
    LinesBusy = 5,

    /// <summary>The network was overloaded or disturbed.</summary>
    Congestion = 6,

    /// <summary>No phone of the called side was connected.</summary>
    Unreachable = 7,

    /// <summary>The called side was on the phone.</summary>
    Busy = 8,

    /// <summary>The called side refused the call.</summary>
    Rejected = 9,

    /// <summary>No route or trunk leads to the number.</summary>
    NoRoute = 10,

    /// <summary>The trunk did not take the call, and did not say why.</summary>
    TrunkRefused = 11,

    /// <summary>The called number changed.</summary>
    NumberChanged = 12,
}

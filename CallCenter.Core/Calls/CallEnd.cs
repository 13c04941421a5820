namespace CallCenter.Core.Calls;

/// <summary>Who ended a call.</summary>
public enum CallEnd
{
    /// <summary>The PBX does not tell.</summary>
    Unknown = 0,

    /// <summary>The calling side.</summary>
    Caller = 1,

    /// <summary>The called side.</summary>
    Called = 2,

    /// <summary>The PBX itself: a time-out, a full queue, a failed trunk.</summary>
    Pbx = 3,
}

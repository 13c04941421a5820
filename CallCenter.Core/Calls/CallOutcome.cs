namespace CallCenter.Core.Calls;

/// <summary>How a whole call ended, for the people on it; never decided by a single leg.</summary>
public enum CallOutcome
{
    /// <summary>A person talked.</summary>
    Answered = 1,

    /// <summary>Nobody answered and the caller left, or could leave, a message.</summary>
    Voicemail = 2,

    /// <summary>Nobody answered; it rang out.</summary>
    NoAnswer = 3,

    /// <summary>The caller gave up in a menu or queue before anybody answered.</summary>
    Abandoned = 4,

    /// <summary>The called party was busy.</summary>
    Busy = 5,

    /// <summary>Could not be placed.</summary>
    Failed = 6,

    /// <summary>The PBX refused it: a blocked number, or a caller without permission.</summary>
    Blocked = 7,
}

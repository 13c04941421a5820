namespace CallCenter.Core.Phones;

/// <summary>What a number as typed, or as the PBX gives it, turned out to be.</summary>
public enum PhoneKind
{
    /// <summary>Empty, or a word that stands for a caller who hides, such as <c>anonymous</c>.</summary>
    Withheld,

    /// <summary>A subscriber's number; the value is E.164 with its plus.</summary>
    Number,

    /// <summary>Too few digits for a subscriber: an extension, a queue, a short code.</summary>
    Internal,

    /// <summary>A service with a star or a hash, such as <c>*97</c>.</summary>
    Service,

    /// <summary>Police, fire, ambulance of the country.</summary>
    Emergency,

    /// <summary>None of these: a name, or digits that no numbering plan explains.</summary>
    Unknown,
}

/// <summary>What a valid number reaches.</summary>
public enum PhoneLine
{
    /// <summary>The plan does not say, or the number is not valid.</summary>
    Unknown,

    /// <summary>A line in a place.</summary>
    Fixed,

    /// <summary>A mobile.</summary>
    Mobile,

    /// <summary>Either: the plan does not tell them apart, as in North America.</summary>
    FixedOrMobile,

    /// <summary>Free for the caller.</summary>
    TollFree,

    /// <summary>Costs more.</summary>
    Premium,

    /// <summary>A personal number that follows its owner.</summary>
    Personal,

    /// <summary>A voicemail access number.</summary>
    Voicemail,

    /// <summary>A company's number for all of its places.</summary>
    Company,

    /// <summary>A pager.</summary>
    Pager,

    /// <summary>Internet telephony.</summary>
    Voip,

    /// <summary>Shared between caller and called.</summary>
    SharedCost,
}

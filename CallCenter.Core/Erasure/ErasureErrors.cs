using CallCenter.Core.Primitives;

namespace CallCenter.Core.Erasure;

/// <summary>Expected failures of erasing a number.</summary>
public static class ErasureErrors
{
    /// <summary>No such erasure here.</summary>
    public static readonly Error NotFound = new("erasure.not_found", "The erasure was not found.");

    /// <summary>Not a subscriber's number.</summary>
    public static readonly Error Unreadable = new("erasure.unreadable", "Enter the whole number of a subscriber, best with its country code.", "Number");

    /// <summary>An extension.</summary>
    public static readonly Error Internal = new("erasure.internal", "This is an internal number. Only outside numbers can be erased.", "Number");

    /// <summary>A number of the tenant: a DID or a trunk.</summary>
    public static readonly Error OwnNumber = new("erasure.own_number", "This number is your own: callers dial it, or a trunk is named by it. Only outside numbers can be erased.", "Number");

    /// <summary>Extensions or groups of the PBX are set up with it.</summary>
    public static readonly Error InUse = new("erasure.in_use", "An extension or a group of the PBX is set up with this number. Change it there first.", "Number");

    /// <summary>The last digits do not match.</summary>
    public static readonly Error DigitsDiffer = new("erasure.digits_differ", "These are not the last four digits of the number.", "Digits");

    /// <summary>Without a reason.</summary>
    public static readonly Error ReasonMissing = new("erasure.reason_missing", "Say why the number is erased.", "Reason");

    /// <summary>One of the same number is under way.</summary>
    public static readonly Error UnderWay = new("erasure.under_way", "This number is being erased already.", "Number");

    /// <summary>An export that was begun before must end first.</summary>
    public static readonly Error ExportsRunning = new("erasure.exports_running", "Waits for exports that were begun before; goes on by itself.");

    /// <summary>The key of the prints cannot be read.</summary>
    public static readonly Error KeyUnreadable = new("erasure.key_unreadable", "The key of erased numbers cannot be read: an old key is missing from the key ring.");
}

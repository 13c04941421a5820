using CallCenter.Core.Primitives;

namespace CallCenter.Core.Calls;

/// <summary>Expected failures of the call features.</summary>
public static class CallErrors
{
    /// <summary>No such call here. Also the answer for another tenant's call, so ids cannot be probed.</summary>
    public static readonly Error NotFound = new("calls.not_found", "The call was not found.");

    /// <summary>A number search without a digit.</summary>
    public static readonly Error NumberWithoutDigits = new("calls.number_without_digits", "Enter at least one digit of the number.", nameof(CallFilter.Number));

    /// <summary>The end of the date range lies before its start.</summary>
    public static readonly Error RangeBackwards = new("calls.range_backwards", "The end of the range lies before its start.", nameof(CallFilter.To));

    /// <summary>The selection could not be counted in the time a page has.</summary>
    public static readonly Error TooManyToTotal = new("calls.too_many_to_total", "There are too many calls to total them here; choose fewer days.");

    /// <summary>Another node of the portal is reading this PBX at the moment.</summary>
    public static readonly Error SyncRunsElsewhere = new("calls.sync_runs_elsewhere", "Another server of the portal is syncing this PBX right now.");

    /// <summary>Nothing to cancel.</summary>
    public static readonly Error SyncNotRunning = new("calls.sync_not_running", "No sync is running.");

    /// <summary>No push here with this secret. Also the answer where there is no such tenant, so that neither can be probed.</summary>
    public static readonly Error PushUnknown = new("calls.push_unknown", "Nothing is taken at this address.");

    /// <summary>More pushes or wrong secrets than one may send.</summary>
    public static readonly Error PushTooOften = new("calls.push_too_often", "Too many requests. Try again later.");

    /// <summary>More than <see cref="ICdrPushReceiver.MaxBytes"/>.</summary>
    public static readonly Error PushTooLarge = new("calls.push_too_large", "The body is larger than 1 MB.");

    /// <summary>No row of it can be understood.</summary>
    public static readonly Error PushGarbage = new("calls.push_garbage", "The body holds no call detail.");

    /// <summary>The sync ended in a way nobody foresaw; the log has the exception.</summary>
    public static readonly Error SyncFailed = new("calls.sync_failed", "The sync ended unexpectedly.");
}

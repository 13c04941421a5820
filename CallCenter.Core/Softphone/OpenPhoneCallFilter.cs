using CallCenter.Core.Calls;

namespace CallCenter.Core.Softphone;

/// <summary>What a filter of the history means for calls that the PBX has not reported yet.</summary>
public static class OpenPhoneCallFilter
{
    /// <summary>
    /// Whether a phone's call can be told to fit: days, number, direction and agent are known while it runs, everything else only from the
    /// PBX's record.
    /// </summary>
    public static bool CanTell(CallFilter filter) =>
        filter with { Range = null, From = null, To = null, Number = null, Direction = null, Agent = null } == CallFilter.None;
}

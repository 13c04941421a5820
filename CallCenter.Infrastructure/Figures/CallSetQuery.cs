using CallCenter.Core.Calls;
using CallCenter.Core.Figures;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Figures;

/// <summary>The calls behind a figure, as <see cref="CallSets"/> says it, for the database. A test holds the two together.</summary>
internal static class CallSetQuery
{
    /// <summary>Only the calls of the filter's set and ring group.</summary>
    public static IQueryable<Call> NarrowToSet(this IQueryable<Call> calls, CallFilter filter)
    {
        if (filter.RingGroup is { } group)
        {
            calls = calls.Where(call => call.Via == group && call.Queue != group);
        }

        var offered = calls.Where(call => call.Outcome != CallOutcome.Blocked
            && (call.Direction == CallDirection.Inbound || call.Direction == CallDirection.External
                || (call.Direction == CallDirection.Internal && (call.Via != "" || call.Queue != ""))));
        return filter.Set switch
        {
            null => calls,
            CallSet.Inside => calls.Where(call => call.Direction != CallDirection.Outbound
                && (call.Outcome == CallOutcome.Blocked
                    || (call.Direction != CallDirection.Inbound && call.Direction != CallDirection.External
                        && (call.Direction != CallDirection.Internal || (call.Via == "" && call.Queue == ""))))),
            CallSet.Answered => offered.Where(call => call.Outcome == CallOutcome.Answered),
            CallSet.Abandoned => offered.Where(call => call.Outcome == CallOutcome.Abandoned || call.Outcome == CallOutcome.NoAnswer),
            CallSet.FlowedOut => offered.Where(call => call.Outcome == CallOutcome.Voicemail || call.Outcome == CallOutcome.Busy || call.Outcome == CallOutcome.Failed),
            CallSet.Transferred => offered.Where(call => call.Outcome == CallOutcome.Answered && call.TransferCount > 0),
            _ => offered,
        };
    }
}

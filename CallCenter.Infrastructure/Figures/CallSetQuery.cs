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

        if (filter.Set is not { } set)
        {
            return calls;
        }

        calls = calls.Where(call => call.Outcome != CallOutcome.Blocked
            && (call.Direction == CallDirection.Inbound || call.Direction == CallDirection.External
                || (call.Direction == CallDirection.Internal && (call.Via != "" || call.Queue != ""))));
        return set switch
        {
            CallSet.Answered => calls.Where(call => call.Outcome == CallOutcome.Answered),
            CallSet.Abandoned => calls.Where(call => call.Outcome == CallOutcome.Abandoned || call.Outcome == CallOutcome.NoAnswer),
            CallSet.FlowedOut => calls.Where(call => call.Outcome == CallOutcome.Voicemail || call.Outcome == CallOutcome.Busy || call.Outcome == CallOutcome.Failed),
            CallSet.Transferred => calls.Where(call => call.Outcome == CallOutcome.Answered && call.TransferCount > 0),
            _ => calls,
        };
    }
}

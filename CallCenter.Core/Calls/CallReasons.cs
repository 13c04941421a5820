using System.Globalization;
using CallCenter.Core.Telephony;

namespace CallCenter.Core.Calls;

/// <summary>Reads why a call came to nothing from the PBX's prompts, applications and causes (grandstream 1.12, 8a and 8b).</summary>
public static class CallReasons
{
    // Parts of prompt names of a UCM and of Asterisk, the telling ones first.
    private static readonly (string Part, CallReason Reason)[] Prompts =
    [
        ("blacklist", CallReason.BlockedNumber),
        ("blocklist", CallReason.BlockedNumber),
        ("black-list", CallReason.BlockedNumber),
        ("blocked", CallReason.BlockedNumber),
        ("no-permission", CallReason.NoPermission),
        ("permission-denied", CallReason.NoPermission),
        ("not-permitted", CallReason.NoPermission),
        ("not-allowed", CallReason.NoPermission),
        ("unauthori", CallReason.NoPermission),
        ("forbidden", CallReason.NoPermission),
        ("barred", CallReason.NoPermission),
        ("no-route", CallReason.NoRoute),
        ("not-in-service", CallReason.NotInService),
        ("noservice", CallReason.NotInService),
        ("no-service", CallReason.NotInService),
        ("wrong-number", CallReason.WrongNumber),
        ("invalid", CallReason.WrongNumber),
        ("cannot-complete-as-dialed", CallReason.WrongNumber),
        ("cannot-complete-network", CallReason.Congestion),
        ("circuits-busy", CallReason.LinesBusy),
        ("lines-busy", CallReason.LinesBusy),
        ("congestion", CallReason.Congestion),
        ("is-curntly-busy", CallReason.Busy),
        ("is-busy", CallReason.Busy),
        ("user-busy", CallReason.Busy),
        ("unavail", CallReason.Unreachable),
        ("unreachable", CallReason.Unreachable),
        ("not-registered", CallReason.Unreachable),
    ];

    /// <summary>The reason that a prompt's name means; null when it is not known, and is shown as it is.</summary>
    /// <param name="prompt">See <see cref="AssembledCall.FailureReason"/>.</param>
    public static CallReason? OfPrompt(string prompt)
    {
        foreach (var (part, reason) in Prompts)
        {
            if (prompt.Contains(part, StringComparison.OrdinalIgnoreCase))
            {
                return reason;
            }
        }

        return null;
    }

    /// <summary>The reason that a cause of Q.850 means, as Hangup was given it; null when it says nothing to people.</summary>
    public static CallReason? OfCause(int cause) => cause switch
    {
        1 or 28 => CallReason.WrongNumber,
        2 or 3 => CallReason.NoRoute,
        17 => CallReason.Busy,
        18 or 20 or 27 => CallReason.Unreachable,
        21 => CallReason.Rejected,
        22 => CallReason.NumberChanged,
        34 or 44 => CallReason.LinesBusy,
        38 or 41 or 42 or 47 => CallReason.Congestion,
        50 or 57 or 87 => CallReason.NoPermission,
        _ => null,
    };

    /// <summary>Why the call came to nothing; null when it did not, or nothing tells.</summary>
    public static CallReason? Of(CallDetail call) => call.Call.Outcome switch
    {
        CallOutcome.Blocked => OfPrompt(call.FailureReason),
        CallOutcome.Failed => OfPrompt(call.FailureReason) ?? OfLegs(call.Legs),
        CallOutcome.Busy => CallReason.Busy,

        // It rang nowhere, so it is no question of who did not answer.
        CallOutcome.NoAnswer when !call.Legs.Any(leg => leg.ReachedDevice) => CallReason.Unreachable,
        _ => null,
    };

    private static CallReason? OfLegs(IReadOnlyList<CallLegRow> legs)
    {
        if (legs.LastOrDefault(leg => leg.Disposition == LegDisposition.Failed) is not { } leg)
        {
            return null;
        }

        if (Is(leg, "Hangup"))
        {
            return int.TryParse(leg.LastData, NumberStyles.None, CultureInfo.InvariantCulture, out var cause) ? OfCause(cause) : null;
        }

        return Is(leg, "Congestion") ? CallReason.Congestion
            : Is(leg, "Dial") && leg.DestinationTrunk.Length > 0 ? CallReason.TrunkRefused
            : Is(leg, "Dial") && !leg.ReachedDevice ? CallReason.Unreachable
            : null;
    }

    private static bool Is(CallLegRow leg, string application) => string.Equals(leg.LastApplication, application, StringComparison.OrdinalIgnoreCase);
}

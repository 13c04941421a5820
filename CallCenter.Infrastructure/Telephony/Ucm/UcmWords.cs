using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>The UCM's words in neutral terms, however a firmware spells them.</summary>
internal static class UcmWords
{
    /// <summary>"NO ANSWER", "NOANSWER", "no_answer"… An unknown or empty word is read from whether time was billed.</summary>
    public static LegDisposition Disposition(string word, int? billableSeconds) => Letters(word) switch
    {
        "ANSWERED" or "ANSWER" or "COMPLETED" => LegDisposition.Answered,
        "NOANSWER" or "NOANSWERED" or "NOTANSWERED" or "UNANSWERED" or "MISSED" or "CANCEL" or "CANCELED" or "CANCELLED" or "ABANDONED" =>
            LegDisposition.NoAnswer,
        "BUSY" or "USERBUSY" => LegDisposition.Busy,
        "FAILED" or "FAIL" or "FAILURE" or "CONGESTION" or "CHANUNAVAIL" or "INVALIDARGS" or "REJECTED" or "BLOCKED" => LegDisposition.Failed,
        _ => billableSeconds > 0 ? LegDisposition.Answered : LegDisposition.NoAnswer,
    };

    /// <summary>Null for a word nobody knows; then the trunks decide.</summary>
    public static CallDirection? Direction(string word) => Letters(word) switch
    {
        "INTERNAL" => CallDirection.Internal,
        "INBOUND" or "INCOMING" => CallDirection.Inbound,
        "OUTBOUND" or "OUTGOING" => CallDirection.Outbound,
        "EXTERNAL" => CallDirection.External,
        _ => null,
    };

    /// <summary>"QUEUE[6500]" is an action and its target; of an unknown word the word is the target.</summary>
    public static (LegAction Action, string Target) Action(string word, string application, string context)
    {
        var open = word.AsSpan().IndexOfAny('[', '(');
        var name = Letters(open < 0 ? word : word[..open]);
        var target = open < 0 ? "" : word[(open + 1)..].TrimEnd(']', ')', ' ').Trim();
        LegAction? action = name switch
        {
            "DIAL" => LegAction.Dial,
            "VM" or "VOICEMAIL" or "VMG" or "VMGROUP" => LegAction.Voicemail,
            "IVR" => LegAction.Ivr,
            "RINGGROUP" or "RINGGRP" => LegAction.RingGroup,
            "QUEUE" or "CALLQUEUE" => LegAction.Queue,
            "FOLLOWME" => LegAction.FollowMe,
            "" => FromApplication(application, context),
            _ when name.Contains("TRANSFER", StringComparison.Ordinal) => LegAction.Transfer,
            _ when name.StartsWith("PARK", StringComparison.Ordinal) => LegAction.Parked,
            _ => null,
        };
        if (action is null)
        {
            return (LegAction.Other, word);
        }

        if (action == LegAction.Ivr && target.Length == 0 && context.StartsWith("ivr-", StringComparison.OrdinalIgnoreCase))
        {
            target = context["ivr-".Length..];
        }

        return (action.Value, target);
    }

    // Firmware without the action_type column.
    private static LegAction FromApplication(string application, string context) => Letters(application) switch
    {
        "VOICEMAIL" => LegAction.Voicemail,
        "QUEUE" => LegAction.Queue,
        "PARK" or "PARKEDCALL" => LegAction.Parked,
        _ when IsMenu(context) => LegAction.Ivr,
        _ => LegAction.Dial,
    };

    private static bool IsMenu(string context) =>
        context.Length > 4 && context.StartsWith("ivr-", StringComparison.OrdinalIgnoreCase) && char.IsAsciiDigit(context[4]);

    private static string Letters(string word)
    {
        Span<char> letters = stackalloc char[Math.Min(word.Length, 64)];
        var count = 0;
        foreach (var c in word)
        {
            if (char.IsAsciiLetter(c) && count < letters.Length)
            {
                letters[count++] = char.ToUpperInvariant(c);
            }
        }

        return letters[..count].ToString();
    }
}

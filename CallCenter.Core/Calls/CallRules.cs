using CallCenter.Core.Telephony;

namespace CallCenter.Core.Calls;

/// <summary>
/// Every rule of <see cref="CallAssembler"/> that guesses, and every number it guesses with, in one place. Why each is as it is:
/// docs/telephony.md, "Guesses". Whoever changes one raises <see cref="CallAssembler.RulesVersion"/>.
/// </summary>
internal static class CallRules
{
    /// <summary>
    /// Longest silence between legs that only a session, or an id without a time in it, holds together. Sessions name the
    /// second they began, so this guards against firmware that repeats one, not against busy PBXs.
    /// </summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromHours(2);

    /// <summary>Phones of one group begin to ring in the same instant, which whole seconds may split.</summary>
    public static readonly TimeSpan SameMoment = TimeSpan.FromSeconds(1);

    /// <summary>A leg that begins this soon after a conversation of the same call ended was handed over by whoever talked in it.</summary>
    public static readonly TimeSpan HandOver = TimeSpan.FromSeconds(5);

    /// <summary>Most digits of a device's name that is an extension; longer ones are outside numbers or trunk accounts.</summary>
    public const int LongestExtensionDevice = 10;

    /// <summary>Most digits of a dialled number that is taken for an extension where the row names no device.</summary>
    public const int LongestExtensionNumber = 6;

    private const string TrunkPrefix = "trunk_";

    // Prompts and vendor words of calls that the PBX refused, as against those that it could not place.
    private static readonly string[] RefusalWords =
        ["blacklist", "black-list", "blocklist", "no-permission", "not-permitted", "not-allowed", "permission-denied", "blocked", "barred", "unauthori", "forbidden"];

    public static bool IsTrunkDevice(string device) => device.StartsWith(TrunkPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>A channel's device that is one of the PBX's own extensions.</summary>
    public static bool IsExtensionDevice(string device) => device.Length <= LongestExtensionDevice && IsDigits(device);

    /// <summary>A number that is taken for an extension although no device tells.</summary>
    public static bool IsExtensionNumber(string number) => number.Length is >= 2 and <= LongestExtensionNumber && IsDigits(number) && number[0] != '0';

    /// <summary>
    /// A person answered: not voicemail, and a device was reached. A menu's own leg is no conversation, unless the menu
    /// dialled somebody in it.
    /// </summary>
    public static bool IsConversation(CdrLeg leg) =>
        leg.Disposition == LegDisposition.Answered && leg.Action != LegAction.Voicemail && leg.ReachedDevice && !IsHeader(leg)
        && (leg.Action != LegAction.Ivr || IsApplication(leg, "Dial") || IsApplication(leg, "Queue"));

    /// <summary>Book-keeping rows in front of a ring group's members: nothing rings in them.</summary>
    public static bool IsHeader(CdrLeg leg) => !leg.ReachedDevice && leg.Action != LegAction.Ivr && IsApplication(leg, "ForkCDR");

    /// <summary>The row of the phone that took a call out of parking.</summary>
    public static bool IsRetrieval(CdrLeg leg) => IsApplication(leg, "ParkedCall");

    /// <summary>Behind these the caller's channel was up already, so the answering leg counts as answered from its start.</summary>
    public static bool BillsRinging(CdrLeg leg) => leg.Action is LegAction.Queue or LegAction.RingGroup or LegAction.Ivr;

    /// <summary>The PBX refused the call rather than failed to place it, by its own words.</summary>
    public static bool IsRefusal(CdrLeg leg)
    {
        if (leg.ReachedDevice || leg.Action == LegAction.Voicemail || IsApplication(leg, "Dial"))
        {
            return false;
        }

        return Array.Exists(RefusalWords, word =>
            leg.LastData.Contains(word, StringComparison.OrdinalIgnoreCase) || leg.ActionTarget.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The prompt the PBX played: <c>ss-noservice</c> of <c>/var/prompts/ss-noservice,noanswer</c>. Dial's arguments name devices, no reason.</summary>
    public static string PromptOf(CdrLeg leg)
    {
        if (IsApplication(leg, "Dial"))
        {
            return "";
        }

        var prompt = leg.LastData.AsSpan();
        var end = prompt.IndexOfAny(',', '&');
        prompt = end < 0 ? prompt : prompt[..end];
        return prompt[(prompt.LastIndexOf('/') + 1)..].Trim().ToString();
    }

    /// <summary>Number of the queue or group: the brackets; else what the Queue application was given; else what was dialled.</summary>
    public static string GroupOf(CdrLeg leg)
    {
        if (leg.ActionTarget.Length > 0)
        {
            return leg.ActionTarget;
        }

        if (IsApplication(leg, "Queue") && leg.LastData.Length > 0)
        {
            var comma = leg.LastData.IndexOf(',', StringComparison.Ordinal);
            var name = (comma < 0 ? leg.LastData : leg.LastData[..comma]).Trim();
            if (name.Length > 0)
            {
                return name;
            }
        }

        return leg.Destination;
    }

    /// <summary>
    /// Seconds a queue or a phone may wait before the PBX ends it, as the application was told; null where it was not told. Dial:
    /// the second argument; Queue: the fifth.
    /// </summary>
    public static int? TimeLimitOf(CdrLeg leg)
    {
        var place = IsApplication(leg, "Dial") ? 1 : IsApplication(leg, "Queue") ? 4 : -1;
        if (place < 0)
        {
            return null;
        }

        var arguments = leg.LastData.Split(',');
        return arguments.Length > place && int.TryParse(arguments[place], out var seconds) && seconds > 0 ? seconds : null;
    }

    public static string SourceTrunk(CdrLeg leg) => leg.SourceTrunk.Length > 0 ? leg.SourceTrunk : IsTrunkDevice(leg.SourceDevice) ? leg.SourceDevice : "";

    public static string DestinationTrunk(CdrLeg leg) =>
        leg.DestinationTrunk.Length > 0 ? leg.DestinationTrunk : IsTrunkDevice(leg.DestinationDevice) ? leg.DestinationDevice : "";

    public static bool IsApplication(CdrLeg leg, string name) => string.Equals(leg.LastApplication, name, StringComparison.OrdinalIgnoreCase);

    private static bool IsDigits(string text) => text.Length > 0 && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
}

using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;
using CallCenter.Web.Resources;
using CallCenter.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Calls;

/// <summary>Resource keys, icons and tones of what the domain says about calls.</summary>
public static class CallTexts
{
    /// <summary>Key in <see cref="Resources.CallsText"/>.</summary>
    public static string KeyOf(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Answered => "Outcome.Answered",
        CallOutcome.Voicemail => "Outcome.Voicemail",
        CallOutcome.NoAnswer => "Outcome.NoAnswer",
        CallOutcome.Abandoned => "Outcome.Abandoned",
        CallOutcome.Busy => "Outcome.Busy",
        CallOutcome.Blocked => "Outcome.Blocked",
        _ => "Outcome.Failed",
    };

    /// <summary>Colour of the outcome.</summary>
    public static Tone ToneOf(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Answered => Tone.Good,
        CallOutcome.Voicemail => Tone.Note,
        CallOutcome.NoAnswer or CallOutcome.Abandoned => Tone.Warn,
        CallOutcome.Busy => Tone.Quiet,
        _ => Tone.Bad,
    };

    /// <summary>Icon of the outcome.</summary>
    public static string IconOf(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Answered => "phone",
        CallOutcome.Voicemail => "voicemail",
        CallOutcome.NoAnswer => "phone-missed",
        CallOutcome.Abandoned => "log-out",
        CallOutcome.Busy => "circle-minus",
        _ => "phone-off",
    };

    /// <summary>Key in <see cref="Resources.CallsText"/>.</summary>
    public static string KeyOf(CallDirection direction) => direction switch
    {
        CallDirection.Inbound => "Direction.Inbound",
        CallDirection.Outbound => "Direction.Outbound",
        CallDirection.Internal => "Direction.Internal",
        _ => "Direction.External",
    };

    /// <summary>Icon of the direction.</summary>
    public static string IconOf(CallDirection direction) => direction switch
    {
        CallDirection.Inbound => "phone-incoming",
        CallDirection.Outbound => "phone-outgoing",
        CallDirection.Internal => "arrow-right-left",
        _ => "globe",
    };

    /// <summary>Key in <see cref="Resources.CallsText"/>; takes the action's target.</summary>
    public static string KeyOf(LegAction action) => action switch
    {
        LegAction.Dial => "Action.Dial",
        LegAction.Voicemail => "Action.Voicemail",
        LegAction.Ivr => "Action.Ivr",
        LegAction.RingGroup => "Action.RingGroup",
        LegAction.Queue => "Action.Queue",
        LegAction.Transfer => "Action.Transfer",
        LegAction.Parked => "Action.Parked",
        LegAction.FollowMe => "Action.FollowMe",
        _ => "Action.Other",
    };

    /// <summary>Icon of what the PBX did.</summary>
    public static string IconOf(LegAction action) => action switch
    {
        LegAction.Voicemail => "voicemail",
        LegAction.Ivr => "list",
        LegAction.RingGroup or LegAction.Queue => "users",
        LegAction.Transfer or LegAction.FollowMe => "phone-forwarded",
        LegAction.Parked => "circle-pause",
        _ => "phone",
    };

    /// <summary>Key in <see cref="Resources.CallsText"/>.</summary>
    public static string KeyOf(LegDisposition disposition) => disposition switch
    {
        LegDisposition.Answered => "Leg.Answered",
        LegDisposition.NoAnswer => "Leg.NoAnswer",
        LegDisposition.Busy => "Leg.Busy",
        _ => "Leg.Failed",
    };

    /// <summary>Key in <see cref="Resources.CallsText"/> of what a run under way does.</summary>
    public static string KeyOf(CallSyncPhase phase) => phase switch
    {
        CallSyncPhase.Preparing => "Sync.Preparing",
        CallSyncPhase.History => "Sync.History",
        CallSyncPhase.Waiting => "Sync.Waiting",
        _ => "Sync.Recent",
    };

    /// <summary>Icon of a step of the call's way.</summary>
    public static string IconOf(CallStepKind kind) => kind switch
    {
        CallStepKind.Ivr => "list",
        CallStepKind.Queue or CallStepKind.RingGroup => "users",
        CallStepKind.Rang => "phone-missed",
        CallStepKind.Answered => "phone",
        CallStepKind.Transfer or CallStepKind.Forward => "phone-forwarded",
        CallStepKind.Parked => "circle-pause",
        CallStepKind.Voicemail => "voicemail",
        _ => "circle-minus",
    };

    /// <summary>Key in <see cref="Resources.CallsText"/> of why a call came to nothing.</summary>
    public static string KeyOf(CallReason reason) => reason switch
    {
        CallReason.WrongNumber => "Reason.WrongNumber",
        CallReason.NotInService => "Reason.NotInService",
        CallReason.NoPermission => "Reason.NoPermission",
        CallReason.BlockedNumber => "Reason.BlockedNumber",
        CallReason.LinesBusy => "Reason.LinesBusy",
        CallReason.Congestion => "Reason.Congestion",
        CallReason.Unreachable => "Reason.Unreachable",
        CallReason.Busy => "Reason.Busy",
        CallReason.Rejected => "Reason.Rejected",
        CallReason.NoRoute => "Reason.NoRoute",
        CallReason.NumberChanged => "Reason.NumberChanged",
        _ => "Reason.TrunkRefused",
    };

    /// <summary>Names a call by its caller.</summary>
    public static string TitleOf(CallRow call, IStringLocalizer<CallsText> texts) =>
        texts["Detail.Title", call.FromNumber.Length > 0 ? $"\u2066{PhoneGrouping.Group(call.FromNumber)}\u2069" : texts["Withheld"].Value];

    /// <summary>All keys that are chosen at run time, for the test of the resources.</summary>
    public static IEnumerable<string> Keys =>
    [
        .. Enum.GetValues<CallOutcome>().Select(KeyOf),
        .. Enum.GetValues<CallDirection>().Select(KeyOf),
        .. Enum.GetValues<LegAction>().Select(KeyOf),
        .. Enum.GetValues<LegDisposition>().Select(KeyOf),
        .. Enum.GetValues<CallSyncPhase>().Select(KeyOf),
        .. Enum.GetValues<CallReason>().Select(KeyOf),
    ];
}

using CallCenter.Core.Softphone;
using CallCenter.Web.Resources;
using CallCenter.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Softphone.Panel;

/// <summary>What the phone's states, ends and failures say to people, each with its icon and tone.</summary>
public sealed class PhoneWords(IStringLocalizer<PhonePanelText> texts)
{
    private const double PoorMos = 3.1;

    /// <summary>Where the line stands.</summary>
    public string Line(LineState state) => texts[$"Line.{state}"];

    /// <summary>Tone of a line's state.</summary>
    public static Tone ToneOf(LineState state) => state switch
    {
        LineState.Registered => Tone.Good,
        LineState.Reconnecting => Tone.Warn,
        LineState.AuthFailed => Tone.Bad,
        LineState.Connecting or LineState.Registering => Tone.Note,
        _ => Tone.Quiet,
    };

    /// <summary>Icon of a line's state.</summary>
    public static string IconOf(LineState state) => state switch
    {
        LineState.Registered => "phone",
        LineState.AuthFailed => "phone-off",
        LineState.Reconnecting => "wifi-off",
        LineState.Connecting or LineState.Registering => "loader-circle",
        _ => "circle-dashed",
    };

    /// <summary>Where a call stands.</summary>
    public string Call(CallSnapshot call) => call switch
    {
        { LocalHold: true } => texts["Call.OnHold"],
        { RemoteHold: true } => texts["Call.HeldByThem"],
        { State: PhoneCallState.Active, Media: MediaState.Disconnected or MediaState.Silent or MediaState.Failed } => texts["Call.AudioLost"],
        _ => State(call.State),
    };

    /// <summary>A call's state alone.</summary>
    public string State(PhoneCallState state) => texts[$"State.{state}"];

    /// <summary>Tone of a call.</summary>
    public static Tone ToneOf(CallSnapshot call) => call switch
    {
        { State: PhoneCallState.Active, Media: MediaState.Disconnected or MediaState.Silent or MediaState.Failed } => Tone.Bad,
        { LocalHold: true } or { RemoteHold: true } => Tone.Warn,
        { State: PhoneCallState.Active } => Tone.Good,
        _ => Tone.Note,
    };

    /// <summary>Statuses whose words say more than the cause they belong to.</summary>
    public static readonly IReadOnlyList<int> SipCodes = [402, 403, 410, 483, 484, 503, 607, 608];

    /// <summary>Ends after which there is nothing to be done.</summary>
    public static readonly IReadOnlyList<EndCause> Settled = [EndCause.HangUp, EndCause.Cancelled, EndCause.AnsweredElsewhere, EndCause.Transferred];

    /// <summary>How a call ended.</summary>
    public string End(EndedCall end) => Told(end) is { } code ? texts[$"Sip.{code}"] : texts[$"End.{end.Cause}"];

    /// <summary>What to do about it; null when there is nothing.</summary>
    public string? EndHelp(EndedCall end) =>
        Told(end) is { } code ? texts[$"SipHelp.{code}"].Value : Settled.Contains(end.Cause) ? null : texts[$"EndHelp.{end.Cause}"].Value;

    /// <summary>A status of the PBX in words; null for one that says nothing to people.</summary>
    public string? Sip(int code) => code switch
    {
        _ when SipCodes.Contains(code) => texts[$"Sip.{code}"].Value,
        404 or 604 => texts["End.NotFound"].Value,
        408 or 430 or 480 => texts["End.Unavailable"].Value,
        415 or 488 or 606 => texts["End.Incompatible"].Value,
        486 or 600 => texts["End.Busy"].Value,
        603 => texts["End.Rejected"].Value,
        >= 500 and < 600 => texts["End.ServerError"].Value,
        _ => null,
    };

    /// <summary>Why the line is not up and what to do about it.</summary>
    public string LineAdvice(LineSnapshot line) => line switch
    {
        // Somebody answered, so the network is not to blame.
        { Cause: "line.down", SipCode: not null } => texts["Line.Answered"],
        { Cause: { } cause } => Advice(cause),
        _ => texts[$"LineHelp.{line.State}"],
    };

    /// <summary>A failure's sentence.</summary>
    public string Failure(string code) => PhoneCodes.Errors.Contains(code) ? texts[$"Failure.{code}"] : texts["Failure.unknown", code];

    /// <summary>What to do about it.</summary>
    public string Advice(string code) => PhoneCodes.Errors.Contains(code) ? texts[$"Advice.{code}"] : texts["Advice.unknown"];

    /// <summary>How a transfer stands.</summary>
    public string Transfer(TransferSnapshot transfer) => texts[$"Transfer.{transfer.State}", transfer.Target];

    // Only the far side's own word: what we or a lost connection ended has no status worth telling.
    private static int? Told(EndedCall end) =>
        end is { Direction: PhoneDirection.Out, EndedBy: PhoneEndedBy.Remote, SipCode: { } code } && SipCodes.Contains(code) ? code : null;

    /// <summary>Whether the other side is likely to be hard to understand.</summary>
    public static bool IsPoor(QualitySnapshot quality) => quality.Mos is < PoorMos || quality.LossPct is > 5;
}

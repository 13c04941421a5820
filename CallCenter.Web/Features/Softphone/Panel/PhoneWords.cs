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

    /// <summary>How a call ended; the same word whoever stored it.</summary>
    public string End(EndCause cause) => texts[$"End.{cause}"];

    /// <summary>A failure's sentence.</summary>
    public string Failure(string code) => PhoneCodes.Errors.Contains(code) ? texts[$"Failure.{code}"] : texts["Failure.unknown", code];

    /// <summary>What to do about it.</summary>
    public string Advice(string code) => PhoneCodes.Errors.Contains(code) ? texts[$"Advice.{code}"] : texts["Advice.unknown"];

    /// <summary>How a transfer stands.</summary>
    public string Transfer(TransferSnapshot transfer) => texts[$"Transfer.{transfer.State}", transfer.Target];

    /// <summary>Whether the other side is likely to be hard to understand.</summary>
    public static bool IsPoor(QualitySnapshot quality) => quality.Mos is < PoorMos || quality.LossPct is > 5;
}

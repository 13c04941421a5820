using CallCenter.Core.Devices;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Web.Shared;

namespace CallCenter.Web.Features.Devices;

/// <summary>Tones and icons of what the domain says about devices; the words are keys made of the values' names.</summary>
public static class DeviceTexts
{
    /// <summary>Keys of yes, no and not said.</summary>
    public static string AnswerKey(bool? answer) => answer switch { true => "Yes", false => "No", null => "NotSaid" };

    /// <summary>Keys of an account's registration.</summary>
    public static string RegisteredKey(bool? registered) => registered switch { true => "Registered.Yes", false => "Registered.No", null => "Registered.Unknown" };

    /// <summary>Key of what to do about a failure.</summary>
    public static string AdviceKey(Error error) => error.Code switch
    {
        "gdms.credentials_rejected" => "Advice.Credentials",
        "gdms.signature_rejected" => "Advice.Signature",
        "gdms.throttled" => "Advice.Throttled",
        "gdms.no_permission" => "Advice.Permission",
        _ when error == TelephonyErrors.AddressNotAllowed => "Advice.Address",
        _ => "Advice.Other",
    };

    /// <summary>Colour of a device's state.</summary>
    public static Tone ToneOf(GdmsDeviceStatus status) => status switch
    {
        GdmsDeviceStatus.Online => Tone.Good,
        GdmsDeviceStatus.Abnormal => Tone.Bad,
        GdmsDeviceStatus.Offline => Tone.Warn,
        _ => Tone.Quiet,
    };

    /// <summary>Icon of a device's state.</summary>
    public static string IconOf(GdmsDeviceStatus status) => status switch
    {
        GdmsDeviceStatus.Online => "wifi",
        GdmsDeviceStatus.Abnormal => "circle-alert",
        GdmsDeviceStatus.Offline => "wifi-off",
        _ => "circle-help",
    };

    /// <summary>Colour of what became of a device's part in a task.</summary>
    public static Tone ToneOf(DeviceItemState state) => state switch
    {
        DeviceItemState.Done => Tone.Good,
        DeviceItemState.Failed => Tone.Bad,
        DeviceItemState.TimedOut or DeviceItemState.Unknown => Tone.Warn,
        DeviceItemState.Sent or DeviceItemState.Away => Tone.Note,
        _ => Tone.Quiet,
    };

    /// <summary>Icon of the same.</summary>
    public static string IconOf(DeviceItemState state) => state switch
    {
        DeviceItemState.Done => "circle-check",
        DeviceItemState.Failed => "circle-x",
        DeviceItemState.TimedOut => "clock",
        DeviceItemState.Unknown => "circle-help",
        DeviceItemState.Sent or DeviceItemState.Away => "loader-circle",
        DeviceItemState.Cancelled => "ban",
        _ => "clock",
    };

    /// <summary>Colour of where a task stands.</summary>
    public static Tone ToneOf(DeviceTaskRow task) => task switch
    {
        { State: DeviceTaskState.Cancelled or DeviceTaskState.Scheduled } => Tone.Quiet,
        { State: DeviceTaskState.Sending or DeviceTaskState.Following } => Tone.Note,
        _ when task.Counts.GetValueOrDefault(DeviceItemState.Failed) > 0 => Tone.Bad,
        _ => task.Counts.GetValueOrDefault(DeviceItemState.Done) == task.Total ? Tone.Good : Tone.Warn,
    };

    /// <summary>Icon of a kind of task.</summary>
    public static string IconOf(DeviceTaskKind kind) => kind switch
    {
        DeviceTaskKind.Reboot => "rotate-ccw",
        DeviceTaskKind.FactoryReset => "power",
        _ => "plus",
    };

    /// <summary>Colour of what a line does.</summary>
    public static Tone ToneOf(LineStatus status) => status switch
    {
        LineStatus.Idle => Tone.Good,
        LineStatus.Ringing or LineStatus.InUse or LineStatus.Busy => Tone.Note,
        LineStatus.Offline => Tone.Warn,
        _ => Tone.Quiet,
    };
}

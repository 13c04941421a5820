using System.Globalization;
using CallCenter.Core.Extensions;
using CallCenter.Web.Localization;
using CallCenter.Web.Resources;
using CallCenter.Web.Shared;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Extensions;

/// <summary>How extensions read: fields and their values, states, causes of refusals.</summary>
public sealed class ExtensionTexts(IStringLocalizer<ExtensionsText> texts, DisplayFormat display)
{
    /// <summary>Label of an <see cref="ExtensionField"/>.</summary>
    public string Field(string name) => texts[$"Field.{name}"];

    /// <summary>What the field means and takes.</summary>
    public string FieldHelp(string name) => texts[$"FieldHelp.{name}"];

    /// <summary>What it may dial.</summary>
    public string Of(ExtensionPermission permission) => texts[$"Permission.{permission}"];

    /// <summary>Which calls are recorded.</summary>
    public string Of(ExtensionRecording recording) => texts[$"Recording.{recording}"];

    /// <summary>What the line does.</summary>
    public string Of(LineStatus status) => texts[$"Line.{status}"];

    /// <summary>Where it came from.</summary>
    public string Of(ExtensionOrigin origin) => texts[$"Origin.{origin}"];

    /// <summary>Where it stands, alone.</summary>
    public string Of(ExtensionState state) => texts[$"State.{state}"];

    /// <summary>Where it stands; of a failed one, what failed.</summary>
    public string StateOf(ExtensionState state, ExtensionOperation operation) => (state, operation) switch
    {
        (ExtensionState.Failed, ExtensionOperation.Create) => texts["Failed.Create"],
        (ExtensionState.Failed, ExtensionOperation.Change) => texts["Failed.Change"],
        (ExtensionState.Failed, ExtensionOperation.Delete or ExtensionOperation.Undo) => texts["Failed.Delete"],
        _ => Of(state),
    };

    /// <summary>A likely cause of a refusal, in a few words.</summary>
    public string HintTitle(string hint) => texts[$"Hint.{hint}.title"];

    /// <summary>What to do about it.</summary>
    public string HintHelp(string hint) => texts[$"Hint.{hint}.help"];

    /// <summary>A value of an <see cref="ExtensionField"/> as a reader sees it.</summary>
    public string Value(string field, object? value) => (field, value) switch
    {
        (nameof(ExtensionProfile.Enabled), bool on) => texts[on ? "Value.InService" : "Value.OutOfService"],
        (_, bool on) => texts[on ? "Value.On" : "Value.Off"],
        (_, ExtensionPermission permission) => Of(permission),
        (_, ExtensionRecording recording) => Of(recording),
        (nameof(ExtensionProfile.CallerId) or nameof(ExtensionProfile.RingTimeoutSeconds), null or "") => texts["Value.PbxDefault"],
        (_, null or "") => texts["Value.None"],
        (nameof(ExtensionProfile.RingTimeoutSeconds), int seconds) => texts["Value.Seconds", display.Number(seconds)],
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>True for values that stay left-to-right in Arabic: digits, dial strings, addresses.</summary>
    public static bool IsCode(string field) => field is nameof(ExtensionProfile.Email) or nameof(ExtensionProfile.CallerId)
        or nameof(ExtensionProfile.ForwardAlways) or nameof(ExtensionProfile.ForwardBusy) or nameof(ExtensionProfile.ForwardNoAnswer);

    /// <summary>Colour of where it stands.</summary>
    public static Tone ToneOf(ExtensionState state) => state switch
    {
        ExtensionState.Active => Tone.Good,
        ExtensionState.Failed => Tone.Bad,
        ExtensionState.Found => Tone.Quiet,
        _ => Tone.Note,
    };

    /// <summary>Icon of where it stands.</summary>
    public static string IconOf(ExtensionState state) => state switch
    {
        ExtensionState.Active => "circle-check",
        ExtensionState.Failed => "circle-x",
        ExtensionState.Found => "server",
        ExtensionState.Deleting => "trash-2",
        _ => "loader-circle",
    };

    /// <summary>Colour of what the line does.</summary>
    public static Tone ToneOf(LineStatus status) => status switch
    {
        LineStatus.Idle => Tone.Good,
        LineStatus.Ringing or LineStatus.InUse or LineStatus.Busy => Tone.Note,
        _ => Tone.Quiet,
    };

    /// <summary>Icon of what the line does.</summary>
    public static string IconOf(LineStatus status) => status switch
    {
        LineStatus.Idle => "circle-check",
        LineStatus.Ringing => "phone-incoming",
        LineStatus.InUse or LineStatus.Busy => "phone",
        LineStatus.Offline => "circle-dashed",
        _ => "circle-help",
    };
}

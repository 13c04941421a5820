using System.Globalization;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Extensions;

/// <summary>Fields of a profile. What is wrong with a field is judged again as it is typed, once it was found wrong.</summary>
public sealed partial class ExtensionProfileFields : ComponentBase
{
    private const string NameField = nameof(ExtensionProfile.Name);
    private const string EmailField = nameof(ExtensionProfile.Email);
    private const string CallerIdField = nameof(ExtensionProfile.CallerId);
    private const string RingField = nameof(ExtensionProfile.RingTimeoutSeconds);
    private const string AlwaysField = nameof(ExtensionProfile.ForwardAlways);
    private const string BusyField = nameof(ExtensionProfile.ForwardBusy);
    private const string NoAnswerField = nameof(ExtensionProfile.ForwardNoAnswer);

    /// <summary>Stands for a text that is no number; no rule takes it.</summary>
    private const int NoNumber = -1;

    private static readonly ExtensionProfileValidator Rules = new();
    private static readonly string[] Rare = [CallerIdField, RingField, AlwaysField, BusyField, NoAnswerField];
    private string _seconds = "";
    private int? _lastSeconds;
    private bool _open;

    /// <summary>First part of the fields' ids.</summary>
    [Parameter, EditorRequired]
    public string Prefix { get; set; } = "";

    [Parameter, EditorRequired]
    public required ExtensionProfile Value { get; set; }

    [Parameter]
    public EventCallback<ExtensionProfile> ValueChanged { get; set; }

    /// <summary>The form's failures; those of this component's fields are kept up to date here.</summary>
    [Parameter, EditorRequired]
    public required FieldErrors Errors { get; set; }

    /// <summary>Notes every rule that the settings break. Answers whether there was none.</summary>
    public static bool Check(ExtensionProfile profile, FieldErrors errors)
    {
        foreach (var failure in Rules.Validate(profile).Errors)
        {
            errors.Add(new Error(failure.ErrorCode, failure.ErrorMessage, failure.PropertyName));
        }

        return !errors.Any;
    }

    protected override void OnInitialized() =>
        _open = new ExtensionProfile() is var usual && Value.Differences(usual).Any(field => Rare.Contains(field.Name) || field.Name is "Enabled" or "DoNotDisturb");

    protected override void OnParametersSet()
    {
        if (Value.RingTimeoutSeconds != _lastSeconds)
        {
            _lastSeconds = Value.RingTimeoutSeconds;
            _seconds = _lastSeconds?.ToString(CultureInfo.InvariantCulture) ?? "";
        }

        _open |= Rare.Any(field => Errors[field] is not null);
    }

    private static string Trim(string? text) => text?.Trim() ?? "";

    // Arabic digits are digits; spaces, dashes and dots are how people group them.
    private static string Dialled(string? text) => string.Concat((text ?? "").Where(c => c is not (' ' or '-' or '.' or '\u00A0'))
        .Select(c => char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : c));

    private string Id(string field) => $"{Prefix}-{field}";

    private string Label(string field) => Texts.Field(field);

    private string Help(string field) => Texts.FieldHelp(field);

    private Task SetSeconds(string? text)
    {
        _seconds = text ?? "";
        var digits = Dialled(text);
        _lastSeconds = digits.Length == 0 ? null : int.TryParse(digits, CultureInfo.InvariantCulture, out var seconds) ? seconds : NoNumber;
        return Set(Value with { RingTimeoutSeconds = _lastSeconds }, RingField);
    }

    private Task Set(ExtensionProfile value, string? field)
    {
        if (field is not null && Errors[field] is not null)
        {
            Errors.Forget(field);
            if (Rules.Validate(value).Errors.FirstOrDefault(failure => failure.PropertyName == field) is { } wrong)
            {
                Errors.Add(new Error(wrong.ErrorCode, wrong.ErrorMessage, field));
            }
        }

        return ValueChanged.InvokeAsync(value);
    }
}

using System.Globalization;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Softphone;
using CallCenter.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Settings;

/// <summary>How fields and their values read.</summary>
public sealed class FieldTexts(IStringLocalizer<SettingsText> texts)
{
    /// <summary>Keys that are put together at run time, for the test of the resources.</summary>
    public static IEnumerable<string> Keys =>
    [
        .. LabelKeys<PbxForm>(), .. LabelKeys<GdmsForm>(), .. LabelKeys<ExtensionForm>(), .. LabelKeys<RecordingForm>(), .. LabelKeys<PhoneForm>(), .. LabelKeys<Core.Mail.MailForm>(),
        .. EnumKeys<Core.Telephony.PbxKind>(), .. EnumKeys<GdmsPlace>(), .. EnumKeys<RecordingFormat>(),
        .. EnumKeys<PhoneAutoAnswer>(), .. EnumKeys<PhoneRingtone>(), .. EnumKeys<PhoneDtmf>(), .. EnumKeys<Core.Mail.MailTls>(),
    ];

    /// <summary>The field's label.</summary>
    public string Label<TForm>(string field) => texts[LabelKey<TForm>(field)];

    /// <summary>A choice's name.</summary>
    public string Choice<TEnum>(TEnum value)
        where TEnum : struct, Enum => texts[$"{typeof(TEnum).Name}.{value}"];

    /// <summary>A value as a reader sees it; secrets never.</summary>
    public string Value<TForm>(SettingsField<TForm> field, object? value) => value switch
    {
        _ when field.IsSecret => texts[(value as string) switch { Secret.Mask => "Secret.Stored", null or "" => "Secret.None", _ => "Secret.Typed" }],
        null or "" => texts["Empty"],
        bool on => texts[on ? "On" : "Off"],
        Enum choice => texts[$"{choice.GetType().Name}.{choice}"],
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>What changed, for the save bar.</summary>
    public string? Changes<TForm>(CardModel<TForm> card)
        where TForm : class, ISettingsForm<TForm>, new() =>
        card.Changes.Count == 0 ? null : texts["Changed", string.Join(texts["ListSeparator"], card.Changes.Select(field => Label<TForm>(field.Name)))].Value;

    private static string LabelKey<TForm>(string field) => $"{typeof(TForm).Name}.{field}";

    private static IEnumerable<string> LabelKeys<TForm>()
        where TForm : class, ISettingsForm<TForm>, new() => TForm.Fields.Select(field => LabelKey<TForm>(field.Name));

    private static IEnumerable<string> EnumKeys<TEnum>()
        where TEnum : struct, Enum => Enum.GetNames<TEnum>().Select(name => $"{typeof(TEnum).Name}.{name}");
}

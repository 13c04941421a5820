using System.Globalization;
using CallCenter.Core.Doctor;
using CallCenter.Web.Localization;
using CallCenter.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Settings;

/// <summary>How steps and findings read.</summary>
public sealed class DiagnosisTexts(IStringLocalizer<DoctorText> texts, DisplayFormat display)
{
    // A peer's words and technical names run left to right in any sentence.
    private const char Isolate = '\u2066';
    private const char EndOfIsolate = '\u2069';

    /// <summary>Keys that are put together at run time, for the test of the resources.</summary>
    public static IEnumerable<string> Keys =>
    [
        .. DoctorSteps.All.Select(id => $"step.{id}"),
        .. Enum.GetNames<DoctorState>().Select(state => $"state.{state}"),
        .. Codes.SelectMany(code => new[] { $"diagnosis.{code}.title", $"diagnosis.{code}.explain", $"diagnosis.{code}.remedy" }),
    ];

    /// <summary>Every code of <see cref="DiagnosisCodes"/>.</summary>
    public static IEnumerable<string> Codes => typeof(DiagnosisCodes).GetFields().Select(constant => (string)constant.GetRawConstantValue()!);

    /// <summary>Name of a step.</summary>
    public string Step(string id) => texts[$"step.{id}"];

    /// <summary>Name of a state.</summary>
    public string State(DoctorState state) => texts[$"state.{state}"];

    /// <summary>What was found, in a few words.</summary>
    public string Title(Diagnosis diagnosis) => texts[$"diagnosis.{diagnosis.Code}.title"];

    /// <summary>What it means.</summary>
    public string Explain(Diagnosis diagnosis) => texts[$"diagnosis.{diagnosis.Code}.explain", Shown(diagnosis)];

    /// <summary>What to do; null where nothing is to be done.</summary>
    public string? Remedy(Diagnosis diagnosis)
    {
        var text = texts[$"diagnosis.{diagnosis.Code}.remedy", Shown(diagnosis)];
        return text.ResourceNotFound ? null : text.Value;
    }

    /// <summary>How long a step took.</summary>
    public string Duration(TimeSpan duration) => duration < TimeSpan.FromSeconds(1)
        ? texts["Milliseconds", display.Digits(((int)duration.TotalMilliseconds).ToString(CultureInfo.InvariantCulture))]
        : texts["Seconds", display.Digits(duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture))];

    private object[] Shown(Diagnosis diagnosis) => [.. diagnosis.Parameters.Select(value => value switch
    {
        DateTime utc => display.Date(utc),
        int number => display.Number(number),
        _ => (object)$"{Isolate}{value}{EndOfIsolate}",
    })];
}

using System.Globalization;
using System.Resources;
using CallCenter.Core.Doctor;
using CallCenter.Web.Resources;

namespace CallCenter.Tests.Doctor;

/// <summary>The words of a diagnosis as a page would show them.</summary>
internal static class DoctorTexts
{
    private static readonly ResourceManager Texts = new(typeof(DoctorText));

    public static string? Find(string key, string language) =>
        Texts.GetResourceSet(CultureInfo.GetCultureInfo(language), true, false)?.GetString(key);

    /// <summary>Title and explanation in both languages; what to do as well where something is wrong.</summary>
    public static void AssertTranslated(DoctorStep step)
    {
        var diagnosis = step.Diagnosis!;
        string[] parts = step.State is DoctorState.Warning or DoctorState.Failed ? ["title", "explain", "remedy"] : ["title", "explain"];
        foreach (var part in parts)
        {
            var english = Texts.GetString($"diagnosis.{diagnosis.Code}.{part}", CultureInfo.InvariantCulture);
            var arabic = Find($"diagnosis.{diagnosis.Code}.{part}", "ar");
            Assert.False(string.IsNullOrWhiteSpace(english), $"{diagnosis.Code}.{part} has no English text.");
            Assert.False(string.IsNullOrWhiteSpace(arabic), $"{diagnosis.Code}.{part} has no Arabic text.");
            Assert.Contains(arabic, c => c is >= '\u0600' and <= '\u06FF');

            // Throws when a text has a place that the finding does not fill.
            object[] parameters = [.. diagnosis.Parameters];
            Assert.NotEmpty(string.Format(CultureInfo.InvariantCulture, english, parameters));
            Assert.NotEmpty(string.Format(CultureInfo.GetCultureInfo("ar"), arabic, parameters));
        }
    }
}

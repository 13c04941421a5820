using System.Globalization;
using System.Text.RegularExpressions;
using CallCenter.Core.Doctor;
using CallCenter.Web.Features.Settings;

namespace CallCenter.Tests.Doctor;

public sealed partial class DoctorTextTests
{
    [Fact]
    public void Texts_EveryStepAndState_HasBothLanguages()
    {
        foreach (var key in DoctorSteps.All.Select(id => $"step.{id}").Concat(Enum.GetNames<DoctorState>().Select(state => $"state.{state}")))
        {
            Assert.False(string.IsNullOrWhiteSpace(DoctorTexts.Find(key, "")), key);
            Assert.False(string.IsNullOrWhiteSpace(DoctorTexts.Find(key, "ar")), key);
        }
    }

    [Fact]
    public void Texts_EveryCode_HasBothLanguagesWithTheSamePlaces()
    {
        foreach (var code in DiagnosisTexts.Codes)
        {
            foreach (var part in new[] { "title", "explain", "remedy" })
            {
                var key = $"diagnosis.{code}.{part}";
                var (english, arabic) = (DoctorTexts.Find(key, ""), DoctorTexts.Find(key, "ar"));

                Assert.True(part == "remedy" || english is not null, $"{key} is missing.");
                Assert.Equal(english is null, arabic is null);
                Assert.Equal(Places(english), Places(arabic));
            }
        }
    }

    private static IEnumerable<int> Places(string? text) =>
        Place().Matches(text ?? "").Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).Distinct().Order();

    [GeneratedRegex(@"\{(\d+)[^}]*\}")]
    private static partial Regex Place();
}

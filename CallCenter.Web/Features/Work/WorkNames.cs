using System.Globalization;

namespace CallCenter.Web.Features.Work;

/// <summary>Names that a tenant gives in two languages, in the reader's or else in the other.</summary>
public static class WorkNames
{
    /// <summary>The name to show.</summary>
    public static string Of(string english, string arabic) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ar" ? arabic.Length > 0 ? arabic : english : english.Length > 0 ? english : arabic;
}

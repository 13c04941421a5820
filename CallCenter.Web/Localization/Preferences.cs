namespace CallCenter.Web.Localization;

/// <summary>How someone wants to see the portal on this machine; kept in cookies so that the first page is right.</summary>
/// <param name="Theme"><c>light</c>, <c>dark</c> or <c>system</c>.</param>
/// <param name="Navigation"><c>wide</c> or <c>icons</c>.</param>
/// <param name="ArabicDigits">Show ٠١٢٣ instead of 0123 in Arabic.</param>
public sealed record Preferences(string Theme, string Navigation, bool ArabicDigits)
{
    /// <summary>Cookie of the theme; the script writes it too.</summary>
    public const string ThemeCookie = "cc-theme";

    /// <summary>Cookie of the navigation's width; the script writes it too.</summary>
    public const string NavigationCookie = "cc-nav";

    /// <summary>Cookie of the digits.</summary>
    public const string DigitsCookie = "cc-digits";

    /// <summary>What the digits cookie says for ٠١٢٣.</summary>
    public const string Arabic = "arabic";

    /// <summary>Without cookies.</summary>
    public static readonly Preferences Default = new("system", "wide", false);

    /// <summary>Reads the cookies; anything unknown counts as not set.</summary>
    public static Preferences Read(IRequestCookieCollection cookies) => new(
        cookies[ThemeCookie] is "light" or "dark" ? cookies[ThemeCookie]! : Default.Theme,
        cookies[NavigationCookie] is "icons" ? "icons" : Default.Navigation,
        cookies[DigitsCookie] is Arabic);
}

using CallCenter.Core.Phones;

namespace CallCenter.Web.Shared;

/// <summary>Groups phone numbers for the eye, as <see cref="PhoneDisplay"/> does. Only spaces are added; the digits stay as they are.</summary>
public static class PhoneGrouping
{
    /// <summary>The number with spaces; extensions and what is no number come back as they are.</summary>
    public static string Group(string number) => PhoneDisplay.International(number);
}

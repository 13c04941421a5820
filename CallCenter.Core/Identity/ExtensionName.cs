using System.Globalization;
using System.Text.RegularExpressions;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Identity;

/// <summary>
/// An extension as a name to sign in with. A number alone says little where many tenants share an installation, so the tenant
/// is always part of it: typed (<c>1001@demo</c>), or known from the address the visitor came for.
/// </summary>
/// <param name="Number">2 to 18 ASCII digits.</param>
/// <param name="Slug">The tenant's.</param>
public sealed partial record ExtensionName(string Number, string Slug)
{
    /// <summary>Reads what was typed; Arabic digits count as well.</summary>
    /// <param name="typed">As typed.</param>
    /// <param name="slug">The tenant of a bare number; null when the visitor came for no tenant.</param>
    /// <returns>Null when it is something else, or a bare number without a tenant.</returns>
    public static ExtensionName? Parse(string typed, string? slug)
    {
        var match = Pattern().Match(Latin(typed.Trim()));
        if (!match.Success)
        {
            return null;
        }

        var tenant = (match.Groups["slug"].Success ? match.Groups["slug"].Value : slug ?? "").ToLowerInvariant();
        return tenant.Length <= Tenant.SlugMaxLength && SlugPattern().IsMatch(tenant) ? new ExtensionName(match.Groups["number"].Value, tenant) : null;
    }

    /// <summary>True for a text that reads as an extension, which therefore no user name may be.</summary>
    public static bool Resembles(string text) => Pattern().IsMatch(Latin(text.Trim()));

    /// <summary>The one spelling of it.</summary>
    public override string ToString() => $"{Number}@{Slug}";

    private static string Latin(string text) =>
        string.Concat(text.Select(c => char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : c));

    // No dot after the sign: that is an e-mail address.
    [GeneratedRegex(@"^(?<number>[0-9]{2,18})(?:@(?<slug>[A-Za-z0-9-]+))?\z")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^[a-z][a-z0-9-]*\z")]
    private static partial Regex SlugPattern();
}

using CallCenter.Core.Tenancy;
using CallCenter.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Tenants;

/// <summary>
/// Countries as the reader calls them. Own texts, from CLDR: the framework keeps the first language in which a name was asked.
/// </summary>
internal sealed class CountryNames(IStringLocalizer<CountryText> texts)
{
    public string Of(string code) => texts[code];

    /// <summary>Codes with a name, in the order of the names.</summary>
    public IReadOnlyList<string> All() =>
        [.. Countries.Codes.Where(code => !texts[code].ResourceNotFound).OrderBy(Of, StringComparer.CurrentCulture)];
}

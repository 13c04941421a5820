using System.Collections.Concurrent;
using System.Globalization;
using CallCenter.Core.Exports;
using CallCenter.Web.Resources;
using Microsoft.Extensions.Localization;

namespace CallCenter.Web.Features.Exports;

/// <summary>Texts of files from the portal's resources, in the language asked for, whatever the thread's is.</summary>
internal sealed class ExportWords(IStringLocalizerFactory localizers) : IExportWords
{
    private const string Country = "Country.";

    private readonly IStringLocalizer _texts = localizers.Create(typeof(ExportsText));
    private readonly IStringLocalizer _countries = localizers.Create(typeof(CountryText));
    private readonly ConcurrentDictionary<(string Language, string Key), string> _known = [];

    public string this[string language, string key] => _known.GetOrAdd((language, key), Find);

    private string Find((string Language, string Key) wanted)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(wanted.Language);
            return wanted.Key.StartsWith(Country, StringComparison.Ordinal) ? _countries[wanted.Key[Country.Length..]].Value : _texts[wanted.Key].Value;
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}

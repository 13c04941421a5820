using System.Globalization;
using System.Resources;
using CallCenter.Core.Primitives;
using CallCenter.Web.Resources;

namespace CallCenter.Tests.EndToEnd;

/// <summary>The portal's texts in one language, so that journeys press what people read.</summary>
internal sealed class Words(string language)
{
    private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(language);

    /// <summary>The text of a resource, with its places filled in.</summary>
    public string Of<TMarker>(string key, params object[] values)
    {
        var text = new ResourceManager(typeof(TMarker)).GetString(key, _culture) ?? throw new ArgumentException($"There is no text {key}.", nameof(key));
        return string.Format(_culture, text, values);
    }

    /// <summary>The translation of an expected failure.</summary>
    public string Of(Error error) => Of<ErrorText>(error.Code);
}

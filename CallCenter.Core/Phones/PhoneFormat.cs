using System.Text.RegularExpressions;

namespace CallCenter.Core.Phones;

/// <summary>How some numbers of a country are written.</summary>
internal sealed class PhoneFormat
{
    private readonly Lazy<Regex> _pattern;
    private readonly Lazy<Regex>? _leading;

    public PhoneFormat(PhoneFormatRow row)
    {
        _pattern = new(() => new Regex($@"^(?:{row.Pattern})\z", RegexOptions.CultureInvariant));
        _leading = row.Leading.Length > 0 ? new(() => new Regex($"^(?:{row.Leading})", RegexOptions.CultureInvariant)) : null;
        Abroad = row.Abroad;
        AtHome = row.AtHome;
    }

    /// <summary>Template after the calling code; empty when it is not written from abroad.</summary>
    public string Abroad { get; }

    /// <summary>Template within the country, with its trunk prefix.</summary>
    public string AtHome { get; }

    public bool Fits(string national) => (_leading is null || _leading.Value.IsMatch(national)) && _pattern.Value.IsMatch(national);

    public string Apply(string template, string national) => _pattern.Value.Replace(national, template);
}

using System.Text.RegularExpressions;

namespace CallCenter.Core.Phones;

/// <summary>A country's numbering plan, one line of <c>phone-countries.json</c>. Patterns are built when they are first asked for.</summary>
internal sealed class PhonePlan
{
    private readonly Lazy<Regex> _national;
    private readonly Lazy<Regex>? _parsePrefix;
    private readonly Lazy<Regex>? _international;
    private readonly Lazy<Regex>? _leading;
    private readonly Lazy<Regex>?[] _types;
    private readonly int[]?[] _typeLengths;
    private readonly string _trunk;
    private readonly string _transform;
    private readonly string _internationalText;
    private readonly int _lengths;

    public PhonePlan(PhonePlanRow row)
    {
        Region = row.Region;
        Code = row.Code;
        _trunk = row.Trunk;
        _transform = row.Transform;
        _internationalText = row.International;
        _international = IsPlain(row.International) ? null : Starts(row.International);
        _parsePrefix = row.ParsePrefix.Length > 0 ? Starts(row.ParsePrefix) : null;
        _leading = row.Leading.Length > 0 ? Starts(row.Leading) : null;
        _national = Whole(row.National);
        _types = [.. row.Types.Select(type => type.Pattern is { } pattern ? Whole(pattern) : null)];
        _typeLengths = [.. row.Types.Select(type => type.Lengths)];
        _lengths = row.Lengths.Aggregate(0, (bits, length) => bits | (1 << length));
        MinLength = row.Lengths.Min();
        MaxLength = row.Lengths.Max();
        SharesMobile = row.Types.Count < 2 || string.IsNullOrEmpty(row.Types[1].Pattern);
        Formats = [.. row.Formats.Select(format => new PhoneFormat(format))];
    }

    /// <summary>ISO 3166-1 alpha-2, or <c>001</c> for codes of no country.</summary>
    public string Region { get; }

    public string Code { get; }

    public int MinLength { get; }

    public int MaxLength { get; }

    public IReadOnlyList<PhoneFormat> Formats { get; }

    /// <summary>The plan does not tell mobiles from fixed lines.</summary>
    public bool SharesMobile { get; }

    public bool HasLength(int length) => length < 32 && (_lengths & (1 << length)) != 0;

    public bool IsNational(string national) => HasLength(national.Length) && _national.Value.IsMatch(national);

    public bool HasType(int type, string national) =>
        type < _types.Length && _types[type] is { } pattern && (_typeLengths[type] is not { } lengths || lengths.Contains(national.Length)) && pattern.Value.IsMatch(national);

    /// <summary>Whether the number is this country's, of those that share its calling code; null when the plan has no short answer.</summary>
    public bool? Leads(string national) => _leading?.Value.IsMatch(national);

    public bool IsAnyType(string national) => IsNational(national) && Enumerable.Range(0, _types.Length).Any(type => HasType(type, national));

    /// <summary>What follows the digits that lead out of the country; null when they are not there.</summary>
    public string? AfterInternationalPrefix(string digits)
    {
        if (_international is null)
        {
            return _internationalText.Length > 0 && digits.StartsWith(_internationalText, StringComparison.Ordinal) ? digits[_internationalText.Length..] : null;
        }

        var match = _international.Value.Match(digits);
        return match.Success ? digits[match.Length..] : null;
    }

    /// <summary>The national significant number: without the trunk prefix, unless the digits need it to be a number at all.</summary>
    /// <remarks>Digits that would lose another prefix when they are read again stay as they are: what was read once reads the same.</remarks>
    public string Significant(string digits)
    {
        var significant = WithoutPrefix(digits);
        return WithoutPrefix(significant) == significant ? significant : digits;
    }

    private string WithoutPrefix(string digits)
    {
        if (Strip(digits) is not { } stripped || stripped == digits)
        {
            return digits;
        }

        var isPossible = HasLength(stripped.Length) || stripped.Length > MaxLength;
        return !isPossible || (!IsNational(stripped) && IsNational(digits)) ? digits : stripped;
    }

    private string? Strip(string digits)
    {
        if (_parsePrefix is null)
        {
            return _trunk.Length > 0 && digits.StartsWith(_trunk, StringComparison.Ordinal) ? digits[_trunk.Length..] : null;
        }

        var match = _parsePrefix.Value.Match(digits);
        if (!match.Success)
        {
            return null;
        }

        // The plan of Argentina and others turns a prefix into digits of another place; groups are what the number consists of.
        return _transform.Length > 0 && match.Groups.Count > 1 && match.Groups[^1].Success
            ? match.Result(_transform) + digits[match.Length..]
            : digits[match.Length..];
    }

    private static bool IsPlain(string pattern) => pattern.All(char.IsAsciiDigit);

    private static Lazy<Regex> Starts(string pattern) => new(() => new Regex($"^(?:{pattern})", RegexOptions.CultureInvariant));

    private static Lazy<Regex> Whole(string pattern) => new(() => new Regex($@"^(?:{pattern})\z", RegexOptions.CultureInvariant));
}

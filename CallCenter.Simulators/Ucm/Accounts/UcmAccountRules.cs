using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CallCenter.Simulators.Ucm.Accounts;

/// <summary>What the PBX checks in the fields of an extension. It never says which field it did not like.</summary>
internal static partial class UcmAccountRules
{
    private static readonly SearchValues<char> Harmful = SearchValues.Create("\"`$;|<>\\\n");
    private static readonly string[] Required = ["extension", "fullname", "secret", "user_password", "permission"];
    private static readonly string[] YesNo =
    [
        "hasvoicemail", "skip_vmsecret", "enable_webrtc", "call_waiting", "nat", "directmedia", "t38_udptl", "enable_qualify",
        "out_of_service", "enablehotdesk", "sca_enable", "dnd", "en_ringboth", "vm_attach", "vm_reserve", "email_to_user",
    ];

    private static readonly string[] Permissions =
        ["internal", "internal-local", "internal-local-national", "internal-local-national-international"];

    public static bool AreComplete(IReadOnlyDictionary<string, string> fields, bool emailRequired) =>
        Array.TrueForAll(Required, f => fields.GetValueOrDefault(f) is { Length: > 0 })
        && (!emailRequired || fields.GetValueOrDefault("email") is { Length: > 0 });

    /// <summary>Whether a value holds what the PBX would have to protect its own scripts from.</summary>
    public static bool AreHarmless(IReadOnlyDictionary<string, string> fields) =>
        !fields.Values.Any(v => v.AsSpan().ContainsAny(Harmful));

    /// <summary>JSON null means empty, but for the one field that tells them apart.</summary>
    public static Dictionary<string, string> Normal(IReadOnlyDictionary<string, string> fields) =>
        fields.ToDictionary(f => f.Key, f => f.Value == UcmRequest.Null && f.Key != "ring_timeout" ? "" : f.Value);

    /// <summary>Whether the number lies in a range such as <c>1000-1999</c>; an empty range holds all.</summary>
    public static bool IsInRange(string number, string range)
    {
        var match = RangePattern().Match(range);
        return !match.Success
            || (long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
                && value >= long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
                && value <= long.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
    }

    public static bool AreValid(IReadOnlyDictionary<string, string> fields, bool strongPasswords) => fields.All(f => f.Key switch
    {
        "extension" => Digits(f.Value, 2, 18),
        "cidnumber" => f.Value.Length == 0 || Digits(f.Value, 2, 32),
        "vmsecret" => f.Value.Length == 0 || Digits(f.Value, 4, 32),
        "secret" or "user_password" => f.Value.Length is >= 4 and <= 32 && (!strongPasswords || Strong(f.Value)),
        "permission" => Permissions.Contains(f.Value),
        "cfu" or "cfb" or "cfn" => f.Value.Length <= 32 && f.Value.All(c => char.IsAsciiDigit(c) || c is '*' or '#' or '+'),
        "email" => f.Value.Length == 0 || f.Value.Contains('@', StringComparison.Ordinal),
        "ring_timeout" => f.Value == UcmRequest.Null
            || (int.TryParse(f.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 3 and <= 600),
        "auto_record" => f.Value is "all" or "external" or "internal" or "off",
        "encryption" => f.Value is "no" or "yes" or "support",
        "dtmfmode" => f.Value is "rfc2833" or "inband" or "info",
        _ => !YesNo.Contains(f.Key) || f.Value is "yes" or "no",
    });

    private static bool Digits(string value, int least, int most) =>
        value.Length >= least && value.Length <= most && value.All(char.IsAsciiDigit);

    private static bool Strong(string value) =>
        value.Any(char.IsUpper) && value.Any(char.IsLower) && value.Any(char.IsDigit) && value.Any(c => !char.IsLetterOrDigit(c));

    [GeneratedRegex("^([0-9]{1,18})-([0-9]{1,18})$")]
    private static partial Regex RangePattern();
}

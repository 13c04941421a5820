using System.Globalization;

namespace CallCenter.Core.Mail;

/// <summary>Mail addresses as the portal takes them: an ASCII local part and a domain that may have other letters.</summary>
public static class MailAddresses
{
    /// <summary>Longest address, in characters.</summary>
    public const int MaxLength = 254;

    private const int LocalMaxLength = 64;

    private static readonly char[] Separators = [',', ';', ' ', '\t', '\r', '\n', '،', '؛'];

    /// <summary>Entries of a list, each once, case aside.</summary>
    public static IReadOnlyList<string> Split(string text) =>
        [.. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Whether mail can be sent there.</summary>
    public static bool IsAddress(string text) => text.Length <= MaxLength && ForEnvelope(text) is not null;

    /// <summary>Whether it is an address or <c>@domain</c>.</summary>
    public static bool IsRule(string text) => text.StartsWith('@') ? IsAddress("a" + text) : IsAddress(text);

    /// <summary>Whether a list of rules covers the address.</summary>
    public static bool Covers(string rules, string address) => Split(rules).Any(rule =>
        rule.StartsWith('@') ? address.EndsWith(rule, StringComparison.OrdinalIgnoreCase) : string.Equals(rule, address, StringComparison.OrdinalIgnoreCase));

    /// <summary>The address as servers want it, the domain in ASCII; null when it is none.</summary>
    public static string? ForEnvelope(string text)
    {
        var at = text.LastIndexOf('@');
        if (at is < 1 or > LocalMaxLength || at == text.Length - 1)
        {
            return null;
        }

        // Quoted local parts are allowed by the standard and by nobody; what is left cannot break out of <…>.
        var (local, domain) = (text[..at], text[(at + 1)..]);
        if (local.StartsWith('.') || local.EndsWith('.') || local.Contains("..", StringComparison.Ordinal)
            || !local.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.".Contains(c, StringComparison.Ordinal)))
        {
            return null;
        }

        try
        {
            var ascii = new IdnMapping { UseStd3AsciiRules = true }.GetAscii(domain);
            return ascii.Contains('.', StringComparison.Ordinal) || ascii == "localhost" ? $"{local}@{ascii}" : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}

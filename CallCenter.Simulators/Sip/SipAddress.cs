using System.Diagnostics.CodeAnalysis;

namespace CallCenter.Simulators.Sip;

/// <summary>A From, To or Contact value: the URI with its user and host, and the parameters behind it.</summary>
public sealed record SipAddress(string Uri, string User, string Host, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>Reads <c>"Name" &lt;sip:user@host:port;x=y&gt;;tag=z</c> or the bare form; false for other schemes and nonsense.</summary>
    public static bool TryParse(string? value, [NotNullWhen(true)] out SipAddress? address)
    {
        address = null;
        if (string.IsNullOrWhiteSpace(value))
        {
            return false;
        }

        var (uri, rest) = Split(value.Trim());
        var scheme = uri.IndexOf(':', StringComparison.Ordinal);
        if (scheme < 0 || uri[..scheme].ToLowerInvariant() is not ("sip" or "sips"))
        {
            return false;
        }

        var hostPart = uri[(scheme + 1)..];
        var at = hostPart.IndexOf('@', StringComparison.Ordinal);
        var user = at < 0 ? "" : hostPart[..at];
        var host = (at < 0 ? hostPart : hostPart[(at + 1)..]).Split(';', '?')[0];
        if (host.Length == 0)
        {
            return false;
        }

        address = new SipAddress(uri, user, host, ReadParameters(rest));
        return true;
    }

    /// <summary>Reads <c>;a=b;c</c>; names in lower case, a name without a value gives an empty one.</summary>
    internal static Dictionary<string, string> ReadParameters(string text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            parameters[equals < 0 ? part : part[..equals].Trim()] = equals < 0 ? "" : part[(equals + 1)..].Trim().Trim('"');
        }

        return parameters;
    }

    private static (string Uri, string Tail) Split(string value)
    {
        // A display name in quotes may hold angle brackets.
        var from = 0;
        if (value[0] == '"')
        {
            for (from = 1; from < value.Length && value[from] != '"'; from++)
            {
                if (value[from] == '\\')
                {
                    from++;
                }
            }
        }

        from = Math.Min(from, value.Length);
        var open = value.IndexOf('<', from);
        var close = open < 0 ? -1 : value.IndexOf('>', open);
        if (open >= 0 && close > open)
        {
            return (value[(open + 1)..close].Trim(), value[(close + 1)..]);
        }

        // Without brackets everything behind the first semicolon belongs to the header, not to the URI.
        var semicolon = value.IndexOf(';', StringComparison.Ordinal);
        return semicolon < 0 ? (value, "") : (value[..semicolon], value[semicolon..]);
    }
}

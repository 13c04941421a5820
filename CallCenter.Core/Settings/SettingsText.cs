namespace CallCenter.Core.Settings;

/// <summary>How typed text is brought into its stored form.</summary>
internal static class SettingsText
{
    /// <summary>Trimmed, without the final dot of a rooted name and the brackets of an IPv6 literal.</summary>
    public static string Host(string text)
    {
        text = text.Trim().TrimEnd('.');
        return text.StartsWith('[') && text.EndsWith(']') ? text[1..^1] : text;
    }

    /// <summary>Upper case, without spaces, colons, dots and hyphens.</summary>
    public static string Hex(string text) =>
        string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not (':' or '-' or '.'))).ToUpperInvariant();

    /// <summary>Host and port of <c>host</c>, <c>host:port</c> or <c>[v6]:port</c>; null when it is none of them.</summary>
    public static (string Host, int? Port)? HostAndPort(string text)
    {
        if (Uri.CheckHostName(text) == UriHostNameType.IPv6)
        {
            return (Host(text), null);
        }

        var colon = text.LastIndexOf(':');
        if (colon < 0 || text.EndsWith(']'))
        {
            return IsHost(Host(text)) ? (Host(text), null) : null;
        }

        var host = Host(text[..colon]);
        return IsHost(host) && int.TryParse(text[(colon + 1)..], System.Globalization.NumberStyles.None, null, out var port) && port is >= 1 and <= 65535
            ? (host, port)
            : null;
    }

    public static bool IsHost(string text) =>
        Uri.CheckHostName(text) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
}

using System.Net;

namespace CallCenter.Infrastructure.Security;

/// <summary>One entry of <see cref="OutboundOptions.Allow"/>.</summary>
internal sealed class OutboundRule
{
    private readonly IPNetwork? _network;
    private readonly string _host;
    private readonly bool _wildcard;

    private OutboundRule(IPNetwork? network, string host, bool wildcard)
    {
        _network = network;
        _host = host;
        _wildcard = wildcard;
    }

    /// <summary>Null when the text is none of the forms.</summary>
    public static OutboundRule? Parse(string text)
    {
        text = text.Trim();
        if (IPNetwork.TryParse(text, out var network))
        {
            return new OutboundRule(network, "", false);
        }

        if (IPAddress.TryParse(text, out var address))
        {
            return new OutboundRule(new IPNetwork(address, address.GetAddressBytes().Length * 8), "", false);
        }

        var wildcard = text.StartsWith("*.", StringComparison.Ordinal);
        var host = (wildcard ? text[2..] : text).TrimEnd('.');
        return Uri.CheckHostName(host) == UriHostNameType.Dns ? new OutboundRule(null, host, wildcard) : null;
    }

    public bool CoversAddress(IPAddress address) => _network is { } network && network.Contains(address);

    public bool CoversHost(string host) => _network is null && (_wildcard
        ? host.EndsWith('.' + _host, StringComparison.OrdinalIgnoreCase)
        : string.Equals(host, _host, StringComparison.OrdinalIgnoreCase));
}

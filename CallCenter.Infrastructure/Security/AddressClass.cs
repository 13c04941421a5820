using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace CallCenter.Infrastructure.Security;

internal enum AddressReach
{
    /// <summary>Globally reachable unicast.</summary>
    Public,

    /// <summary>Loopback, private or shared space: inside someone's network, where a PBX may well be.</summary>
    Private,

    /// <summary>Link-local (cloud metadata lives there), multicast, unspecified, reserved: no PBX is ever there.</summary>
    Special,
}

/// <summary>Sorts addresses by the IANA special-purpose registries (RFC 6890 and successors).</summary>
internal static class AddressClass
{
    private static readonly IPNetwork[] PrivateRanges =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128"), IPNetwork.Parse("fc00::/7"),
    ];

    private static readonly IPNetwork[] SpecialRanges =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.0.2.0/24"),
        IPNetwork.Parse("192.88.99.0/24"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("198.51.100.0/24"),
        IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("224.0.0.0/3"),
        IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("3fff::/20"),

        // Metadata and platform addresses of clouds that sit in otherwise public or private space.
        IPNetwork.Parse("168.63.129.16/32"), IPNetwork.Parse("100.100.100.200/32"), IPNetwork.Parse("fd00:ec2::254/128"),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork V4Compatible = IPNetwork.Parse("::/96");

    /// <summary>The IPv4 address that an IPv6 one stands for (mapped, NAT64, 6to4, compatible), else the address itself.</summary>
    public static IPAddress Innermost(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        if (Nat64.Contains(address))
        {
            return new IPAddress(bytes.AsSpan(12, 4));
        }

        if (SixToFour.Contains(address))
        {
            return new IPAddress(bytes.AsSpan(2, 4));
        }

        // ::1 and :: are in this range too, and are not IPv4.
        return V4Compatible.Contains(address) && BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(12)) > 1
            ? new IPAddress(bytes.AsSpan(12, 4))
            : new IPAddress(bytes);
    }

    /// <summary>Of the innermost address.</summary>
    public static AddressReach Of(IPAddress address)
    {
        var inner = Innermost(address);
        if (Array.Exists(SpecialRanges, range => range.Contains(inner)))
        {
            return AddressReach.Special;
        }

        if (Array.Exists(PrivateRanges, range => range.Contains(inner)))
        {
            return AddressReach.Private;
        }

        return inner.AddressFamily == AddressFamily.InterNetwork || GlobalUnicast.Contains(inner) ? AddressReach.Public : AddressReach.Special;
    }
}

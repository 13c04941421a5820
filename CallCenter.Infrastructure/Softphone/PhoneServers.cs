using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Softphone;

namespace CallCenter.Infrastructure.Softphone;

/// <summary>Addresses and secrets of a session, made from the settings. Pure.</summary>
internal static class PhoneServers
{
    /// <summary>The WebSocket's address; null when neither settings nor connection have one.</summary>
    public static Uri? Socket(PhoneSettings settings, PbxConnection? pbx) =>
        settings.WebSocketUrl.Length > 0 ? new Uri(settings.WebSocketUrl)
        : pbx is { WebSocketPath.Length: > 0, Host.Length: > 0 } ? new UriBuilder("wss", Host(pbx.Host), pbx.Port, pbx.WebSocketPath).Uri
        : null;

    /// <summary>Domain of SIP addresses.</summary>
    public static string Domain(PhoneSettings settings, Uri socket) => settings.SipDomain.Length > 0 ? settings.SipDomain : socket.Host;

    /// <summary>STUN as it is, TURN with credentials of its own for this user.</summary>
    public static IReadOnlyList<PhoneIceServer> Ice(PhoneSettings settings, Secret? turnSecret, string user, DateTimeOffset expires)
    {
        var servers = new List<PhoneIceServer>();
        servers.AddRange(Parse(settings.StunServers).Select(at => new PhoneIceServer([$"stun:{Host(at.Host)}:{at.Port}"], null, null)));
        if (turnSecret is { IsEmpty: false })
        {
            var name = TurnName(user, expires);
            servers.AddRange(Parse(settings.TurnServers).Select(at => new PhoneIceServer(
                [$"turn:{Host(at.Host)}:{at.Port}?transport=udp", $"turn:{Host(at.Host)}:{at.Port}?transport=tcp"], name, TurnCredential(turnSecret, name))));
        }

        return servers;
    }

    /// <summary>User of coturn's REST scheme: when it ends, and who it is for.</summary>
    public static string TurnName(string user, DateTimeOffset expires) => string.Create(CultureInfo.InvariantCulture, $"{expires.ToUnixTimeSeconds()}:{user}");

    /// <summary>Its password.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "coturn's REST scheme is HMAC-SHA1.")]
    public static Secret TurnCredential(Secret shared, string name) =>
        new(Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(shared.Reveal()), Encoding.UTF8.GetBytes(name))));

    /// <summary>What digest by MD5 needs in the place of the password.</summary>
    [SuppressMessage("Security", "CA5351", Justification = "SIP's digest is MD5.")]
    public static Secret Ha1(string user, string realm, Secret password) =>
        new(Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes($"{user}:{realm}:{password.Reveal()}"))));

    private static IReadOnlyList<StunAddress> Parse(string text) => PhoneFormValidator.Servers(text) ?? [];

    private static string Host(string host) => host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') ? $"[{host}]" : host;
}

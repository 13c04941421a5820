namespace CallCenter.Core.Settings;

/// <summary>Host and port of a STUN server.</summary>
public sealed record StunAddress(string Host, int Port)
{
    /// <summary>Reads <c>host</c>, <c>host:port</c> or <c>[v6]:port</c>; null when it is none of them or empty.</summary>
    public static StunAddress? Parse(string? text) =>
        text is { Length: > 0 } && SettingsText.HostAndPort(text) is var (host, port)
            ? new StunAddress(host, port ?? RecordingPolicy.StunDefaultPort)
            : null;
}

namespace CallCenter.Simulators.Sip;

/// <summary>What the endpoint serves.</summary>
public sealed record SipServerOptions
{
    /// <summary>Digest realm; Asterisk's own is <c>asterisk</c>.</summary>
    public string Realm { get; init; } = "asterisk";

    /// <summary>Secret of a user; null for an unknown user.</summary>
    public required Func<string, string?> PasswordOf { get; init; }

    /// <summary>Pause between the bare CRLF frames that the UCM sends; null sends none.</summary>
    public TimeSpan? KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A connection that sends more is closed.</summary>
    public int MessagesPerSecond { get; init; } = 500;

    /// <summary>The PBX's own numbers and its trunk, with sound; null has neither.</summary>
    public SipMediaOptions? Media { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

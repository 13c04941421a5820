namespace CallCenter.Simulators.Sip;

/// <summary>How servers differ without being wrong: the defaults are a UCM's, <see cref="Kamailio"/> and <see cref="Asterisk"/> are theirs.</summary>
public sealed record SipQuirks
{
    /// <summary>INVITE is challenged with this status, 401 as Asterisk does or 407 as proxies do; 0 does not challenge.</summary>
    public int InviteChallenge { get; init; }

    /// <summary>Two Record-Routes, one for each side, as a proxy between two networks writes.</summary>
    public bool TwoRecordRoutes { get; init; }

    /// <summary>INVITE is answered <c>100 trying -- your call is important to us</c> at once.</summary>
    public bool TryingFirst { get; init; }

    /// <summary>Calls over the trunk ring with 183 and sound instead of 180.</summary>
    public bool EarlyMedia { get; init; }

    /// <summary>Calls that the PBX answers itself are kept up with UPDATE, half as often as this; 0 has no session timer.</summary>
    public int SessionSeconds { get; init; }

    /// <summary>Calls of these numbers are answered 302 with another number.</summary>
    public IReadOnlyDictionary<string, string> RedirectByNumber { get; init; } = new Dictionary<string, string>();

    /// <summary>A proxy that routes.</summary>
    public static SipQuirks Kamailio { get; } = new() { InviteChallenge = 407, TwoRecordRoutes = true, TryingFirst = true };

    /// <summary>A back-to-back agent that minds its sessions.</summary>
    public static SipQuirks Asterisk { get; } = new() { InviteChallenge = 401, EarlyMedia = true, TryingFirst = true, SessionSeconds = 8 };
}

namespace CallCenter.Simulators.Sip;

/// <summary>How the endpoint misbehaves or varies.</summary>
public sealed record SipFaults
{
    /// <summary>HTTP status instead of the upgrade (such as 403 or 503); 0 is off.</summary>
    public int HttpStatus { get; init; }

    /// <summary>The socket opens, but the subprotocol is not confirmed even when it was offered.</summary>
    public bool NoSubprotocol { get; init; }

    /// <summary>A client that does not offer <c>sip</c> gets a socket without subprotocol instead of HTTP 400.</summary>
    public bool AcceptWithoutOffer { get; init; }

    /// <summary>Requests are read and not answered; keepalives go on.</summary>
    public bool Silent { get; init; }

    /// <summary>Answers are text that is no SIP.</summary>
    public bool Garbage { get; init; }

    /// <summary>OPTIONS is answered with this status instead of 200; 0 is off.</summary>
    public int OptionsStatus { get; init; }

    /// <summary>The socket is aborted as soon as it is open.</summary>
    public bool DropAfterOpen { get; init; }

    /// <summary>Nothing is answered, relayed or sent, and the sockets stay open: a server that hangs.</summary>
    public bool Frozen { get; init; }

    /// <summary>REGISTER with the right credentials is answered with this status; 0 is off.</summary>
    public int RegisterStatus { get; init; }

    /// <summary>What goes out waits this long. Two phones that hold each other's call meanwhile meet in glare.</summary>
    public int DelayMilliseconds { get; init; }

    /// <summary>So many of the next re-INVITEs are answered 491.</summary>
    public int Glare { get; init; }

    /// <summary>Calls to these numbers are answered with the status. Any number from 300 to 699 that nobody holds is its own status.</summary>
    public IReadOnlyDictionary<string, int> StatusByNumber { get; init; } = new Dictionary<string, int>();
}

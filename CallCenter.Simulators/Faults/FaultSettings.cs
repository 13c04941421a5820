namespace CallCenter.Simulators.Faults;

/// <summary>How a simulated peer misbehaves at this moment. The default is a well-behaved peer.</summary>
public sealed record FaultSettings
{
    /// <summary>The listener is closed and open connections are reset, as if the peer were switched off.</summary>
    public bool RefuseConnections { get; init; }

    /// <summary>Pause before each response. Real time, not the simulator's clock.</summary>
    public TimeSpan ResponseDelay { get; init; }

    /// <summary>The header announces the whole body, half of it is sent, then the connection is reset.</summary>
    public bool DropHalfWay { get; init; }

    /// <summary>HTTP 200 with bytes that are no answer in any protocol.</summary>
    public bool Garbage { get; init; }

    /// <summary>Every session or token counts as expired when it is used, even a fresh one.</summary>
    public bool ExpireSessions { get; init; }

    /// <summary>Added to the peer's clock; negative is slow.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>New TLS connections are shown another certificate than the one the peer began with.</summary>
    public bool WrongCertificate { get; init; }
}

namespace CallCenter.Simulators.Faults;

/// <summary>
/// The misbehaviour of one simulated peer, switched while it runs. Safe to read and write from any thread:
/// readers see one whole <see cref="FaultSettings"/>.
/// </summary>
public sealed class FaultSwitch
{
    private readonly Lock _gate = new();
    private volatile FaultSettings _current = new();
    private long _requests;
    private long _connections;
    private long _sessionGeneration;

    /// <summary>Raised after a change, with the settings before and after, on the thread that made it.</summary>
    public event Action<FaultSettings, FaultSettings>? Changed;

    /// <summary>The settings in force.</summary>
    public FaultSettings Current => _current;

    /// <summary>Requests that reached the peer since it started, the spoiled ones included.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Connections accepted since the peer started.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Sessions made under an earlier generation are expired. See <see cref="ExpireSessionsOnce"/>.</summary>
    public long SessionGeneration => Interlocked.Read(ref _sessionGeneration);

    public bool RefuseConnections
    {
        get => _current.RefuseConnections;
        set => Update(s => s with { RefuseConnections = value });
    }

    public TimeSpan ResponseDelay
    {
        get => _current.ResponseDelay;
        set => Update(s => s with { ResponseDelay = value });
    }

    public bool DropHalfWay
    {
        get => _current.DropHalfWay;
        set => Update(s => s with { DropHalfWay = value });
    }

    public bool Garbage
    {
        get => _current.Garbage;
        set => Update(s => s with { Garbage = value });
    }

    public bool ExpireSessions
    {
        get => _current.ExpireSessions;
        set => Update(s => s with { ExpireSessions = value });
    }

    public TimeSpan ClockSkew
    {
        get => _current.ClockSkew;
        set => Update(s => s with { ClockSkew = value });
    }

    public bool WrongCertificate
    {
        get => _current.WrongCertificate;
        set => Update(s => s with { WrongCertificate = value });
    }

    /// <summary>Changes the settings in one step.</summary>
    public void Update(Func<FaultSettings, FaultSettings> change)
    {
        FaultSettings before;
        FaultSettings after;
        lock (_gate)
        {
            before = _current;
            after = _current = change(before);
        }

        if (before != after)
        {
            Changed?.Invoke(before, after);
        }
    }

    /// <summary>Back to a well-behaved peer.</summary>
    public void Reset() => Update(_ => new FaultSettings());

    /// <summary>Ends the sessions that exist now; new ones live normally.</summary>
    public void ExpireSessionsOnce() => Interlocked.Increment(ref _sessionGeneration);

    /// <summary>The peer's own idea of the time.</summary>
    public DateTimeOffset Now(TimeProvider time) => time.GetUtcNow() + _current.ClockSkew;

    internal void CountRequest() => Interlocked.Increment(ref _requests);

    internal void CountConnection() => Interlocked.Increment(ref _connections);
}

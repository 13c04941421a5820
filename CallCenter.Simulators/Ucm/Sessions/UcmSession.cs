namespace CallCenter.Simulators.Ucm.Sessions;

internal sealed class UcmSession(string cookie, UcmApiUser user, long generation, DateTimeOffset now)
{
    private int _running;

    public string Cookie => cookie;

    public UcmApiUser User => user;

    /// <summary>See <see cref="Faults.FaultSwitch.SessionGeneration"/>.</summary>
    public long Generation => generation;

    public DateTimeOffset LastUse { get; set; } = now;

    /// <summary>Number of calls in this session that are under way, this one included.</summary>
    public int Enter() => Interlocked.Increment(ref _running);

    public void Leave() => Interlocked.Decrement(ref _running);
}

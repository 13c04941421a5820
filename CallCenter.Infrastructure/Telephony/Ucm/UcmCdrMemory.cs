namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>What was learned about one PBX's call detail; costs a few requests to learn again after a restart.</summary>
internal sealed class UcmCdrMemory
{
    private const int MostRuns = 200;

    private readonly Lock _gate = new();
    private List<UcmOffsets.Observation> _runs = [];

    /// <summary>Null until a request with times brought rows.</summary>
    public UcmTimeStyle? Style { get; set; }

    /// <summary>Offset that the PBX's clock showed; null when it would not say.</summary>
    public TimeSpan? SystemOffset { get; set; }

    public DateTimeOffset? ClockReadAt { get; set; }

    public IReadOnlyList<UcmOffsets.Observation> Runs
    {
        get
        {
            lock (_gate)
            {
                return [.. _runs];
            }
        }
    }

    public void Keep(UcmOffsets offsets)
    {
        lock (_gate)
        {
            _runs = [.. offsets.Runs.TakeLast(MostRuns)];
        }
    }
}

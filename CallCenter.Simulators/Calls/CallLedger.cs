namespace CallCenter.Simulators.Calls;

/// <summary>Every finished call of a simulated PBX. Safe to read while calls are added.</summary>
/// <param name="zone">The PBX's own zone; decides which month a leg is counted in.</param>
public sealed class CallLedger(TimeZoneInfo zone)
{
    private readonly Lock _gate = new();
    private readonly List<LedgerCall> _calls = [];
    private readonly Dictionary<int, long> _perMonth = [];
    private LedgerCall[]? _snapshot = [];
    private long _lastAcctId;

    /// <summary>Raised after calls were added, on the thread that added them.</summary>
    public event Action<IReadOnlyList<LedgerCall>>? Added;

    /// <summary>In the order the PBX wrote them, which is that of their ends. A snapshot.</summary>
    public IReadOnlyList<LedgerCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return _snapshot ??= [.. _calls];
            }
        }
    }

    /// <summary>Writes finished calls and numbers their legs.</summary>
    /// <returns>The calls as written.</returns>
    public IReadOnlyList<LedgerCall> Add(IEnumerable<LedgerCall> calls)
    {
        List<LedgerCall> written = [];
        lock (_gate)
        {
            foreach (var call in calls)
            {
                written.Add(call with { Legs = [.. call.Legs.Select(Number)] });
            }

            _calls.AddRange(written);
            if (written.Count > 0)
            {
                _snapshot = null;
            }
        }

        if (written.Count > 0)
        {
            Added?.Invoke(written);
        }

        return written;
    }

    private LedgerLeg Number(LedgerLeg leg)
    {
        var local = TimeZoneInfo.ConvertTime(leg.Start, zone);
        var month = (local.Year * 12) + local.Month;
        var inMonth = _perMonth.GetValueOrDefault(month) + 1;
        _perMonth[month] = inMonth;
        return leg with { AcctId = ++_lastAcctId, MonthlyAcctId = inMonth };
    }
}

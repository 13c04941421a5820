namespace CallCenter.Simulators.Calls;

/// <summary>
/// Lets a generator's calls happen as time passes: finished ones go to the ledger, the others are live. Driven by whoever
/// looks (no timer), so a frozen clock gives a frozen PBX. Safe for concurrent callers.
/// </summary>
public sealed class CallSchedule(CallGenerator generator, CallLedger ledger)
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<LedgerCall, DateTimeOffset> _unfinished = new();
    private readonly HashSet<string> _held = [];
    private DateOnly _next = generator.Options.From;
    private int _singles;

    /// <summary>Writes every call that has ended by now.</summary>
    public void AdvanceTo(DateTimeOffset now)
    {
        lock (_gate)
        {
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, generator.Options.Zone).DateTime);
            for (; _next <= today && (generator.Options.To is not { } last || _next <= last); _next = _next.AddDays(1))
            {
                foreach (var call in generator.Day(_next))
                {
                    _unfinished.Enqueue(call, call.EndUtc);
                }
            }

            LeaveHeld(now);
            List<LedgerCall> ended = [];
            while (_unfinished.TryPeek(out var call, out var end) && end <= now)
            {
                ended.Add(call);
                _unfinished.Dequeue();
            }

            ledger.Add(ended);
        }
    }

    /// <summary>Calls that have begun and not ended.</summary>
    public IReadOnlyList<LedgerCall> LiveAt(DateTimeOffset now)
    {
        lock (_gate)
        {
            LeaveHeld(now);
            return [.. _unfinished.UnorderedItems.Select(i => i.Element).Where(c => c.StartUtc <= now && c.EndUtc > now).OrderBy(c => c.StartUtc)];
        }
    }

    /// <summary>
    /// Whether a phone that really exists has the extension: what it does not know of, it has not called or answered, so the generator's
    /// calls by it or answered at it do not happen until it leaves.
    /// </summary>
    public void Hold(string extension, bool isHeld)
    {
        lock (_gate)
        {
            _ = isHeld ? _held.Add(extension) : _held.Remove(extension);
        }
    }

    /// <summary>Adds a call that has just ended.</summary>
    /// <returns>It, and the question before an attended transfer, as written.</returns>
    public IReadOnlyList<LedgerCall> AddFinished(Scenario scenario, DateTimeOffset now)
    {
        lock (_gate)
        {
            return ledger.Add(generator.One(scenario, now, ++_singles));
        }
    }

    private void LeaveHeld(DateTimeOffset now)
    {
        if (_held.Count == 0)
        {
            return;
        }

        foreach (var call in _unfinished.UnorderedItems.Select(item => item.Element).Where(c => c.StartUtc <= now && IsOfHeld(c)).ToList())
        {
            _unfinished.Remove(call, out _, out _);
        }
    }

    private bool IsOfHeld(LedgerCall call) =>
        call.Legs.Any(leg => _held.Contains(leg.ChannelExtension) || (leg.Answer is not null && _held.Contains(leg.DestinationExtension)));
}

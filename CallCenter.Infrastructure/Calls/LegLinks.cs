namespace CallCenter.Infrastructure.Calls;

/// <summary>Which legs hang together by unique id or session. More may hang together here than the assembler joins; never less.</summary>
internal sealed class LegLinks
{
    private readonly Dictionary<string, List<LegKey>> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<LegKey>> _bySession = new(StringComparer.Ordinal);
    private readonly Dictionary<LegKey, (string First, string? Second)> _sessions = [];

    /// <summary>A leg added twice, as it was and as it is now, hangs together by both sessions.</summary>
    public void Add(LegKey key, string uniqueId, string session)
    {
        var isNew = _sessions.TryAdd(key, (session, null));
        if (isNew && uniqueId.Length > 0)
        {
            Of(_byId, uniqueId).Add(key);
        }

        if (!isNew)
        {
            if (_sessions[key].First == session)
            {
                return;
            }

            _sessions[key] = (_sessions[key].First, session);
        }

        if (LinkedLegs.Joins(session))
        {
            Of(_bySession, session).Add(key);
        }
    }

    /// <summary>The given legs and all that hang together with them.</summary>
    public HashSet<LegKey> Reach(IReadOnlyCollection<LegKey> from)
    {
        var reached = new HashSet<LegKey>(from);
        var open = new Stack<LegKey>(from);
        var seenIds = new HashSet<string>(StringComparer.Ordinal);
        var seenSessions = new HashSet<string>(StringComparer.Ordinal);
        while (open.TryPop(out var key))
        {
            Visit(_byId, seenIds, key.UniqueId);
            if (_sessions.TryGetValue(key, out var sessions))
            {
                Visit(_bySession, seenSessions, sessions.First);
                Visit(_bySession, seenSessions, sessions.Second ?? "");
            }
        }

        return reached;

        void Visit(Dictionary<string, List<LegKey>> index, HashSet<string> seen, string value)
        {
            if (value.Length > 0 && index.TryGetValue(value, out var neighbours) && seen.Add(value))
            {
                foreach (var neighbour in neighbours)
                {
                    if (reached.Add(neighbour))
                    {
                        open.Push(neighbour);
                    }
                }
            }
        }
    }

    /// <summary>The sessions, old and new, by which the legs could be joined to others.</summary>
    public IEnumerable<string> SessionsOf(IEnumerable<LegKey> keys)
    {
        foreach (var key in keys)
        {
            var (first, second) = _sessions[key];
            if (LinkedLegs.Joins(first))
            {
                yield return first;
            }

            if (second is not null && LinkedLegs.Joins(second))
            {
                yield return second;
            }
        }
    }

    private static List<LegKey> Of(Dictionary<string, List<LegKey>> index, string value)
    {
        if (!index.TryGetValue(value, out var list))
        {
            index[value] = list = new List<LegKey>(2);
        }

        return list;
    }
}

using CallCenter.Core.Telephony;

namespace CallCenter.Core.Calls;

/// <summary>
/// Puts legs together to calls. Pure: the same legs give the same calls in whatever order, however often repeated, and however
/// split into batches, as long as the calls that a new leg touches are assembled again with it.
/// </summary>
/// <remarks>
/// A new leg touches the calls that have a leg with its <see cref="CdrLeg.UniqueId"/> or, where both are not empty, its
/// <see cref="CdrLeg.Session"/>. See docs/adr/0006-cdr-regrouping.md.
/// </remarks>
public static class CallAssembler
{
    /// <summary>Raised with every change of the rules that shows in stored calls; calls of older rules are put together anew.</summary>
    public const int RulesVersion = 2;

    private const int EpochDigits = 10;

    /// <summary>Groups the legs of one PBX by unique id, then joins groups by session, and reads each group as one call.</summary>
    /// <param name="legs">Legs of one PBX. Of a leg that occurs twice the later state counts.</param>
    /// <returns>The calls by start, then by key.</returns>
    public static IReadOnlyList<AssembledCall> Assemble(IEnumerable<CdrLeg> legs)
    {
        var ordered = WithoutRepetitions(legs);
        var groups = new DisjointSets(ordered.Length);
        Join(groups, ordered, l => l.UniqueId, always: HasEpoch, joinable: id => id.Length > 0);
        Join(groups, ordered, l => l.Session, always: _ => false, joinable: HasEpoch);

        var byRoot = new Dictionary<int, List<CdrLeg>>();
        for (var i = 0; i < ordered.Length; i++)
        {
            var root = groups.Find(i);
            if (!byRoot.TryGetValue(root, out var members))
            {
                byRoot[root] = members = [];
            }

            members.Add(ordered[i]);
        }

        var calls = byRoot.Values.Select(members => CallReading.Read(KeyOf(members[0]), members)).ToArray();
        Array.Sort(calls, static (a, b) =>
        {
            var byStart = a.StartedAtUtc.CompareTo(b.StartedAtUtc);
            return byStart != 0 ? byStart : string.CompareOrdinal(a.CallKey, b.CallKey);
        });
        return calls;
    }

    /// <summary>
    /// True for ids that name a second: <c>epoch.seq</c>, with or without a system name in front, and sessions, which begin with
    /// an epoch.
    /// </summary>
    private static bool HasEpoch(string id) =>
        EpochAt(id, 0) || (id.LastIndexOf('-') is var dash and > 0 && id.IndexOf('.', dash) > dash + EpochDigits && EpochAt(id, dash + 1));

    private static bool EpochAt(string id, int start) =>
        id.Length - start >= EpochDigits && id[start] != '0'
        && id.AsSpan(start, EpochDigits).IndexOfAnyExceptInRange('0', '9') < 0;

    // An id without a time in it may come again with another call, so the start makes the key unique.
    private static string KeyOf(CdrLeg first)
    {
        if (HasEpoch(first.UniqueId))
        {
            return first.UniqueId;
        }

        var id = first.UniqueId.Length > 0 ? first.UniqueId : first.Session.Length > 0 ? first.Session : first.AccountId;
        var start = FormattableString.Invariant($"@{first.StartUtc:yyyyMMddHHmmss}");
        return id[..Math.Min(id.Length, Call.PbxIdMaxLength - start.Length)] + start;
    }

    private static CdrLeg[] WithoutRepetitions(IEnumerable<CdrLeg> legs)
    {
        var latest = new Dictionary<(string AccountId, string UniqueId, DateTime StartLocal), CdrLeg>();
        foreach (var leg in legs)
        {
            var key = (leg.AccountId, leg.UniqueId, leg.StartLocal);
            if (!latest.TryGetValue(key, out var other) || LegOrder.CompareState(leg, other) > 0)
            {
                latest[key] = leg;
            }
        }

        CdrLeg[] ordered = [.. latest.Values];
        Array.Sort(ordered, LegOrder.Compare);
        return ordered;
    }

    private static void Join(
        DisjointSets groups, CdrLeg[] ordered, Func<CdrLeg, string> idOf, Func<string, bool> always, Func<string, bool> joinable)
    {
        var open = new Dictionary<string, (int Index, DateTime EndUtc)>(StringComparer.Ordinal);
        for (var i = 0; i < ordered.Length; i++)
        {
            var id = idOf(ordered[i]);
            if (!joinable(id))
            {
                continue;
            }

            var end = ordered[i].EndUtc;
            if (open.TryGetValue(id, out var last) && (always(id) || ordered[i].StartUtc - last.EndUtc <= CallRules.LongestSilence))
            {
                groups.Union(last.Index, i);
                end = last.EndUtc > end ? last.EndUtc : end;
            }

            open[id] = (i, end);
        }
    }

    private sealed class DisjointSets(int count)
    {
        private readonly int[] _parents = [.. Enumerable.Range(0, count)];

        public int Find(int i)
        {
            while (_parents[i] != i)
            {
                i = _parents[i] = _parents[_parents[i]];
            }

            return i;
        }

        // The earlier leg stays the root, so that nothing depends on the order of joining.
        public void Union(int a, int b)
        {
            var (x, y) = (Find(a), Find(b));
            _parents[Math.Max(x, y)] = Math.Min(x, y);
        }
    }
}

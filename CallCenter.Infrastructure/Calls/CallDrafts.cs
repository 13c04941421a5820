using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Clients;

namespace CallCenter.Infrastructure.Calls;

/// <summary>A call as it will be stored if nothing stored hangs together with it; its client is not known yet.</summary>
internal sealed record CallDraft(AssembledCall Assembled, Call Call, IReadOnlyList<CallParticipant> Parts, IReadOnlyList<CallLeg> Legs);

/// <summary>
/// What can be said of a batch without the database: its legs as rows, and the calls they make by themselves. Pure, so that it can be
/// made while the batch before is written.
/// </summary>
internal sealed class CallDrafts
{
    private readonly TenantInfo _tenant;
    private readonly Guid _pbxId;
    private Task<CallDraft[]>? _calls;

    private CallDrafts(TenantInfo tenant, Guid pbxId, Dictionary<LegKey, CallLeg> legs)
    {
        (_tenant, _pbxId) = (tenant, pbxId);
        (Legs, Ties) = (legs, LegTies.Of(legs.Values));
    }

    /// <summary>The legs as rows; of legs with the same key the last one.</summary>
    public Dictionary<LegKey, CallLeg> Legs { get; }

    /// <summary>By what the legs may hang together with stored ones.</summary>
    public LegTies Ties { get; }

    /// <summary>The calls of the legs, by start. Made when first asked for, if they were not begun before.</summary>
    public Task<CallDraft[]> CallsAsync() => _calls ??= Task.Run(() => Draft(_tenant, _pbxId, Legs));

    /// <param name="tenant">Owner of the rows.</param>
    /// <param name="pbxId">The PBX.</param>
    /// <param name="legs">The batch.</param>
    /// <param name="withCalls">Begins to make the calls at once: right for history that was never read, wasted on legs that are stored already.</param>
    public static CallDrafts Make(TenantInfo tenant, Guid pbxId, IReadOnlyCollection<CdrLeg> legs, bool withCalls)
    {
        var rows = new Dictionary<LegKey, CallLeg>(legs.Count);
        var scratch = new CopyBuffer();
        foreach (var leg in legs)
        {
            var row = LegMapping.ToRow(leg, tenant.Id, pbxId, scratch);
            rows[LegKey.Of(row)] = row;
        }

        var drafts = new CallDrafts(tenant, pbxId, rows);
        if (withCalls)
        {
            _ = drafts.CallsAsync();
        }

        return drafts;
    }

    /// <summary>
    /// The calls among <paramref name="touched"/> legs that no stored leg has to do with. Whoever shares an id or a session with a stored
    /// leg, or with one that does, and so on, must be put together anew.
    /// </summary>
    /// <param name="touched">Legs that are new or changed, and all that hang together with them.</param>
    /// <param name="stored">The stored legs known.</param>
    public async Task<IReadOnlyList<CallDraft>> UntiedAsync(IReadOnlySet<LegKey> touched, IReadOnlyDictionary<LegKey, StoredLeg> stored)
    {
        var calls = await CallsAsync();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var sessions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var leg in stored.Values)
        {
            if (touched.Contains(leg.Key))
            {
                Tie(leg.UniqueId, leg.Session);
            }
        }

        // Where all legs are touched, their own set was taken over; with nothing stored among them there is nothing to look up.
        var isAll = ReferenceEquals(touched, Ties.Keys);
        if (isAll && ids.Count + sessions.Count + Ties.AccountIds.Count == 0)
        {
            return calls;
        }

        var untied = isAll ? [.. calls] : calls.Where(draft => touched.Contains(LegKey.Of(draft.Legs[0]))).ToList();
        while ((ids.Count + sessions.Count > 0 || Ties.AccountIds.Count > 0) && untied.RemoveAll(draft => draft.Legs.Any(IsTied) && TieAll(draft)) > 0)
        {
        }

        return untied;

        // One without a unique id is tied to nothing by it, but may be stored itself.
        bool IsTied(CallLeg leg) =>
            (leg.UniqueId.Length > 0 ? ids.Contains(leg.UniqueId) : stored.ContainsKey(LegKey.Of(leg)))
            || (LinkedLegs.Joins(leg.Session) && sessions.Contains(leg.Session));

        bool TieAll(CallDraft draft)
        {
            foreach (var leg in draft.Legs)
            {
                Tie(leg.UniqueId, leg.Session);
            }

            return true;
        }

        void Tie(string id, string session)
        {
            if (id.Length > 0)
            {
                ids.Add(id);
            }

            if (LinkedLegs.Joins(session))
            {
                sessions.Add(session);
            }
        }
    }

    private static CallDraft[] Draft(TenantInfo tenant, Guid pbxId, Dictionary<LegKey, CallLeg> legs)
    {
        var assembled = CallPlan.Assemble(legs, []);
        var outside = CallClients.NumbersOf(assembled, tenant.CountryCode);
        var drafts = new CallDraft[assembled.Count];
        for (var i = 0; i < drafts.Length; i++)
        {
            var call = LegMapping.ToCall(assembled[i], LegMapping.NewId(assembled[i]), tenant.Id, pbxId, outside[i], ClientMatch.None);
            var rows = new CallLeg[assembled[i].Legs.Count];
            for (var leg = 0; leg < rows.Length; leg++)
            {
                rows[leg] = legs[LegKey.Of(assembled[i].Legs[leg])];
            }

            drafts[i] = new CallDraft(assembled[i], call, LegMapping.ToParticipants(assembled[i], call), rows);
        }

        return drafts;
    }
}

using CallCenter.Core.Calls;
using CallCenter.Infrastructure.Clients;

namespace CallCenter.Infrastructure.Calls;

/// <summary>A stored leg that belongs to another call now.</summary>
internal sealed record MovedLeg(Guid TenantId, Guid PbxId, LegKey Key, Guid CallId);

/// <summary>
/// What must change in the database so that it holds the batch: pure, so that each case can be tested without one.
/// </summary>
internal sealed class CallPlan
{
    public List<CallLeg> NewLegs { get; } = [];

    public List<CallLeg> ChangedLegs { get; } = [];

    public List<MovedLeg> MovedLegs { get; } = [];

    public List<Call> NewCalls { get; } = [];

    public List<Call> ChangedCalls { get; } = [];

    public List<Guid> AbsorbedCallIds { get; } = [];

    /// <summary>Participants of new calls, and of calls whose participants changed.</summary>
    public List<CallParticipant> NewParticipants { get; } = [];

    /// <summary>Stored calls whose participants are written anew.</summary>
    public List<Guid> ChangedParticipants { get; } = [];

    /// <summary>What followers are told.</summary>
    public List<CallChange> Changes { get; } = [];

    /// <summary>Where absorbed calls went.</summary>
    public Dictionary<Guid, Guid> Absorbed { get; } = [];

    /// <summary>The calls that the legs make.</summary>
    /// <param name="read">Legs of the batch that are new, changed, or hang together with one that is; without calls.</param>
    /// <param name="others">Stored legs that hang together with them and are not in the batch.</param>
    public static IReadOnlyList<AssembledCall> Assemble(IReadOnlyDictionary<LegKey, CallLeg> read, IReadOnlyCollection<CallLeg> others) =>
        CallAssembler.Assemble(others.Concat(read.Values).Select(LegMapping.ToLeg));

    /// <param name="assembled">The calls that the legs make.</param>
    /// <param name="clients">Their outside numbers and whose those are.</param>
    /// <param name="read">As in <see cref="Assemble"/>.</param>
    /// <param name="stored">How any of these legs are stored.</param>
    /// <param name="storedCalls">The calls that stored legs among them belong to.</param>
    /// <param name="storedParts">The participants of those.</param>
    /// <param name="tenantId">Owner of the new rows.</param>
    /// <param name="pbxId">The PBX of the batch.</param>
    public static CallPlan Make(
        IReadOnlyList<AssembledCall> assembled,
        CallClients clients,
        IReadOnlyDictionary<LegKey, CallLeg> read,
        IReadOnlyDictionary<LegKey, StoredLeg> stored,
        IReadOnlyCollection<Call> storedCalls,
        ILookup<Guid, CallParticipant> storedParts,
        Guid tenantId,
        Guid pbxId)
    {
        var plan = new CallPlan();
        var ids = ChooseIds(assembled, stored, storedCalls);
        var callsById = storedCalls.ToDictionary(call => call.Id);
        var (left, right) = (new CopyBuffer(), new CopyBuffer());

        for (var i = 0; i < assembled.Count; i++)
        {
            var call = LegMapping.ToCall(assembled[i], ids[i], tenantId, pbxId, clients.Outside[i], clients.OwnerOf(i));
            var parts = LegMapping.ToParticipants(assembled[i], call);
            var partsBefore = storedParts[call.Id].OrderBy(part => part.Extension, StringComparer.Ordinal).ToList();
            if (!callsById.TryGetValue(call.Id, out var storedCall))
            {
                plan.NewCalls.Add(call);
            }
            else if (!SameRow<Call, CallMap>(call, storedCall, left, right))
            {
                plan.ChangedCalls.Add(call);
            }

            plan.PlaceParticipants(call, storedCall, partsBefore, parts, left, right);
            plan.Changes.Add(new CallChange(storedCall, partsBefore, call, parts, assembled[i]));

            foreach (var leg in assembled[i].Legs)
            {
                var key = LegKey.Of(leg);
                plan.Place(key, call, read, stored);
                if (stored.TryGetValue(key, out var old) && old.CallId != call.Id)
                {
                    plan.Absorbed[old.CallId] = call.Id;
                }
            }
        }

        plan.AbsorbedCallIds.AddRange(callsById.Keys.Except(ids));
        foreach (var id in plan.Absorbed.Keys.Except(plan.AbsorbedCallIds).ToList())
        {
            // It gave legs away and lives on.
            plan.Absorbed.Remove(id);
        }

        plan.Changes.AddRange(plan.AbsorbedCallIds.Select(id => new CallChange(callsById[id], [.. storedParts[id]], null, [], null)));
        return plan;
    }

    /// <summary>Adds calls that are new as they were drafted.</summary>
    public void Add(IReadOnlyList<CallDraft> drafts, CallClients clients)
    {
        NewCalls.EnsureCapacity(NewCalls.Count + drafts.Count);
        Changes.EnsureCapacity(Changes.Count + drafts.Count);
        foreach (var draft in drafts)
        {
            var owner = clients.OwnerOfNumber(draft.Call.OutsideE164);
            (draft.Call.ClientId, draft.Call.ClientCount) = (owner.ClientId, owner.Count);
            foreach (var leg in draft.Legs)
            {
                leg.CallId = draft.Call.Id;
            }

            NewCalls.Add(draft.Call);
            NewLegs.AddRange(draft.Legs);
            NewParticipants.AddRange(draft.Parts);
            Changes.Add(new CallChange(null, [], draft.Call, draft.Parts, draft.Assembled));
        }
    }

    /// <summary>A call keeps its id while its key lives; a merged one takes the oldest id of those that became part of it.</summary>
    private static Guid[] ChooseIds(
        IReadOnlyList<AssembledCall> assembled, IReadOnlyDictionary<LegKey, StoredLeg> stored, IReadOnlyCollection<Call> storedCalls)
    {
        var idsByKey = storedCalls.ToDictionary(call => call.CallKey, call => call.Id, StringComparer.Ordinal);
        var starts = storedCalls.ToDictionary(call => call.Id, call => call.StartedAtUtc);
        var ids = new Guid[assembled.Count];
        var taken = new HashSet<Guid>();
        for (var i = 0; i < ids.Length; i++)
        {
            if (idsByKey.TryGetValue(assembled[i].CallKey, out var id) && taken.Add(id))
            {
                ids[i] = id;
            }
        }

        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i] == Guid.Empty)
            {
                ids[i] = assembled[i].Legs
                    .Select(leg => stored.TryGetValue(LegKey.Of(leg), out var row) ? row.CallId : Guid.Empty)
                    .Where(id => starts.ContainsKey(id) && !taken.Contains(id))
                    .OrderBy(id => starts[id])
                    .FirstOrDefault();
                if (ids[i] == Guid.Empty)
                {
                    ids[i] = LegMapping.NewId(assembled[i]);
                }

                taken.Add(ids[i]);
            }
        }

        return ids;
    }

    private void PlaceParticipants(
        Call call, Call? storedCall, List<CallParticipant> before, IReadOnlyList<CallParticipant> after, CopyBuffer left, CopyBuffer right)
    {
        if (storedCall is not null
            && before.Count == after.Count
            && before.Zip(after).All(pair => SameRow<CallParticipant, CallParticipantMap>(pair.First, pair.Second, left, right)))
        {
            return;
        }

        NewParticipants.AddRange(after);
        if (storedCall is not null)
        {
            ChangedParticipants.Add(call.Id);
        }
    }

    private static bool SameRow<T, TMap>(T left, T right, CopyBuffer leftBytes, CopyBuffer rightBytes)
        where TMap : IRowMap<T>
    {
        leftBytes.Clear();
        rightBytes.Clear();
        TMap.Write(left, leftBytes);
        TMap.Write(right, rightBytes);
        return leftBytes.Written.Span.SequenceEqual(rightBytes.Written.Span);
    }

    private void Place(LegKey key, Call call, IReadOnlyDictionary<LegKey, CallLeg> read, IReadOnlyDictionary<LegKey, StoredLeg> stored)
    {
        stored.TryGetValue(key, out var old);
        if (read.TryGetValue(key, out var leg))
        {
            leg.CallId = call.Id;
            if (old is null)
            {
                NewLegs.Add(leg);
                return;
            }

            if (old.ContentHash != leg.ContentHash)
            {
                ChangedLegs.Add(leg);
                return;
            }
        }

        if (old!.CallId != call.Id)
        {
            MovedLegs.Add(new MovedLeg(call.TenantId, call.PbxId, key, call.Id));
        }
    }
}

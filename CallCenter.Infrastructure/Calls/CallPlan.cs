using CallCenter.Core.Calls;

namespace CallCenter.Infrastructure.Calls;

/// <summary>
/// What must change in the database so that it holds the batch: pure, so that each case can be tested without one.
/// </summary>
internal sealed class CallPlan
{
    public List<CallLeg> NewLegs { get; } = [];

    public List<CallLeg> ChangedLegs { get; } = [];

    public List<CallLeg> MovedLegs { get; } = [];

    public List<Call> NewCalls { get; } = [];

    public List<Call> ChangedCalls { get; } = [];

    public List<Guid> AbsorbedCallIds { get; } = [];

    /// <param name="batch">Legs as just read, each key once, without calls.</param>
    /// <param name="stored">Every stored leg that is linked to one of the batch, however indirectly.</param>
    /// <param name="storedCalls">The calls of <paramref name="stored"/>.</param>
    /// <param name="tenantId">Owner of the new rows.</param>
    /// <param name="pbxId">The PBX of the batch.</param>
    public static CallPlan Make(
        IReadOnlyDictionary<LegKey, CallLeg> batch,
        IReadOnlyDictionary<LegKey, CallLeg> stored,
        IReadOnlyCollection<Call> storedCalls,
        Guid tenantId,
        Guid pbxId)
    {
        var plan = new CallPlan();
        var legs = stored.Values.Where(leg => !batch.ContainsKey(LegKey.Of(leg))).Concat(batch.Values).Select(LegMapping.ToLeg);
        var assembled = CallAssembler.Assemble(legs);
        var ids = ChooseIds(assembled, stored, storedCalls);
        var callsById = storedCalls.ToDictionary(call => call.Id);
        var (left, right) = (new CopyBuffer(), new CopyBuffer());

        for (var i = 0; i < assembled.Count; i++)
        {
            var call = LegMapping.ToCall(assembled[i], ids[i], tenantId, pbxId);
            if (!callsById.TryGetValue(call.Id, out var storedCall))
            {
                plan.NewCalls.Add(call);
            }
            else if (!SameRow(call, storedCall, left, right))
            {
                plan.ChangedCalls.Add(call);
            }

            foreach (var leg in assembled[i].Legs)
            {
                plan.Place(LegKey.Of(leg), call.Id, batch, stored);
            }
        }

        plan.AbsorbedCallIds.AddRange(callsById.Keys.Except(ids));
        return plan;
    }

    /// <summary>A call keeps its id while its key lives; a merged one takes the oldest id of those that became part of it.</summary>
    private static Guid[] ChooseIds(
        IReadOnlyList<AssembledCall> assembled, IReadOnlyDictionary<LegKey, CallLeg> stored, IReadOnlyCollection<Call> storedCalls)
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
                    // By start, so that history fetched late still lies in the order in which it is read.
                    ids[i] = Guid.CreateVersion7(new DateTimeOffset(assembled[i].StartedAtUtc));
                }

                taken.Add(ids[i]);
            }
        }

        return ids;
    }

    private static bool SameRow(Call left, Call right, CopyBuffer leftBytes, CopyBuffer rightBytes)
    {
        leftBytes.Clear();
        rightBytes.Clear();
        CallMap.Write(left, leftBytes);
        CallMap.Write(right, rightBytes);
        return leftBytes.Written.Span.SequenceEqual(rightBytes.Written.Span);
    }

    private void Place(LegKey key, Guid callId, IReadOnlyDictionary<LegKey, CallLeg> batch, IReadOnlyDictionary<LegKey, CallLeg> stored)
    {
        stored.TryGetValue(key, out var old);
        if (batch.TryGetValue(key, out var read))
        {
            read.CallId = callId;
            if (old is null)
            {
                NewLegs.Add(read);
                return;
            }

            if (old.ContentHash != read.ContentHash)
            {
                ChangedLegs.Add(read);
                return;
            }
        }

        if (old!.CallId != callId)
        {
            old.CallId = callId;
            MovedLegs.Add(old);
        }
    }
}

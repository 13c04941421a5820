using CallCenter.Core.Calls;
using CallCenter.Core.Recordings;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Clients;
using CallCenter.Infrastructure.Erasure;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls;

internal sealed class CallWriter(
    IDbContextFactory<CallCenterDbContext> contexts, ICallBulkWriter bulk, IEnumerable<ICallFollower> followers, ErasedNumbers erasedNumbers) : ICallWriter
{
    public Task<CallWriteResult> WriteAsync(
        Guid pbxId, IReadOnlyCollection<CdrLeg> legs, SyncCheckpoint? checkpoint = null, CancellationToken cancellationToken = default) =>
        WriteAsync(pbxId, Prepare(pbxId, legs, withCalls: false), checkpoint, keepStored: false, cancellationToken);

    public Task<CallWriteResult> AddAsync(Guid pbxId, IReadOnlyCollection<CdrLeg> legs, CancellationToken cancellationToken = default) =>
        WriteAsync(pbxId, Prepare(pbxId, legs, withCalls: false), null, keepStored: true, cancellationToken);

    public ICallWriting Begin(Guid pbxId, long callsWritten = 0) => new CallWriting(this, pbxId, callsWritten);

    /// <summary>What needs no database; may run beside a write.</summary>
    public CallDrafts Prepare(Guid pbxId, IReadOnlyCollection<CdrLeg> legs, bool withCalls)
    {
        using var db = contexts.CreateDbContext();
        return CallDrafts.Make(db.CurrentTenant, pbxId, legs, withCalls);
    }

    /// <summary>Writes a prepared batch, in one transaction.</summary>
    public async Task<CallWriteResult> WriteAsync(
        Guid pbxId, CallDrafts drafts, SyncCheckpoint? checkpoint, bool keepStored, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var batch = drafts.Legs;

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await bulk.LockAsync(db, pbxId, cancellationToken);

        var linked = new LinkedLegs(db, pbxId);
        await linked.ReadAsync(drafts.Ties, cancellationToken);

        // Under the lock: what is erased by now was marked before, and what is marked later finds these rows.
        if (await erasedNumbers.ReadAsync(db, cancellationToken) is { } erased)
        {
            batch = await EraseAsync(db, batch, linked, erased, cancellationToken);
        }

        if (keepStored && batch.Keys.Any(linked.Found.ContainsKey))
        {
            batch = batch.Where(leg => !linked.Found.ContainsKey(leg.Key)).ToDictionary();
        }

        var unchanged = linked.Found.Values.Where(stored => batch.TryGetValue(stored.Key, out var leg) && leg.ContentHash == stored.ContentHash)
            .Select(stored => stored.Key).ToHashSet();
        IReadOnlyCollection<LegKey> dirty = unchanged.Count == 0 ? batch.Keys : [.. batch.Keys.Where(key => !unchanged.Contains(key))];
        var plan = await PlanAsync(db, pbxId, batch, batch == drafts.Legs ? drafts : null, linked, dirty, cancellationToken);
        await ApplyAsync(db, pbxId, plan, cancellationToken);
        var result = new CallWriteResult(
            plan.NewLegs.Count,
            plan.ChangedLegs.Count + plan.MovedLegs.Count,
            plan.NewCalls.Count,
            plan.ChangedCalls.Count,
            plan.AbsorbedCallIds.Count);
        if (checkpoint is not null)
        {
            await SaveAsync(db, pbxId, checkpoint, result, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    /// <summary>Puts stored calls of a PBX together anew from their stored legs, in one transaction, and tells the followers.</summary>
    public async Task RebuildAsync(Guid pbxId, IReadOnlyCollection<Guid> callIds, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await bulk.LockAsync(db, pbxId, cancellationToken);

        var linked = new LinkedLegs(db, pbxId);
        var legs = (await linked.ReadOfCallsAsync(callIds, cancellationToken)).ToDictionary(LegKey.Of);
        await ApplyAsync(db, pbxId, await PlanAsync(db, pbxId, legs, null, linked, [.. legs.Keys], cancellationToken), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>
    /// Takes numbers out of the stored legs of calls, and puts the calls together anew, in the transaction that the context has open.
    /// </summary>
    /// <returns>How many legs held one.</returns>
    public async Task<int> EraseAsync(
        CallCenterDbContext db, Guid pbxId, IReadOnlyCollection<Guid> callIds, ErasedLegs erased, CancellationToken cancellationToken)
    {
        await bulk.LockAsync(db, pbxId, cancellationToken);
        List<Guid> ids = [.. callIds];
        var stored = await db.Set<CallLeg>().AsNoTracking().Where(leg => leg.PbxId == pbxId && EF.Parameter(ids).Contains(leg.CallId)).ToListAsync(cancellationToken);
        var scratch = new CopyBuffer();
        var changed = stored.Select(leg => (Before: leg, After: erased.Of(leg, scratch)))
            .Where(leg => !ReferenceEquals(leg.Before, leg.After)).Select(leg => leg.After).ToList();
        if (changed.Count == 0)
        {
            return 0;
        }

        var linked = new LinkedLegs(db, pbxId);
        var legs = (await linked.ReadOfCallsAsync(callIds, cancellationToken)).ToDictionary(LegKey.Of);
        foreach (var leg in changed)
        {
            legs[LegKey.Of(leg)] = leg;
        }

        await ApplyAsync(db, pbxId, await PlanAsync(db, pbxId, legs, null, linked, [.. legs.Keys], cancellationToken), cancellationToken);
        return changed.Count;
    }

    /// <summary>Erased numbers do not come back, but for legs of calls that a hold keeps as they are.</summary>
    /// <returns>The same batch when it holds none of them: only then its drafts stand.</returns>
    private static async Task<Dictionary<LegKey, CallLeg>> EraseAsync(
        CallCenterDbContext db, Dictionary<LegKey, CallLeg> batch, LinkedLegs linked, ErasedLegs erased, CancellationToken cancellationToken)
    {
        List<Guid> calls = [.. linked.Found.Values.Select(leg => leg.CallId).Distinct()];
        var held = calls.Count == 0
            ? []
            : (await db.Set<CallHold>().Where(hold => EF.Parameter(calls).Contains(hold.CallId)).Select(hold => hold.CallId).ToListAsync(cancellationToken)).ToHashSet();
        var heldIds = linked.Found.Values.Where(leg => held.Contains(leg.CallId)).Select(leg => leg.UniqueId).ToHashSet(StringComparer.Ordinal);
        var scratch = new CopyBuffer();
        var erasedBatch = batch;
        foreach (var (key, leg) in batch)
        {
            if (!heldIds.Contains(key.UniqueId) && erased.Of(leg, scratch) is var without && !ReferenceEquals(without, leg))
            {
                erasedBatch = ReferenceEquals(erasedBatch, batch) ? new Dictionary<LegKey, CallLeg>(batch) : erasedBatch;
                erasedBatch[key] = without;
            }
        }

        return erasedBatch;
    }

    private async Task ApplyAsync(CallCenterDbContext db, Guid pbxId, CallPlan plan, CancellationToken cancellationToken)
    {
        if (plan.AbsorbedCallIds.Count > 0)
        {
            // First, because the call that took them in may take over a key.
            await db.Set<Call>().Where(call => EF.Parameter(plan.AbsorbedCallIds).Contains(call.Id)).ExecuteDeleteAsync(cancellationToken);
        }

        var rewritten = plan.AbsorbedCallIds.Concat(plan.ChangedParticipants).ToList();
        if (rewritten.Count > 0)
        {
            await db.Set<CallParticipant>().Where(part => EF.Parameter(rewritten).Contains(part.CallId)).ExecuteDeleteAsync(cancellationToken);
        }

        var changes = new CallChanges(db.CurrentTenantId, pbxId, plan.Changes, plan.Absorbed);
        var following = plan.Changes.Count == 0 ? [] : followers.Select(follower => follower.Begin(db, changes)).ToList();
        await bulk.UpdateAsync<Call, CallMap>(db, plan.ChangedCalls, cancellationToken);
        await bulk.InsertAsync<Call, CallMap>(db, plan.NewCalls, cancellationToken);
        await bulk.UpdateAsync<CallLeg, CallLegMap>(db, plan.ChangedLegs, cancellationToken);
        await bulk.UpdateAsync<MovedLeg, MovedLegMap>(db, plan.MovedLegs, cancellationToken);
        await bulk.InsertAsync<CallLeg, CallLegMap>(db, plan.NewLegs, cancellationToken);
        await bulk.InsertAsync<CallParticipant, CallParticipantMap>(db, plan.NewParticipants, cancellationToken);
        foreach (var follow in following)
        {
            await follow(cancellationToken);
        }
    }

    private async Task<CallPlan> PlanAsync(
        CallCenterDbContext db,
        Guid pbxId,
        Dictionary<LegKey, CallLeg> batch,
        CallDrafts? drafts,
        LinkedLegs linked,
        IReadOnlyCollection<LegKey> dirty,
        CancellationToken cancellationToken)
    {
        if (dirty.Count == 0)
        {
            return new CallPlan();
        }

        var touched = await linked.FollowAsync(batch, drafts?.Ties ?? LegTies.Of(batch.Values), dirty, cancellationToken);
        var untied = drafts is null ? [] : await drafts.UntiedAsync(touched, linked.Found);
        if (untied.Sum(draft => draft.Legs.Count) == touched.Count)
        {
            touched.Clear();
        }

        foreach (var leg in touched.Count == 0 ? [] : untied.SelectMany(draft => draft.Legs))
        {
            touched.Remove(LegKey.Of(leg));
        }

        var read = new Dictionary<LegKey, CallLeg>(touched.Count);
        var otherKeys = new HashSet<LegKey>();
        var callIds = new HashSet<Guid>();
        foreach (var key in touched)
        {
            if (batch.TryGetValue(key, out var leg))
            {
                read.Add(key, leg);
            }
            else
            {
                otherKeys.Add(key);
            }

            if (linked.Found.TryGetValue(key, out var stored))
            {
                callIds.Add(stored.CallId);
            }
        }

        var others = await linked.ReadContentAsync(otherKeys, cancellationToken);
        List<Guid> ids = [.. callIds];
        var calls = ids.Count == 0
            ? []
            : await db.Set<Call>().AsNoTracking().Where(call => EF.Parameter(ids).Contains(call.Id)).ToListAsync(cancellationToken);
        var assembled = CallPlan.Assemble(read, others);
        var clients = await CallClients.ReadAsync(
            db,
            bulk,
            CallClients.NumbersOf(assembled, db.CurrentTenant.CountryCode),
            untied.Select(draft => draft.Call.OutsideE164),
            cancellationToken);
        var parts = ids.Count == 0
            ? []
            : await db.Set<CallParticipant>().AsNoTracking().Where(part => EF.Parameter(ids).Contains(part.CallId)).ToListAsync(cancellationToken);
        var plan = CallPlan.Make(
            assembled, clients, read, linked.Found, calls, parts.ToLookup(part => part.CallId), db.CurrentTenantId, pbxId);
        plan.Add(untied, clients);
        return plan;
    }

    private static async Task SaveAsync(
        CallCenterDbContext db, Guid pbxId, SyncCheckpoint checkpoint, CallWriteResult result, CancellationToken cancellationToken)
    {
        var callsWritten = checkpoint.CallsWritten + result.CallsAdded + result.CallsChanged;
        var cursor = checkpoint.CursorUtc;
        var saved = await db.Set<CdrSyncState>()
            .Where(state => state.PbxId == pbxId)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(state => state.CursorUtc, state => state.CursorUtc == null || state.CursorUtc < cursor ? cursor ?? state.CursorUtc : state.CursorUtc)
                    .SetProperty(state => state.PagesRead, checkpoint.PagesRead)
                    .SetProperty(state => state.LegsRead, checkpoint.LegsRead)
                    .SetProperty(state => state.SkippedRows, checkpoint.SkippedRows)
                    .SetProperty(state => state.CallsWritten, callsWritten),
                cancellationToken);
        if (saved == 0)
        {
            db.Add(new CdrSyncState
            {
                PbxId = pbxId,
                CursorUtc = cursor,
                PagesRead = checkpoint.PagesRead,
                LegsRead = checkpoint.LegsRead,
                SkippedRows = checkpoint.SkippedRows,
                CallsWritten = callsWritten,
            });
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}

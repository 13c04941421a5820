using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls;

internal sealed class CallWriter(IDbContextFactory<CallCenterDbContext> contexts, ICallBulkWriter bulk) : ICallWriter
{
    public async Task<CallWriteResult> WriteAsync(
        Guid pbxId, IReadOnlyCollection<CdrLeg> legs, SyncCheckpoint? checkpoint = null, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tenantId = db.CurrentTenantId;
        var batch = ToRows(legs, tenantId, pbxId);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await bulk.LockAsync(db, pbxId, cancellationToken);

        var stored = await LinkedLegs.ReadAsync(db, pbxId, batch.Values, cancellationToken);
        var callIds = stored.Values.Select(leg => leg.CallId).Distinct().ToList();
        var storedCalls = callIds.Count == 0
            ? []
            : await db.Set<Call>().AsNoTracking().Where(call => EF.Parameter(callIds).Contains(call.Id)).ToListAsync(cancellationToken);
        var plan = CallPlan.Make(batch, stored, storedCalls, tenantId, pbxId);

        if (plan.AbsorbedCallIds.Count > 0)
        {
            // First, because the call that took them in may take over a key.
            await db.Set<Call>().Where(call => EF.Parameter(plan.AbsorbedCallIds).Contains(call.Id)).ExecuteDeleteAsync(cancellationToken);
        }

        await bulk.UpdateAsync<Call, CallMap>(db, plan.ChangedCalls, cancellationToken);
        await bulk.InsertAsync<Call, CallMap>(db, plan.NewCalls, cancellationToken);
        await bulk.UpdateAsync<CallLeg, CallLegMap>(db, plan.ChangedLegs, cancellationToken);
        await bulk.UpdateAsync<CallLeg, MovedLegMap>(db, plan.MovedLegs, cancellationToken);
        await bulk.InsertAsync<CallLeg, CallLegMap>(db, plan.NewLegs, cancellationToken);

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

    private static Dictionary<LegKey, CallLeg> ToRows(IReadOnlyCollection<CdrLeg> legs, Guid tenantId, Guid pbxId)
    {
        var rows = new Dictionary<LegKey, CallLeg>(legs.Count);
        var scratch = new CopyBuffer();
        foreach (var leg in legs)
        {
            var row = LegMapping.ToRow(leg, tenantId, pbxId, scratch);
            rows[LegKey.Of(row)] = row;
        }

        return rows;
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

using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Erasure;
using CallCenter.Core.Exports;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Worklist;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Exports;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Recordings.Retention;
using CallCenter.Infrastructure.Worklist;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Erasure;

/// <summary>
/// Erases, one tenant at a time; the caller holds the tenant's lease. Each step finds what still holds the number and changes it together
/// with the count of it, so that whoever comes after a crash goes on, and nothing counts twice.
/// </summary>
internal sealed class ErasureRunner(
    IDbContextFactory<CallCenterDbContext> contexts, ErasedNumbers numbers, ErasedCalls calls, ErasedExports exports, ExportStore store, RecordingRemoval removal,
    WorklistMaker worklist, ICallBulkWriter bulk, ISecretProtector protector, ErasureSeals seals, TenantNotices notices, TimeProvider time)
{
    // Calls that are written while others are erased need another look, not an endless one.
    private const int MostRounds = 20;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public static SecretPurpose NumberPurpose(Guid tenantId, Guid id) => new(tenantId, $"Erasures.NumberProtected/{id:N}");

    /// <summary>Does what is asked for and what a crash left, the oldest first.</summary>
    public async Task<Result> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await db.Set<NumberErasure>().AsNoTracking().Where(erasure => erasure.State != ErasureState.Done)
            .OrderBy(erasure => erasure.RequestedAtUtc).ThenBy(erasure => erasure.Id).ToListAsync(cancellationToken);
        foreach (var erasure in open)
        {
            var result = await RunAsync(db, erasure, cancellationToken);
            if (result.Error is { } error)
            {
                await NoteAsync(db, erasure.Id, row => row.Failure = error.Code, cancellationToken);
                if (error != ErasureErrors.ExportsRunning)
                {
                    return error;
                }
            }
        }

        return Result.Success;
    }

    private async Task<Result> RunAsync(CallCenterDbContext db, NumberErasure erasure, CancellationToken cancellationToken)
    {
        var opened = protector.Unprotect(erasure.NumberProtected, NumberPurpose(erasure.TenantId, erasure.Id));
        var prints = await numbers.EnsurePrintsAsync(db, cancellationToken);
        if ((opened.Error ?? prints.Error) is not null || NumberDigits.Of(opened.Value.Reveal(), db.CurrentTenant.CountryCode) is not { } number)
        {
            return ErasureErrors.KeyUnreadable;
        }

        var eraser = NumberEraser.Of(number, db.CurrentTenant.CountryCode);
        await MarkAsync(db, erasure, number, prints.Value, cancellationToken);
        for (var round = 0; round < MostRounds; round++)
        {
            var erased = await EraseCallsAsync(db, erasure, number, eraser, cancellationToken);
            if (erased.Error is { } failure)
            {
                return failure;
            }

            if (!erased.Value && round > 0)
            {
                break;
            }

            await EraseRowsAsync(db, erasure, number, eraser, cancellationToken);
            if (await EraseExportsAsync(db, erasure, eraser, cancellationToken) is { Error: { } error })
            {
                return error;
            }

            await NoteAsync(db, erasure.Id, row => row.Step = ErasureStep.Checking, cancellationToken);
        }

        await seals.CompleteAsync(db, erasure.Id, prints.Value, cancellationToken);
        notices.Raise(NoticeTopic.Calls, erasure.TenantId);
        return Result.Success;
    }

    /// <summary>From here on nobody writes the number again: whoever writes legs of a PBX reads the mark under the lock that is held here.</summary>
    private async Task MarkAsync(CallCenterDbContext db, NumberErasure erasure, NumberDigits number, NumberPrints prints, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var known = await db.Set<PbxConnection>().Select(pbx => pbx.Id).ToListAsync(cancellationToken);
        foreach (var pbx in known.Union(await db.Set<CdrSyncState>().Select(state => state.PbxId).ToListAsync(cancellationToken)).Order())
        {
            await bulk.LockAsync(db, pbx, cancellationToken);
        }

        var whole = prints.Whole(number.Whole);
        if (await db.Set<ErasedNumber>().SingleOrDefaultAsync(row => row.Whole == whole, cancellationToken) is { } marked)
        {
            marked.UpToUtc = marked.UpToUtc > erasure.RequestedAtUtc ? marked.UpToUtc : erasure.RequestedAtUtc;
        }
        else
        {
            db.Add(new ErasedNumber
            {
                Whole = whole,
                WholeLength = number.Whole.Length,
                National = number.IsHome ? prints.National(number.National) : "",
                NationalLength = number.IsHome ? number.National.Length : 0,
                UpToUtc = erasure.RequestedAtUtc,
            });
        }

        var row = await db.Set<NumberErasure>().SingleAsync(other => other.Id == erasure.Id, cancellationToken);
        (row.State, row.Step, row.Failure) = (ErasureState.Running, ErasureStep.Calls, "");
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <returns>Whether there was anything; or the store's failure.</returns>
    private async Task<Result<bool>> EraseCallsAsync(
        CallCenterDbContext db, NumberErasure erasure, NumberDigits number, NumberEraser eraser, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var legs = new ErasedLegs(erasure.RequestedAtUtc, eraser);
        var found = await ErasedCalls.FindAsync(db, number, legs, erasure.RequestedAtUtc, cancellationToken);
        var held = await KeepAsync(db, erasure.Id, await ErasedCalls.HoldsAsync(db, found.Select(call => call.Id), cancellationToken), cancellationToken);
        var free = found.Where(call => !held.Contains(call.Id)).ToList();
        await NoteAsync(
            db,
            erasure.Id,
            row => (row.Step, row.CallsOf) = (ErasureStep.Calls, Math.Max(row.CallsOf, (int)ErasureCounts.Read(row.Counts)[ErasureKinds.Calls] + free.Count)),
            cancellationToken);
        var any = false;
        foreach (var some in free.GroupBy(call => call.PbxId).SelectMany(pbx => pbx.Chunk(ErasedCalls.Batch)))
        {
            any |= await EraseCallsAsync(db, erasure.Id, some, legs, number.E164, cancellationToken);
            if ((await removal.FinishAsync((_, _) => Task.CompletedTask, cancellationToken)).Error is { } error)
            {
                return error;
            }
        }

        // What a crash left between the rows and the files.
        if ((await removal.FinishAsync((_, _) => Task.CompletedTask, cancellationToken)).Error is { } left)
        {
            return left;
        }

        await NoteAsync(db, erasure.Id, row => (row.Step, row.CallsDoneAtUtc) = (ErasureStep.Rows, any ? Now : row.CallsDoneAtUtc ?? Now), cancellationToken);
        return any;
    }

    private async Task<bool> EraseCallsAsync(
        CallCenterDbContext db, Guid id, FoundCall[] some, ErasedLegs legs, long e164, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await bulk.LockAsync(db, some[0].PbxId, cancellationToken);
        var held = (await ErasedCalls.HoldsAsync(db, some.Select(call => call.Id), cancellationToken)).Select(hold => hold.CallId).ToHashSet();
        List<Guid> ids = [.. some.Select(call => call.Id).Where(call => !held.Contains(call))];
        var row = await db.Set<NumberErasure>().SingleAsync(erasure => erasure.Id == id, cancellationToken);
        var counts = ErasureCounts.Read(row.Counts);
        var waiting = await db.Set<WorklistEntry>().CountAsync(entry => entry.E164 == e164, cancellationToken);
        if (!await calls.EraseAsync(db, some[0].PbxId, ids, legs, counts, cancellationToken))
        {
            return false;
        }

        counts.Add(ErasureKinds.Calls, ids.Count);
        counts.Add(ErasureKinds.Worklist, waiting - await db.Set<WorklistEntry>().CountAsync(entry => entry.E164 == e164, cancellationToken));
        row.Counts = counts.ToString();
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        notices.Raise(NoticeTopic.Calls, row.TenantId);
        return true;
    }

    private static async Task<HashSet<Guid>> KeepAsync(CallCenterDbContext db, Guid id, List<CallHold> holds, CancellationToken cancellationToken)
    {
        List<Guid> ids = [.. holds.Select(hold => hold.CallId)];
        var known = await db.Set<ErasureHeld>().Where(held => held.ErasureId == id).Select(held => held.CallId).ToListAsync(cancellationToken);
        var starts = await db.Set<Call>().Where(call => EF.Parameter(ids).Contains(call.Id)).ToDictionaryAsync(call => call.Id, call => call.StartedAtUtc, cancellationToken);
        db.AddRange(holds.Where(hold => !known.Contains(hold.CallId) && starts.ContainsKey(hold.CallId)).Select(hold => new ErasureHeld
        {
            ErasureId = id,
            CallId = hold.CallId,
            CallStartedAtUtc = starts[hold.CallId],
            Reason = hold.Reason,
            ByName = hold.ByName,
        }));
        await db.SaveChangesAsync(cancellationToken);
        return [.. ids];
    }

    private async Task EraseRowsAsync(CallCenterDbContext db, NumberErasure erasure, NumberDigits number, NumberEraser eraser, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var e164 = number.E164;
        var held = await db.Set<ErasureHeld>().AnyAsync(call => call.ErasureId == erasure.Id && call.ErasedAtUtc == null, cancellationToken);
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            // Entries of calls that are held stay with them; the others have no calls any more.
            var waiting = await db.Set<WorklistEntry>().CountAsync(entry => entry.E164 == e164, cancellationToken);
            await worklist.MakeAsync(db, await WorklistMaker.PlanAsync(db, cancellationToken), [e164], [], cancellationToken);
            var gone = waiting - await db.Set<WorklistEntry>().CountAsync(entry => entry.E164 == e164, cancellationToken);
            if (!held)
            {
                db.RemoveRange(await db.Set<ClientNumberChange>().Where(change => change.E164 == e164).ToListAsync(cancellationToken));
                await FigureErasure.ForgetAsync(db, number, eraser, cancellationToken);
            }

            await CountAsync(db, erasure.Id, ErasureKinds.Worklist, gone, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        db.ChangeTracker.Clear();
        await new NumberSweep(number, eraser).EraseAsync(
            db,
            async rows =>
            {
                await TouchClientsAsync(db, cancellationToken);
                var row = await db.Set<NumberErasure>().SingleAsync(other => other.Id == erasure.Id, cancellationToken);
                var counts = ErasureCounts.Read(row.Counts);
                foreach (var kind in rows.GroupBy(swept => swept.Kind))
                {
                    counts.Add(kind.Key, kind.Count());
                }

                row.Counts = counts.ToString();
                await db.SaveChangesAsync(cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>Whoever has the client open with the number must not save it back.</summary>
    private async Task TouchClientsAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        List<Guid> touched = [.. db.ChangeTracker.Entries<ClientNumber>().Where(entry => entry.State == EntityState.Deleted).Select(entry => entry.Entity.ClientId).Distinct()];
        foreach (var client in await db.Set<Client>().Where(client => EF.Parameter(touched).Contains(client.Id)).ToListAsync(cancellationToken))
        {
            client.ChangedAtUtc = Now;
        }
    }

    private async Task<Result> EraseExportsAsync(CallCenterDbContext db, NumberErasure erasure, NumberEraser eraser, CancellationToken cancellationToken)
    {
        await NoteAsync(db, erasure.Id, row => row.Step = ErasureStep.Exports, cancellationToken);
        var since = await db.Set<NumberErasure>().Where(row => row.Id == erasure.Id).Select(row => row.CallsDoneAtUtc).SingleAsync(cancellationToken);
        var found = await exports.FindAsync(db, eraser, cancellationToken);
        foreach (var export in found.Value)
        {
            // The file first: a row without one is found again and goes.
            if (export.FileKey.Length > 0 && store.Delete(export.TenantId, export.FileKey).Error is { } error)
            {
                return error;
            }

            db.ChangeTracker.Clear();
            if (await db.Set<Export>().SingleOrDefaultAsync(row => row.Id == export.Id, cancellationToken) is { } stored)
            {
                db.Remove(stored);
                await CountAsync(db, erasure.Id, ErasureKinds.Exports, 1, cancellationToken);
            }
        }

        if (found.Value.Count > 0)
        {
            notices.Raise(NoticeTopic.Exports, erasure.TenantId);
        }

        return await db.Set<Export>().AnyAsync(export => export.State == ExportState.Running && export.StartedAtUtc <= since, cancellationToken)
            ? ErasureErrors.ExportsRunning
            : Result.Success;
    }

    private static async Task CountAsync(CallCenterDbContext db, Guid id, string kind, long count, CancellationToken cancellationToken)
    {
        var row = await db.Set<NumberErasure>().SingleAsync(erasure => erasure.Id == id, cancellationToken);
        var counts = ErasureCounts.Read(row.Counts);
        counts.Add(kind, count);
        row.Counts = counts.ToString();
        await db.SaveChangesAsync(cancellationToken);
    }

    private static async Task NoteAsync(CallCenterDbContext db, Guid id, Action<NumberErasure> note, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        note(await db.Set<NumberErasure>().SingleAsync(erasure => erasure.Id == id, cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
    }
}

using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Erasure;
using CallCenter.Core.Recordings;
using CallCenter.Core.Work;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Recordings.Retention;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Erasure;

/// <summary>Ends erasures with a sealed certificate, and seals it anew when calls that were held are erased after all.</summary>
internal sealed class ErasureSeals(
    IDbContextFactory<CallCenterDbContext> contexts, ErasedNumbers numbers, ErasedCalls calls, RecordingRemoval removal, IAuditTrail audit, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Done: from here on the number is known by its print alone.</summary>
    public async Task CompleteAsync(CallCenterDbContext db, Guid id, NumberPrints prints, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        var erasure = await db.Set<NumberErasure>().SingleAsync(row => row.Id == id, cancellationToken);
        (erasure.State, erasure.Step, erasure.FinishedAtUtc, erasure.NumberProtected, erasure.Failure) = (ErasureState.Done, ErasureStep.Checking, Now, "", "");
        await SealAsync(db, erasure, ErasureAuditActions.Completed, prints, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Erases calls whose holds ended since, by the prints of what was erased.</summary>
    public async Task EraseReleasedAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var released = await db.Set<ErasureHeld>().AsNoTracking()
            .Where(held => held.ErasedAtUtc == null && !db.Set<CallHold>().Any(hold => hold.CallId == held.CallId)
                && db.Set<NumberErasure>().Any(erasure => erasure.Id == held.ErasureId && erasure.State == ErasureState.Done))
            .OrderBy(held => held.Id).Take(500).ToListAsync(cancellationToken);
        if (released.Count == 0 || await numbers.ReadAsync(db, cancellationToken) is not { } erased || await numbers.PrintsAsync(db, cancellationToken) is not { Succeeded: true, Value: var prints })
        {
            return;
        }

        foreach (var held in released)
        {
            await EraseAsync(db, held, erased, prints, cancellationToken);
        }

        await removal.FinishAsync((_, _) => Task.CompletedTask, cancellationToken);
    }

    private async Task EraseAsync(CallCenterDbContext db, ErasureHeld released, ErasedLegs erased, NumberPrints prints, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var held = await db.Set<ErasureHeld>().SingleAsync(row => row.Id == released.Id, cancellationToken);
        var erasure = await db.Set<NumberErasure>().SingleAsync(row => row.Id == held.ErasureId, cancellationToken);
        var counts = ErasureCounts.Read(erasure.Counts);
        if (await db.Set<Call>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == held.CallId, cancellationToken) is { } call)
        {
            if (await calls.EraseAsync(db, call.PbxId, [call.Id], erased, counts, cancellationToken))
            {
                counts.Add(ErasureKinds.Calls, 1);
            }

            foreach (var note in await db.Set<CallNote>().Where(row => row.CallId == call.Id).ToListAsync(cancellationToken))
            {
                var text = erased.Erase(note.Text);
                counts.Add(ErasureKinds.Notes, text == note.Text ? 0 : 1);
                note.Text = text;
            }
        }

        (held.ErasedAtUtc, erasure.Counts) = (Now, counts.ToString());
        await SealAsync(db, erasure, ErasureAuditActions.HeldErased, prints, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task SealAsync(CallCenterDbContext db, NumberErasure erasure, string action, NumberPrints prints, CancellationToken cancellationToken)
    {
        var held = await db.Set<ErasureHeld>().AsNoTracking().Where(call => call.ErasureId == erasure.Id).ToListAsync(cancellationToken);
        erasure.Seal = prints.Seal(ErasureCertificate.Of(erasure, held));
        audit.Append(db, new AuditNote(action, AuditSubjects.Erasure, erasure.Id.ToString(), "")
        {
            After = new AuditValues { ["erased"] = erasure.Counts, ["held"] = held.Count, ["fingerprint"] = erasure.Fingerprint, ["seal"] = erasure.Seal },
        });
    }
}

using CallCenter.Core.Audit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Extensions.Following;

/// <summary>
/// Takes one row one step further. Before a write goes out the row says so; after that, only what the PBX is read to have
/// counts. Whether an extension on the PBX is ours is told by its secret, which nobody else can have.
/// </summary>
internal sealed class RowWriter(
    IDbContextFactory<CallCenterDbContext> contexts,
    IPbxExtensions port,
    ExtensionCreation numbers,
    TakenNumbers taken,
    ISecretProtector protector,
    IAuditTrail audit,
    IOptions<FollowOptions> options,
    TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Works on one row.</summary>
    /// <returns>Null when the row is settled for now; what failed when the PBX as a whole may be at fault.</returns>
    public async Task<Error?> WriteAsync(PbxEndpoint pbx, Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Extension>().SingleOrDefaultAsync(e => e.Id == id, cancellationToken) is not { IsPending: true } row
            || row.Step == ExtensionStep.Written)
        {
            // Taken back by a cancelled run meanwhile.
            return null;
        }

        try
        {
            return row.Operation switch
            {
                ExtensionOperation.Create => await CreateAsync(db, pbx, row, cancellationToken),
                ExtensionOperation.Change => await ChangeAsync(db, pbx, row, cancellationToken),
                _ => await RemoveAsync(db, pbx, row, cancellationToken),
            };
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody wrote the row in this very moment. It says "sent" at the most, so the next look reads the truth.
            return null;
        }
    }

    private async Task<Error?> CreateAsync(CallCenterDbContext db, PbxEndpoint pbx, Extension row, CancellationToken cancellationToken)
    {
        if (protector.WantedSecretOf(row) is not { } secret || protector.VoicemailPinOf(row) is not { } pin)
        {
            return await FailAsync(db, row, ExtensionErrors.SecretUnknown, [], cancellationToken);
        }

        if (row.Step == ExtensionStep.Sent)
        {
            var found = await port.FindAsync(pbx, row.Number, cancellationToken);
            if (found.Error is { } unread)
            {
                return await WaitAsync(db, row, unread, cancellationToken);
            }

            if (found.Value is { } there)
            {
                return await SettleCreationAsync(db, pbx, row, there, secret, cancellationToken);
            }
        }

        await SendAsync(db, row, cancellationToken);
        var answer = await port.AddAsync(pbx, new PbxExtension(row.Number, row.Wanted, secret, pin), cancellationToken);
        if (answer.Error is { } error && !answer.InDoubt && FollowFailures.IsDefinite(error))
        {
            // Firmwares refuse a number that exists with -44, -8 or -25, and an earlier attempt of ours may be why it exists.
            var found = await port.FindAsync(pbx, row.Number, cancellationToken);
            if (found is { Succeeded: true, Value: { } there })
            {
                return await SettleCreationAsync(db, pbx, row, there, secret, cancellationToken);
            }

            if (error.Code == ExtensionErrors.NumberTakenOnPbx.Code)
            {
                // Taken by something that is no extension, such as a queue.
                return await TakenAsync(db, pbx, row, cancellationToken);
            }
        }

        return await NoteAsync(db, row, answer, cancellationToken);
    }

    /// <summary>Something of the wanted number is on the PBX: ours from an attempt whose answer was lost, or somebody else's.</summary>
    private async Task<Error?> SettleCreationAsync(
        CallCenterDbContext db, PbxEndpoint pbx, Extension row, PbxExtension there, Secret secret, CancellationToken cancellationToken)
    {
        var differing = row.Wanted.Differences(there.ProfileOver(row.Wanted));
        if (!IsOurs(there, secret, differing))
        {
            return await TakenAsync(db, pbx, row, cancellationToken);
        }

        if (differing.Count == 0 && there.Secret is not null)
        {
            return await WrittenAsync(db, row, cancellationToken);
        }

        await SendAsync(db, row, cancellationToken);
        var answer = await port.ChangeAsync(pbx, row.Number, row.Wanted, differing, there.Secret is null ? secret : null, cancellationToken);
        return await NoteAsync(db, row, answer, cancellationToken);
    }

    private async Task<Error?> ChangeAsync(CallCenterDbContext db, PbxEndpoint pbx, Extension row, CancellationToken cancellationToken)
    {
        var found = await port.FindAsync(pbx, row.Number, cancellationToken);
        if (found.Error is { } unread)
        {
            return await WaitAsync(db, row, unread, cancellationToken);
        }

        if (found.Value is not { } there)
        {
            row.Miss(Now);
            return await FailAsync(db, row, ExtensionErrors.NotOnPbx, [], cancellationToken);
        }

        // What the PBX does not show is as it was last written.
        var differing = row.Wanted.Differences(there.ProfileOver(row.Seen ?? row.Wanted));
        var secret = protector.WantedSecretOf(row);
        if (secret is null && row.WantedSecretProtected is not null)
        {
            return await FailAsync(db, row, ExtensionErrors.SecretUnknown, [], cancellationToken);
        }

        // A firmware that hides secrets is given ours again: it may still have one of an attempt that was given up.
        var writeSecret = secret is not null && there.Secret?.Reveal() != secret.Reveal();
        if (differing.Count == 0 && !writeSecret)
        {
            return await WrittenAsync(db, row, cancellationToken);
        }

        await SendAsync(db, row, cancellationToken);
        return await NoteAsync(db, row, await port.ChangeAsync(pbx, row.Number, row.Wanted, differing, writeSecret ? secret : null, cancellationToken), cancellationToken);
    }

    private async Task<Error?> RemoveAsync(CallCenterDbContext db, PbxEndpoint pbx, Extension row, CancellationToken cancellationToken)
    {
        if (row.Operation == ExtensionOperation.Undo || row.Step == ExtensionStep.Sent)
        {
            var found = await port.FindAsync(pbx, row.Number, cancellationToken);
            if (found.Error is { } unread)
            {
                return await WaitAsync(db, row, unread, cancellationToken);
            }

            if (found.Value is not { } there
                || (row.Operation == ExtensionOperation.Undo && !IsOurs(there, protector.WantedSecretOf(row), row.Wanted.Differences(there.ProfileOver(row.Wanted)))))
            {
                return await WrittenAsync(db, row, cancellationToken);
            }
        }

        await SendAsync(db, row, cancellationToken);
        var answer = await port.DeleteAsync(pbx, row.Number, cancellationToken);
        return answer.Error?.Code == ExtensionErrors.NotOnPbx.Code
            ? await WrittenAsync(db, row, cancellationToken)
            : await NoteAsync(db, row, answer, cancellationToken);
    }

    /// <summary>By the secret; where the firmware hides it, by all settings at once, since the number was free when ours was sent.</summary>
    private static bool IsOurs(PbxExtension there, Secret? secret, IReadOnlyList<ExtensionField> differing) =>
        there.Secret is { } theirs ? theirs.Reveal() == secret?.Reveal() : differing.Count == 0;

    private async Task<Error?> TakenAsync(CallCenterDbContext db, PbxEndpoint pbx, Extension row, CancellationToken cancellationToken)
    {
        taken.Forget(pbx.TenantId, pbx.PbxId);
        if (!row.MayRenumber)
        {
            return await FailAsync(db, row, ExtensionErrors.NumberTakenOnPbx, [], cancellationToken);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var next = await numbers.NextAsync(db, pbx, row.Number, cancellationToken);
        if (next.Error is { } error)
        {
            await FailAsync(db, row, error, [], cancellationToken);
        }
        else
        {
            row.Renumber(next.Value, Now);
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    private async Task<Error?> NoteAsync(CallCenterDbContext db, Extension row, PbxWrite answer, CancellationToken cancellationToken)
    {
        if (answer.Error is not { } error)
        {
            return await WrittenAsync(db, row, cancellationToken);
        }

        if (answer.InDoubt || !FollowFailures.IsDefinite(error))
        {
            return await WaitAsync(db, row, answer.InDoubt ? ExtensionErrors.InDoubt : error, cancellationToken, error);
        }

        if (error.Code == ExtensionErrors.NotOnPbx.Code)
        {
            row.Miss(Now);
        }

        return await FailAsync(db, row, error, answer.Hints, cancellationToken);
    }

    private async Task SendAsync(CallCenterDbContext db, Extension row, CancellationToken cancellationToken)
    {
        row.MarkSent(Now);
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task<Error?> WrittenAsync(CallCenterDbContext db, Extension row, CancellationToken cancellationToken)
    {
        row.MarkWritten(Now);
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>Gives the failure on, so that the pass rests for a moment: what fails for one row will likely fail for all.</summary>
    private async Task<Error?> WaitAsync(
        CallCenterDbContext db, Extension row, Error shown, CancellationToken cancellationToken, Error? cause = null)
    {
        var error = cause ?? shown;
        if (FollowFailures.IsDefinite(error))
        {
            return await FailAsync(db, row, error, [], cancellationToken);
        }

        row.Wait(shown.Code, Now + options.Value.PauseAfter(row.Attempts + 1), Now);
        await db.SaveChangesAsync(cancellationToken);
        return error;
    }

    private async Task<Error?> FailAsync(
        CallCenterDbContext db, Extension row, Error error, IReadOnlyList<string> hints, CancellationToken cancellationToken)
    {
        row.Fail(error.Code, hints, Now);
        audit.Append(db, ExtensionAudit.Note(ExtensionAuditActions.Failed, row) with
        {
            After = new AuditValues { ["operation"] = row.Operation, ["error"] = error.Code, ["requestedBy"] = row.RequestedBy },
        });
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }
}

using System.Globalization;
using CallCenter.Core.Audit;
using CallCenter.Core.Erasure;
using CallCenter.Core.Phones;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Erasure;

internal sealed class ErasureService(
    IDbContextFactory<CallCenterDbContext> contexts, ErasureSearch search, ErasedNumbers numbers, ISecretProtector protector, IAuditTrail audit, ICaller caller, TimeProvider time)
    : IErasures
{
    private const int MostListed = 100;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<Result<ErasurePreview>> PreviewAsync(string number, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Recordings.Erase))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var read = await ErasureSearch.ReadAsync(db, number, cancellationToken);
        if (read.Error is { } error)
        {
            return error;
        }

        var (counts, examples, held) = await search.LookAsync(db, read.Value, Now, cancellationToken);
        audit.Append(db, new AuditNote(ErasureAuditActions.Previewed, AuditSubjects.Erasure, "", ""));
        await db.SaveChangesAsync(cancellationToken);
        return new ErasurePreview(PhoneNumbers.Text(read.Value.E164), counts, examples, held);
    }

    public async Task<Result<Guid>> RequestAsync(string number, string lastDigits, string reason, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Recordings.Erase))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var read = await ErasureSearch.ReadAsync(db, number, cancellationToken);
        if (read.Error is { } error)
        {
            return error;
        }

        var digits = read.Value;
        if (string.Concat(lastDigits.Select(c => CharUnicodeInfo.GetDecimalDigitValue(c)).Where(digit => digit >= 0)) != digits.Whole[^NumberErasure.ConfirmDigits..])
        {
            return ErasureErrors.DigitsDiffer;
        }

        reason = NumberEraser.Of(digits, db.CurrentTenant.CountryCode).Erase(CleanText.Of(reason.Trim(), NumberErasure.ReasonMaxLength));
        if (reason.Length == 0)
        {
            return ErasureErrors.ReasonMissing;
        }

        var prints = await numbers.EnsurePrintsAsync(db, cancellationToken);
        if (prints.Error is { } unreadable)
        {
            return unreadable;
        }

        var fingerprint = prints.Value.Whole(digits.Whole);
        if (await db.Set<NumberErasure>().AnyAsync(row => row.Fingerprint == fingerprint && row.State != ErasureState.Done, cancellationToken))
        {
            return ErasureErrors.UnderWay;
        }

        var id = Guid.CreateVersion7(time.GetUtcNow());
        db.Add(new NumberErasure
        {
            Id = id,
            Fingerprint = fingerprint,
            NumberProtected = protector.Protect(new Secret(PhoneNumbers.Text(digits.E164)), ErasureRunner.NumberPurpose(db.CurrentTenantId, id)),
            Reason = reason,
            ByUserId = caller.UserId ?? Guid.Empty,
            ByName = caller.Name,
            RequestedAtUtc = Now,
            State = ErasureState.Queued,
        });
        audit.Append(db, new AuditNote(ErasureAuditActions.Requested, AuditSubjects.Erasure, id.ToString(), "")
        {
            After = new AuditValues { ["reason"] = reason, ["fingerprint"] = fingerprint },
        });
        await db.SaveChangesAsync(cancellationToken);
        return id;
    }

    public async Task<Result<ErasureView>> FindAsync(Guid id, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Recordings.Erase))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ViewsAsync(db, db.Set<NumberErasure>().Where(row => row.Id == id), cancellationToken) is [var view] ? view : ErasureErrors.NotFound;
    }

    public async Task<Result<IReadOnlyList<ErasureView>>> ListAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Recordings.Erase))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ViewsAsync(db, db.Set<NumberErasure>(), cancellationToken);
    }

    public async Task<Result<ErasureCheck>> VerifyAsync(Guid id, string number, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Recordings.Erase))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<NumberErasure>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.State == ErasureState.Done, cancellationToken) is not { } erasure)
        {
            return ErasureErrors.NotFound;
        }

        var prints = await numbers.PrintsAsync(db, cancellationToken);
        if (prints.Error is { } unreadable)
        {
            return unreadable;
        }

        var held = await db.Set<ErasureHeld>().AsNoTracking().Where(call => call.ErasureId == id).ToListAsync(cancellationToken);
        var (subject, seal) = (id.ToString(), erasure.Seal);
        var audited = await db.Set<AuditEntry>().AnyAsync(entry => entry.SubjectId == subject && entry.After != null && entry.After.Contains(seal), cancellationToken);
        var holds = prints.Value.IsSeal(ErasureCertificate.Of(erasure, held), seal);
        if (string.IsNullOrWhiteSpace(number))
        {
            return new ErasureCheck(holds, audited, null, null);
        }

        if (NumberDigits.Of(number, db.CurrentTenant.CountryCode) is not { } digits)
        {
            return ErasureErrors.Unreadable;
        }

        return prints.Value.Whole(digits.Whole) == erasure.Fingerprint
            ? new ErasureCheck(holds, audited, true, (await search.LookAsync(db, digits, Now, cancellationToken)).Counts)
            : new ErasureCheck(holds, audited, false, null);
    }

    private static async Task<List<ErasureView>> ViewsAsync(CallCenterDbContext db, IQueryable<NumberErasure> erasures, CancellationToken cancellationToken)
    {
        var rows = await erasures.AsNoTracking().OrderByDescending(row => row.RequestedAtUtc).ThenByDescending(row => row.Id).Take(MostListed).ToListAsync(cancellationToken);
        List<Guid> ids = [.. rows.Select(row => row.Id)];
        List<string> subjects = [.. ids.Select(id => id.ToString())];
        var held = (await db.Set<ErasureHeld>().AsNoTracking().Where(call => EF.Parameter(ids).Contains(call.ErasureId)).ToListAsync(cancellationToken)).ToLookup(call => call.ErasureId);
        var audited = await db.Set<AuditEntry>()
            .Where(entry => entry.Action == ErasureAuditActions.Completed && EF.Parameter(subjects).Contains(entry.SubjectId))
            .ToDictionaryAsync(entry => entry.SubjectId, entry => entry.Sequence, cancellationToken);
        return
        [
            .. rows.Select(row => new ErasureView(
                row.Id, row.Fingerprint, row.Reason, row.ByName, row.RequestedAtUtc, row.FinishedAtUtc, row.State, row.Step, row.CallsOf, ErasureCounts.Read(row.Counts),
                row.Failure, row.Seal, audited.TryGetValue(row.Id.ToString(), out var sequence) ? sequence : null,
                [.. held[row.Id].OrderByDescending(call => call.CallStartedAtUtc)
                    .Select(call => new ErasureHeldView(call.CallId, call.CallStartedAtUtc, call.Reason, call.ByName, call.ErasedAtUtc))])),
        ];
    }
}

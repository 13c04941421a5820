using CallCenter.Core.Audit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>Starts bulk acts: every row is queued, noted in the audit log and counted in its run in one transaction. Checks no permission.</summary>
internal sealed class BulkStarts(
    IDbContextFactory<CallCenterDbContext> contexts,
    ExtensionCreation creation,
    IExtensionComparison comparison,
    ISecretProtector protector,
    IAuditTrail audit,
    ITenantContext tenant,
    ICaller caller,
    TimeProvider time)
{
    private const int AdoptedAtOnce = 20;

    private static readonly ExtensionProfileValidator Rules = new();

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<Result<Guid>> CreateAsync(IReadOnlyList<CreateLine> lines, CancellationToken cancellationToken)
    {
        if (lines.Count is < 1 or > ExtensionRun.MaxItems)
        {
            return ExtensionErrors.RunSize;
        }

        // The lines went through a browser's circuit; nothing of them is taken on trust.
        if (lines.Any(line => line.Errors.Count > 0 || !ExtensionProfileValidator.IsNumber(line.Number) || !Rules.Validate(line.Profile).IsValid))
        {
            return ExtensionErrors.PreviewStale;
        }

        var runId = Guid.CreateVersion7();
        var stored = await creation.StoreAsync(
            [.. lines.Select(line => new ExtensionWish(line.Number, line.AutoNumbered, line.Profile, line.UserId))],
            runId,
            (db, pbxId) => AddRun(db, runId, pbxId, ExtensionRunKind.Create, lines.Count),
            cancellationToken);
        return stored.Refusals switch
        {
            [] => runId,
            [{ Index: < 0 } whole, ..] => whole.Error,
            _ => ExtensionErrors.PreviewStale,
        };
    }

    public async Task<Result<Guid>> ActAsync(ExtensionAct act, IReadOnlyList<ActTarget> items, CancellationToken cancellationToken)
    {
        if (items.Count is < 1 or > ExtensionRun.MaxItems)
        {
            return ExtensionErrors.RunSize;
        }

        if (ActPlan.Refuse(act) is { } refusal)
        {
            return refusal;
        }

        return act.Kind == ExtensionRunKind.Adopt ? await AdoptAsync(act, items, cancellationToken) : await QueueAsync(act, items, cancellationToken);
    }

    private async Task<Result<Guid>> QueueAsync(ExtensionAct act, IReadOnlyList<ActTarget> items, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);
        if (await ReadAsync(db, act, items, cancellationToken) is not { } rows)
        {
            return ExtensionErrors.PreviewStale;
        }

        var runId = Guid.CreateVersion7();
        var plan = await db.Set<ExtensionPlan>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        AddRun(db, runId, rows[0].PbxId, act.Kind, rows.Count);
        foreach (var row in rows)
        {
            audit.Append(db, Queue(act, row, plan, runId));
        }

        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return runId;
        }
        catch (DbUpdateConcurrencyException)
        {
            return ExtensionErrors.PreviewStale;
        }
    }

    private AuditNote Queue(ExtensionAct act, Extension row, ExtensionPlan? plan, Guid runId)
    {
        switch (act.Kind)
        {
            case ExtensionRunKind.Change:
                var wanted = ActPlan.Apply(act, row.Wanted);
                var note = ExtensionAudit.Note(ExtensionAuditActions.ChangeAsked, row, row.Wanted, wanted);
                row.Change(wanted, caller.Name, Now, runId);
                return note;
            case ExtensionRunKind.Rotate:
                row.Rotate(protector.Protect(PhoneSecrets.NewSecret(plan ?? new ExtensionPlan()), ExtensionSecrets.Sip(tenant.TenantId)), caller.Name, Now, runId);
                return ExtensionAudit.Note(ExtensionAuditActions.RotateAsked, row);
            case ExtensionRunKind.Delete:
                row.Delete(caller.Name, Now, runId);
                return ExtensionAudit.Note(ExtensionAuditActions.DeleteAsked, row, row.Wanted, null);
            default:
                throw new InvalidOperationException($"{act.Kind} is not queued.");
        }
    }

    /// <summary>The rows in the order of their numbers; null when one is not as it was previewed.</summary>
    private static async Task<List<Extension>?> ReadAsync(
        CallCenterDbContext db, ExtensionAct act, IReadOnlyList<ActTarget> items, CancellationToken cancellationToken)
    {
        var ids = items.Select(item => item.Id).ToList();
        var rows = await db.Set<Extension>().Where(e => ids.Contains(e.Id)).OrderBy(e => e.Number.Length).ThenBy(e => e.Number).ToListAsync(cancellationToken);
        var locked = await db.Set<ExtensionPresence>().Where(p => p.Locked && ids.Contains(p.ExtensionId)).Select(p => p.ExtensionId).ToHashSetAsync(cancellationToken);
        var versions = items.DistinctBy(item => item.Id).ToDictionary(item => item.Id, item => item.Version);
        return rows.Count == items.Count && rows.TrueForAll(row => row.Version == versions[row.Id] && ActPlan.Refuse(act, row, locked.Contains(row.Id)) is null)
            ? rows
            : null;
    }

    /// <summary>
    /// Each adoption is whole by itself and asks nothing of the PBX but to be read, so there is nothing to queue, to cancel or to
    /// resume: a process that ends half-way leaves the rest found, as it was. The run is the record of what was done.
    /// </summary>
    private async Task<Result<Guid>> AdoptAsync(ExtensionAct act, IReadOnlyList<ActTarget> items, CancellationToken cancellationToken)
    {
        var started = Now;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await ReadAsync(db, act, items, cancellationToken) is not { } rows)
        {
            return ExtensionErrors.PreviewStale;
        }

        var (pbxId, refused) = (rows[0].PbxId, 0);
        foreach (var some in rows.Select(row => row.Id).Chunk(AdoptedAtOnce))
        {
            var outcomes = await comparison.AdoptAsync(some, cancellationToken);
            if (outcomes.Error is { } error)
            {
                return error;
            }

            refused += outcomes.Value.Count(outcome => outcome.Error is not null);
        }

        db.ChangeTracker.Clear();
        var run = AddRun(db, Guid.CreateVersion7(), pbxId, ExtensionRunKind.Adopt, rows.Count, started);
        (run.Refused, run.FinishedAtUtc) = (refused, Now);
        await db.SaveChangesAsync(cancellationToken);
        return run.Id;
    }

    private ExtensionRun AddRun(CallCenterDbContext db, Guid id, Guid pbxId, ExtensionRunKind kind, int total, DateTime? startedAtUtc = null)
    {
        var run = new ExtensionRun { Id = id, PbxId = pbxId, Kind = kind, Total = total, StartedAtUtc = startedAtUtc ?? Now, StartedBy = caller.Name };
        db.Add(run);
        audit.Append(db, new AuditNote(ExtensionAuditActions.RunStarted, AuditSubjects.ExtensionRun, id.ToString("D"), kind.ToString())
        {
            After = new AuditValues { ["kind"] = kind, ["total"] = total },
        });
        return run;
    }
}

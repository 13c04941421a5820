using CallCenter.Core.Audit;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Core.Worklist;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Worklist;

internal sealed class WorklistService(
    IDbContextFactory<CallCenterDbContext> contexts,
    WorklistReach reach,
    WorklistQueries queries,
    WorklistMaker maker,
    IAuditTrail audit,
    TenantNotices notices,
    ICaller caller,
    ITenantContext tenant,
    TimeProvider time) : IWorklist
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public Task<Result<WorklistPage>> ListAsync(WorklistFilter filter, string? cursor = null, int count = 50, CancellationToken cancellationToken = default) =>
        queries.ListAsync(filter, cursor, count, cancellationToken);

    public Task<Result<int>> CountOpenAsync(CancellationToken cancellationToken = default) => queries.CountOpenAsync(cancellationToken);

    public async Task<Result> ClaimAsync(Guid id, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.Worklist) || caller.UserId is not { } userId)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (now, name) = (Now, Short(caller.Name));
        var until = now.AddMinutes((await WorklistMaker.PlanAsync(db, cancellationToken)).ClaimMinutes);
        var seen = await reach.EntriesAsync(db, cancellationToken);

        // One statement decides between two who press at once, on whatever nodes.
        var claimed = await seen
            .Where(entry => entry.Id == id && entry.State == WorklistState.Open
                && (entry.ClaimedById == null || entry.ClaimedById == userId || entry.ClaimedUntilUtc <= now))
            .ExecuteUpdateAsync(
                set => set.SetProperty(entry => entry.ClaimedById, userId)
                    .SetProperty(entry => entry.ClaimedByName, name)
                    .SetProperty(entry => entry.ClaimedUntilUtc, until),
                cancellationToken);
        if (claimed == 1)
        {
            notices.Raise(NoticeTopic.Worklist, tenant.TenantId);
            return Result.Success;
        }

        var state = await seen.Where(entry => entry.Id == id).Select(entry => (WorklistState?)entry.State).SingleOrDefaultAsync(cancellationToken);
        return state switch { null => WorklistErrors.NotFound, WorklistState.Open => WorklistErrors.Claimed, _ => WorklistErrors.Settled };
    }

    public async Task<Result> ReleaseAsync(Guid id, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.Worklist) || caller.UserId is not { } userId)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var anyones = caller.May(Permissions.Calls.ViewAll);
        var released = await (await reach.EntriesAsync(db, cancellationToken))
            .Where(entry => entry.Id == id && (anyones || entry.ClaimedById == userId))
            .ExecuteUpdateAsync(
                set => set.SetProperty(entry => entry.ClaimedById, (Guid?)null)
                    .SetProperty(entry => entry.ClaimedByName, "")
                    .SetProperty(entry => entry.ClaimedUntilUtc, (DateTime?)null),
                cancellationToken);
        if (released == 0)
        {
            return WorklistErrors.NotFound;
        }

        notices.Raise(NoticeTopic.Worklist, tenant.TenantId);
        return Result.Success;
    }

    public async Task<Result> DismissAsync(Guid id, DismissReason reason, string note, CancellationToken cancellationToken = default)
    {
        var words = string.Concat(note.EnumerateRunes()).Replace("\0", "", StringComparison.Ordinal).Trim();
        if (words.Length > WorklistDismissal.NoteMaxLength)
        {
            return WorklistErrors.NoteTooLong;
        }

        if (reason == DismissReason.Other && words.Length == 0)
        {
            return WorklistErrors.NoteMissing;
        }

        return await ActAsync(id, async (db, entry) =>
        {
            if (entry.State != WorklistState.Open)
            {
                return WorklistErrors.Settled;
            }

            if (entry.ClaimedById is { } claimer && claimer != caller.UserId && entry.ClaimedUntilUtc > Now && !caller.May(Permissions.Calls.ViewAll))
            {
                return WorklistErrors.Claimed;
            }

            var call = entry.E164 != 0
                ? null
                : await db.Set<WorklistCall>().Where(link => link.EntryId == id).Select(link => (Guid?)link.CallId).SingleAsync(cancellationToken);
            db.Add(new WorklistDismissal
            {
                E164 = entry.E164,
                CallId = call,
                UpToUtc = entry.LastAtUtc,
                Reason = reason,
                Note = words,
                ByName = Short(caller.Name),
                AtUtc = Now,
            });
            audit.Append(db, NoteOf(WorklistAuditActions.Dismissed, entry) with { After = new AuditValues { ["reason"] = reason } });
            return Result.Success;
        }, cancellationToken);
    }

    public Task<Result> RestoreAsync(Guid id, CancellationToken cancellationToken = default) =>
        ActAsync(id, async (db, entry) =>
        {
            if (entry.State != WorklistState.Dismissed
                || await db.Set<WorklistDismissal>().SingleOrDefaultAsync(d => d.Id == entry.DismissalId, cancellationToken) is not { } dismissal)
            {
                return WorklistErrors.Settled;
            }

            db.Remove(dismissal);
            audit.Append(db, NoteOf(WorklistAuditActions.Restored, entry));
            return Result.Success;
        }, cancellationToken);

    public async Task<Result<WorklistPlan>> ReadPlanAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.Worklist))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await WorklistMaker.PlanAsync(db, cancellationToken);
    }

    public async Task<Result> ChangePlanAsync(bool includesDirect, int claimMinutes, int days, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Settings.Edit))
        {
            return AccessErrors.Denied;
        }

        if (claimMinutes is < 1 or > 240 || days is < 1 or > 90)
        {
            return WorklistErrors.PlanWrong;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);
        if (await db.Set<WorklistPlan>().SingleOrDefaultAsync(cancellationToken) is not { } plan)
        {
            plan = new WorklistPlan();
            db.Add(plan);
        }

        var before = ValuesOf(plan);

        // What was decided by the old plan is made anew by the job.
        var remake = plan.IncludesDirect != includesDirect || plan.Days < days;
        (plan.IncludesDirect, plan.ClaimMinutes, plan.Days) = (includesDirect, claimMinutes, days);
        plan.RulesVersion = remake ? 0 : plan.RulesVersion;
        audit.Append(db, new AuditNote(WorklistAuditActions.PlanChanged, AuditSubjects.Settings, "worklist", "worklist") { Before = before, After = ValuesOf(plan) });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }

    public IDisposable Subscribe(Func<Task> changed) => new Both(
        notices.Subscribe(NoticeTopic.Worklist, tenant.TenantId, changed), notices.Subscribe(NoticeTopic.Calls, tenant.TenantId, changed));

    private static string Short(string name) => name.Length > CallNote.NameMaxLength ? name[..CallNote.NameMaxLength] : name;

    // No number of a caller: those must be erasable.
    private static AuditNote NoteOf(string action, WorklistEntry entry) => new(action, AuditSubjects.WorklistEntry, entry.Id.ToString("D"), entry.Groups);

    private static AuditValues ValuesOf(WorklistPlan plan) => new()
    {
        ["includesDirect"] = plan.IncludesDirect,
        ["claimMinutes"] = plan.ClaimMinutes,
        ["worklistDays"] = plan.Days,
    };

    private async Task<Result> ActAsync(Guid id, Func<CallCenterDbContext, WorklistEntry, Task<Result>> act, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Calls.Worklist))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);
        var seen = await reach.EntriesAsync(db, cancellationToken);

        // Holds the entry against the writer of calls, which makes it anew.
        await seen.Where(entry => entry.Id == id).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.State, entry => entry.State), cancellationToken);
        if (await seen.AsNoTracking().SingleOrDefaultAsync(entry => entry.Id == id, cancellationToken) is not { } entry)
        {
            return WorklistErrors.NotFound;
        }

        var call = await db.Set<WorklistCall>().Where(link => link.EntryId == id).Select(link => link.CallId).FirstAsync(cancellationToken);
        var result = await act(db, entry);
        if (result.Error is { } error)
        {
            return error;
        }

        await db.SaveChangesAsync(cancellationToken);
        await maker.MakeAsync(
            db, await WorklistMaker.PlanAsync(db, cancellationToken), entry.E164 != 0 ? [entry.E164] : [], entry.E164 != 0 ? [] : [call], cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        notices.Raise(NoticeTopic.Worklist, tenant.TenantId);
        return Result.Success;
    }

    private sealed class Both(IDisposable first, IDisposable second) : IDisposable
    {
        public void Dispose()
        {
            first.Dispose();
            second.Dispose();
        }
    }
}

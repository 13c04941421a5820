using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Worklist;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Worklist;

/// <summary>Forgets who waits too long, and makes the whole list anew where the rules or the plan changed.</summary>
internal sealed class WorklistJob(TenantJobTools tools) : TenantJob(tools)
{
    public const string Name = "worklist";

    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override string LeaseFor(TenantInfo tenant) => $"{Name}:{tenant.Id:N}";

    protected override async Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<WorklistKeeping>().RunAsync(cancellationToken);
        return Result.Success;
    }
}

/// <summary>One round of the job for the entered tenant.</summary>
internal sealed class WorklistKeeping(
    IDbContextFactory<CallCenterDbContext> contexts, WorklistMaker maker, TenantNotices notices, ITenantContext tenant)
{
    private const int CallersPerStep = 500;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var plan = await WorklistMaker.PlanAsync(db, cancellationToken);
        await ForgetAsync(db, maker.Horizon(plan), cancellationToken);
        if (plan.RulesVersion != WorklistPlan.CurrentRules)
        {
            await MakeAllAsync(plan, cancellationToken);
            notices.Raise(NoticeTopic.Worklist, tenant.TenantId);
        }
    }

    private static async Task ForgetAsync(CallCenterDbContext db, DateTime horizon, CancellationToken cancellationToken)
    {
        var old = await db.Set<WorklistEntry>().Where(entry => entry.LastAtUtc < horizon).OrderBy(entry => entry.Id).Take(CallersPerStep).ToListAsync(cancellationToken);
        var ids = old.ConvertAll(entry => entry.Id);
        db.RemoveRange(await db.Set<WorklistCall>().Where(call => EF.Parameter(ids).Contains(call.EntryId)).ToListAsync(cancellationToken));
        db.RemoveRange(old);
        db.RemoveRange(await db.Set<WorklistDismissal>().Where(d => d.UpToUtc < horizon).OrderBy(d => d.Id).Take(CallersPerStep).ToListAsync(cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task MakeAllAsync(WorklistPlan plan, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var horizon = maker.Horizon(plan);
        var givenUp = await db.Set<Call>()
            .Where(call => call.StartedAtUtc >= horizon && call.Direction == CallDirection.Inbound
                && (call.Outcome == CallOutcome.Abandoned || call.Outcome == CallOutcome.NoAnswer))
            .Select(call => new { call.Id, call.OutsideE164 }).ToListAsync(cancellationToken);
        var listed = await db.Set<WorklistEntry>().Where(entry => entry.E164 > 0).Select(entry => entry.E164).Distinct().ToListAsync(cancellationToken);
        foreach (var step in givenUp.Where(call => call.OutsideE164 > 0).Select(call => call.OutsideE164).Concat(listed).Distinct().Order().Chunk(CallersPerStep))
        {
            await MakeAsync(plan, step, [], cancellationToken);
        }

        var single = await db.Set<WorklistCall>().Where(call => db.Set<WorklistEntry>().Any(entry => entry.Id == call.EntryId && entry.E164 == 0))
            .Select(call => call.CallId).ToListAsync(cancellationToken);
        foreach (var step in givenUp.Where(call => call.OutsideE164 <= 0).Select(call => call.Id).Concat(single).Distinct().Chunk(CallersPerStep))
        {
            await MakeAsync(plan, [], step, cancellationToken);
        }

        if (await db.Set<WorklistPlan>().SingleOrDefaultAsync(cancellationToken) is not { } row)
        {
            row = new WorklistPlan();
            db.Add(row);
        }

        // Changed meanwhile: the next round makes it anew by what is said now.
        if (row.Version == plan.Version)
        {
            row.RulesVersion = WorklistPlan.CurrentRules;
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private async Task MakeAsync(WorklistPlan plan, IReadOnlyCollection<long> numbers, IReadOnlyCollection<Guid> nameless, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await maker.MakeAsync(db, plan, numbers, nameless, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

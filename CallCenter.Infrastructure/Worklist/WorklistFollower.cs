using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;
using CallCenter.Core.Worklist;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Worklist;

/// <summary>Keeps the worklist in step with the calls, in the writer's transaction.</summary>
internal sealed class WorklistFollower(WorklistMaker maker) : ICallFollower
{
    public async Task FollowAsync(CallCenterDbContext db, CallChanges changes, CancellationToken cancellationToken)
    {
        var plan = await WorklistMaker.PlanAsync(db, cancellationToken);
        var horizon = maker.Horizon(plan);
        var calls = changes.Changes.SelectMany(change => new[] { change.Before, change.After }).OfType<Call>()
            .Where(call => call.StartedAtUtc >= horizon && call.Direction is CallDirection.Inbound or CallDirection.Outbound).ToList();

        // A caller matters who gave up just now, or did before; calls with all the others are most calls.
        var gaveUp = calls.Where(call => KindOf(call, plan) == CallerEventKind.Abandoned).ToList();
        List<long> numbers = [.. calls.Where(call => call.OutsideE164 > 0).Select(call => call.OutsideE164).Distinct()];
        var known = numbers.Count == 0
            ? []
            : await db.Set<WorklistEntry>().Where(entry => EF.Parameter(numbers).Contains(entry.E164)).Select(entry => entry.E164).Distinct().ToListAsync(cancellationToken);
        var nameless = calls.Where(call => call.OutsideE164 <= 0 && call.Direction == CallDirection.Inbound).Select(call => call.Id).Distinct().ToList();
        if (changes.Absorbed.Count > 0)
        {
            await MoveDismissalsAsync(db, changes.Absorbed, cancellationToken);
        }

        await maker.MakeAsync(db, plan, [.. known, .. gaveUp.Where(call => call.OutsideE164 > 0).Select(call => call.OutsideE164)], nameless, cancellationToken);
    }

    private static CallerEventKind? KindOf(Call call, WorklistPlan plan) =>
        WorklistRules.KindOf(call.Direction, call.Outcome, WorklistRules.GroupOf(call.Queue, call.Via, call.Ivr), plan.IncludesDirect);

    private static async Task MoveDismissalsAsync(CallCenterDbContext db, IReadOnlyDictionary<Guid, Guid> absorbed, CancellationToken cancellationToken)
    {
        List<Guid?> gone = [.. absorbed.Keys.Select(id => (Guid?)id)];
        foreach (var dismissal in await db.Set<WorklistDismissal>().Where(d => EF.Parameter(gone).Contains(d.CallId)).ToListAsync(cancellationToken))
        {
            dismissal.CallId = absorbed[dismissal.CallId!.Value];
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}

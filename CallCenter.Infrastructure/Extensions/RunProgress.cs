using CallCenter.Core.Extensions;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>How far bulk acts are, counted from the rows that hold their work.</summary>
internal static class RunProgress
{
    public static async Task<IReadOnlyList<ExtensionRunProgress>> ReadAsync(
        CallCenterDbContext db, IReadOnlyList<ExtensionRun> runs, CancellationToken cancellationToken)
    {
        if (runs.Count == 0)
        {
            return [];
        }

        var ids = runs.Select(run => run.Id).ToList();
        var counts = await db.Set<Extension>()
            .Where(e => e.RunId != null && ids.Contains(e.RunId.Value))
            .GroupBy(e => new { e.RunId, e.State, e.Step })
            .Select(group => new { RunId = group.Key.RunId!.Value, group.Key.State, group.Key.Step, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return [.. runs.Select(run =>
        {
            var own = counts.Where(count => count.RunId == run.Id).ToList();

            // A removed row of a run that removes nothing is one that failed and was given up.
            var givenUp = run.Kind == ExtensionRunKind.Delete ? 0 : run.Removed;
            var failed = own.Where(count => count.State == ExtensionState.Failed).Sum(count => count.Count) + givenUp + run.Refused;
            var written = own.Where(count => IsPending(count.State) && count.Step == ExtensionStep.Written).Sum(count => count.Count);
            var waiting = own.Where(count => IsPending(count.State) && count.Step != ExtensionStep.Written).Sum(count => count.Count);
            return new ExtensionRunProgress(
                run.Id, run.Kind, run.Total, Math.Max(0, run.Total - failed - written - waiting - run.TakenBack), failed, run.TakenBack, waiting, written,
                run.StartedAtUtc, run.StartedBy, run.CancelledAtUtc, run.FinishedAtUtc);
        })];
    }

    private static bool IsPending(ExtensionState state) => state is ExtensionState.Creating or ExtensionState.Changing or ExtensionState.Deleting;
}

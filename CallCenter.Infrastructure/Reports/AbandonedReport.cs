using CallCenter.Core.Calls;
using CallCenter.Core.Figures;
using CallCenter.Core.Primitives;
using CallCenter.Core.Reports;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Worklist;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Figures;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Reports;

/// <summary>How long those waited who gave up, and what became of them; counted from the calls and the worklist, within the caller's reach.</summary>
internal sealed class AbandonedReport(IDbContextFactory<CallCenterDbContext> contexts, ITenantContext tenant, ICallReaches reaches)
{
    public async Task<AbandonedFacts> ReadAsync(ReportAsk ask, CancellationToken cancellationToken)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(tenant.Tenant.TimeZoneId);
        var (start, end) = (LocalDay.StartUtc(ask.From, zone), LocalDay.EndUtc(ask.To, zone));
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var calls = db.Set<Call>().AsNoTracking()
            .Where(call => call.StartedAtUtc >= start && call.StartedAtUtc < end)
            .NarrowToSet(new CallFilter { Set = CallSet.Abandoned })
            .Within(db, await reaches.ReadAsync(cancellationToken));
        if (ask.Queue is { } queue)
        {
            calls = calls.Where(call => call.Queue == queue);
        }

        if (ask.Direction is { } direction)
        {
            calls = calls.Where(call => call.Direction == direction);
        }

        var waits = await calls
            .GroupBy(call => call.WaitSeconds < 5 ? 0 : call.WaitSeconds < 10 ? 5 : call.WaitSeconds < 20 ? 10 : call.WaitSeconds < 30 ? 20 : call.WaitSeconds < 60 ? 30 : call.WaitSeconds < 120 ? 60 : call.WaitSeconds < 300 ? 120 : 300)
            .Select(band => new { From = band.Key, Calls = band.LongCount() })
            .ToDictionaryAsync(band => band.From, band => band.Calls, cancellationToken);
        var entries = db.Set<WorklistEntry>().AsNoTracking()
            .Where(entry => db.Set<WorklistCall>().Any(link => link.EntryId == entry.Id && calls.Any(call => call.Id == link.CallId)));
        var states = await entries.GroupBy(entry => entry.State)
            .Select(state => new { state.Key, Count = state.LongCount() })
            .ToDictionaryAsync(state => state.Key, state => state.Count, cancellationToken);
        var times = await entries
            .Where(entry => entry.State == WorklistState.CalledBack && entry.ClosedAtUtc != null)
            .Select(entry => new { entry.FirstAtUtc, entry.ClosedAtUtc })
            .ToListAsync(cancellationToken);
        var bounds = AbandonedFacts.Bounds;
        return new AbandonedFacts(
            [.. bounds.Select((from, at) => new WaitBand(from, at + 1 < bounds.Count ? bounds[at + 1] : null, waits.GetValueOrDefault(from)))],
            states.Values.Sum(),
            states.GetValueOrDefault(WorklistState.CalledBack),
            states.GetValueOrDefault(WorklistState.CalledAgain),
            states.GetValueOrDefault(WorklistState.Dismissed),
            states.GetValueOrDefault(WorklistState.Open),
            Median([.. times.Select(time => (time.ClosedAtUtc!.Value - time.FirstAtUtc).TotalSeconds).Order()]));
    }

    private static double? Median(List<double> sorted) => sorted.Count switch
    {
        0 => null,
        var count when count % 2 == 1 => sorted[count / 2],
        var count => (sorted[(count / 2) - 1] + sorted[count / 2]) / 2,
    };
}

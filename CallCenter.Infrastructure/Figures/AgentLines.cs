using CallCenter.Core.Calls;
using CallCenter.Core.Extensions;
using CallCenter.Core.Figures;
using CallCenter.Core.Primitives;
using CallCenter.Infrastructure.Identity;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Figures;

/// <summary>Figures by extension, from the stored sums; of a reach, its extensions and what its queues offered.</summary>
internal static class AgentLines
{
    public static async Task<AgentReport> ReadAsync(
        CallCenterDbContext db, FigureStore store, FigureQuery query, CallReach reach, FigureBasis basis, CancellationToken cancellationToken)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(db.CurrentTenant.TimeZoneId);
        var step = query.Step is FigureStep.Quarter or FigureStep.Hour ? FigureStep.Day : query.Step;
        var steps = step is null ? null : FigureSteps.Of(query with { Step = step }, false, new FigureTime(zone), Weekdays.FirstOf(db.CurrentTenant.CountryCode));

        // Sums are of whole days: an extension that was theirs for a part of the range only is left out, never shown with the
        // calls of whoever had it before.
        var (fromUtc, untilUtc) = (LocalDay.StartUtc(query.From, zone), LocalDay.EndUtc(query.To, zone));
        var held = reach.Held.Where(span => span.FromUtc <= fromUtc && (span.UntilUtc is null || span.UntilUtc >= untilUtc)).Select(span => span.Extension);
        var (extensions, queues) = (reach.Extensions.Concat(held).ToHashSet(StringComparer.Ordinal), reach.Queues.ToHashSet(StringComparer.Ordinal));
        var slices = (await db.Set<FigureSlice>().AsNoTracking().Where(slice => slice.Kind == SliceKind.Agent).ToListAsync(cancellationToken))
            .Where(slice => reach.All || extensions.Contains(slice.Value) || (slice.Queue.Length > 0 && queues.Contains(slice.Queue)))
            .Where(slice => (query.Agent is null || slice.Value == query.Agent)
                && (query.Queue is null || slice.Queue == query.Queue)
                && (query.Direction is null || slice.Direction == query.Direction))
            .ToDictionary(slice => slice.Id);
        var ask = new SumsAsk(FigureAgentDayConfiguration.Table, nameof(FigureAgentDay.Day), [(query.From.DayNumber, query.To.DayNumber + 1)], AgentColumns.Names)
        {
            Slices = reach.All && query.Agent is null && query.Queue is null && query.Direction is null ? null : slices.Keys,
            ByTime = step is not null,
            BySlice = true,
        };
        var sums = new Dictionary<(int Place, string Extension), AgentFigures>();
        await foreach (var row in store.ReadAsync(db, ask, cancellationToken))
        {
            if (slices.TryGetValue(row.SliceId, out var slice))
            {
                var key = (steps?.PlaceOf(row.At) ?? 0, slice.Value);
                sums[key] = sums.GetValueOrDefault(key, AgentFigures.None) + AgentColumns.Read(slice, row.Values);
            }
        }

        var names = await NamesAsync(db, cancellationToken);
        var lines =
            from sum in sums
            let span = steps?.Spans[sum.Key.Place]
            orderby span?.StartUtc, sum.Key.Extension.Length, sum.Key.Extension
            select new AgentLine(
                sum.Key.Extension,
                names.GetValueOrDefault(sum.Key.Extension, sum.Key.Extension),
                span?.StartUtc,
                span?.EndUtc,
                sum.Value,
                new CallFilter { From = span?.First ?? query.From, To = span?.Last ?? query.To, Agent = sum.Key.Extension, Queue = query.Queue, Direction = query.Direction });
        return new AgentReport(query, basis, sums.Values.Aggregate(AgentFigures.None, (all, one) => all + one), [.. lines]);
    }

    private static async Task<Dictionary<string, string>> NamesAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        var held = await db.Set<Extension>().Where(extension => extension.UserId != null)
            .Join(db.Set<AppUser>(), extension => extension.UserId, user => user.Id, (extension, user) => new { extension.Number, user.DisplayName })
            .ToListAsync(cancellationToken);
        return held.GroupBy(holder => holder.Number, StringComparer.Ordinal).ToDictionary(same => same.Key, same => same.First().DisplayName, StringComparer.Ordinal);
    }
}

using System.Linq.Expressions;
using CallCenter.Core.Calls;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls.Reading;

/// <summary>
/// Reads rows of a selection from a key on. What no index knows is looked for in steps of time that grow, the nearest first: a
/// database that expects such calls everywhere would walk through all years to find the few there are, or find none. After some
/// seconds it stops and says how far it came.
/// </summary>
internal sealed class CallPages(TimeProvider clock, CallReadingRules rules)
{
    private static readonly TimeSpan[] Steps = [TimeSpan.FromDays(14), TimeSpan.FromDays(76), TimeSpan.FromDays(310)];

    /// <summary>Rows in the direction of the key, nearest first, and how far the search came when it stopped early.</summary>
    public async Task<(List<T> Rows, DateTime? SearchedToUtc)> ReadAsync<T>(
        CallSelection selection, Expression<Func<Call, T>> projection, CallCursor? key, int count, CancellationToken cancellationToken)
    {
        if (!selection.IsSparse)
        {
            return (await QueryAsync(selection, projection, new CallSpan(key, selection.FromUtc, selection.BeforeUtc, count), cancellationToken), null);
        }

        using var patience = new CancellationTokenSource(rules.Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var rows = new List<T>();
        var newer = key is { Newer: true };
        var edge = Start(selection, key, newer);
        var bound = newer ? selection.BeforeUtc : selection.FromUtc;
        for (var step = 0; step <= Steps.Length; step++)
        {
            var end = step == Steps.Length ? bound : Nearer(Moved(edge, newer ? Steps[step] : -Steps[step]), bound, newer);
            var span = newer
                ? new CallSpan(step == 0 ? key : new CallCursor(true, edge, Guid.Empty), selection.FromUtc, end, count - rows.Count)
                : new CallSpan(step == 0 ? key : null, end, step == 0 ? selection.BeforeUtc : edge, count - rows.Count);
            try
            {
                // The first step has all the time it wants: without it, going on would lead nowhere.
                rows.AddRange(await QueryAsync(selection, projection, span, step == 0 ? cancellationToken : both.Token));
            }
            catch (Exception) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // Providers word a cancelled query differently.
                return (rows, edge);
            }

            if (rows.Count >= count || end is not { } reached || end == bound)
            {
                break;
            }

            edge = reached;
            if (patience.IsCancellationRequested || rules.Patience == TimeSpan.Zero)
            {
                return (rows, edge);
            }
        }

        return (rows, null);
    }

    private static Task<List<T>> QueryAsync<T>(CallSelection selection, Expression<Func<Call, T>> projection, CallSpan span, CancellationToken cancellationToken) =>
        CallWays.First(selection.Ways, span).Select(projection).ToListAsync(cancellationToken);

    private DateTime Start(CallSelection selection, CallCursor? key, bool newer) =>
        key?.StartedAtUtc ?? (newer ? selection.FromUtc : selection.BeforeUtc) ?? clock.GetUtcNow().UtcDateTime.AddDays(1);

    private static DateTime Moved(DateTime at, TimeSpan by) =>
        new(Math.Clamp(at.Ticks + by.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc);

    private static DateTime Nearer(DateTime end, DateTime? bound, bool newer) => bound is { } limit && (newer ? limit < end : limit > end) ? limit : end;
}

using CallCenter.Core.Calls;

namespace CallCenter.Infrastructure.Calls.Reading;

/// <summary>A stretch of the list: from a key in one direction, between two times, so many rows.</summary>
/// <param name="Key">Where it begins; null at the newest.</param>
/// <param name="FromUtc">First start, included.</param>
/// <param name="BeforeUtc">Last start, excluded.</param>
/// <param name="Count">Most rows.</param>
internal sealed record CallSpan(CallCursor? Key, DateTime? FromUtc, DateTime? BeforeUtc, int Count)
{
    public bool Newer => Key is { Newer: true };
}

/// <summary>Reads one part of a selection in the list's order, by an index that has it in that order.</summary>
internal delegate IQueryable<Call> CallWay(CallSpan span);

internal static class CallWays
{
    /// <summary>By the calls themselves.</summary>
    public static CallWay ByCalls(IQueryable<Call> narrowed) => span =>
    {
        var calls = Within(narrowed, span);
        return span.Newer
            ? calls.OrderBy(call => call.StartedAtUtc).ThenBy(call => call.Id).Take(span.Count)
            : calls.OrderByDescending(call => call.StartedAtUtc).ThenByDescending(call => call.Id).Take(span.Count);
    };

    /// <summary>
    /// By calls that are few: all of them are found and sorted. The sum is the column itself, but no index has it, so that the planner
    /// cannot choose to walk along the list.
    /// </summary>
    public static CallWay BySorting(IQueryable<Call> few) => span =>
    {
        var calls = Within(few, span);
        return span.Newer
            ? calls.OrderBy(call => call.StartedAtUtc.AddDays(0)).ThenBy(call => call.Id).Take(span.Count)
            : calls.OrderByDescending(call => call.StartedAtUtc.AddDays(0)).ThenByDescending(call => call.Id).Take(span.Count);
    };

    private static IQueryable<Call> Within(IQueryable<Call> narrowed, CallSpan span)
    {
        var calls = narrowed;
        if (span.FromUtc is { } from)
        {
            calls = calls.Where(call => call.StartedAtUtc >= from);
        }

        if (span.BeforeUtc is { } before)
        {
            calls = calls.Where(call => call.StartedAtUtc < before);
        }

        if (span.Key is not { } key)
        {
            return calls;
        }

        // The bare comparison of times says nothing new, but it is the one an index can begin with.
        var (at, id) = (key.StartedAtUtc, key.Id);
        return key.Newer
            ? calls.Where(call => call.StartedAtUtc >= at && (call.StartedAtUtc > at || call.Id > id))
            : calls.Where(call => call.StartedAtUtc <= at && (call.StartedAtUtc < at || call.Id < id));
    }

    /// <summary>
    /// By one extension's parts, which carry the start of their call. Ordered by the part's columns: the planner cannot know that
    /// those of the call are the same, and would sort all the extension's calls, or walk through everybody's.
    /// </summary>
    public static CallWay ByParts(IQueryable<CallParticipant> narrowed, IQueryable<Call> calls) => span =>
    {
        var parts = narrowed;
        if (span.FromUtc is { } from)
        {
            parts = parts.Where(part => part.StartedAtUtc >= from);
        }

        if (span.BeforeUtc is { } before)
        {
            parts = parts.Where(part => part.StartedAtUtc < before);
        }

        if (span.Key is { } key)
        {
            var (at, id) = (key.StartedAtUtc, key.Id);
            parts = key.Newer
                ? parts.Where(part => part.StartedAtUtc >= at && (part.StartedAtUtc > at || part.CallId > id))
                : parts.Where(part => part.StartedAtUtc <= at && (part.StartedAtUtc < at || part.CallId < id));
        }

        var joined = parts.Join(calls, part => part.CallId, call => call.Id, (part, call) => new { part.StartedAtUtc, part.CallId, Call = call });
        var ordered = span.Newer
            ? joined.OrderBy(row => row.StartedAtUtc).ThenBy(row => row.CallId)
            : joined.OrderByDescending(row => row.StartedAtUtc).ThenByDescending(row => row.CallId);
        return ordered.Take(span.Count).Select(row => row.Call);
    };

    /// <summary>The first rows of all the ways together, each call once.</summary>
    public static IQueryable<Call> First(IReadOnlyList<CallWay> ways, CallSpan span)
    {
        var first = ways.Select(way => way(span)).Aggregate((all, next) => all.Union(next));
        return ways.Count == 1 ? first
            : span.Newer ? first.OrderBy(call => call.StartedAtUtc).ThenBy(call => call.Id).Take(span.Count)
            : first.OrderByDescending(call => call.StartedAtUtc).ThenByDescending(call => call.Id).Take(span.Count);
    }
}

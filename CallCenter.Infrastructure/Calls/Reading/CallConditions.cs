using System.Diagnostics.CodeAnalysis;
using CallCenter.Core.Calls;
using CallCenter.Core.Phones;
using CallCenter.Infrastructure.Clients;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls.Reading;

/// <summary>The conditions of a filter, one by one.</summary>
internal static class CallConditions
{
    /// <summary>What the call's own columns tell.</summary>
    public static IQueryable<Call> Narrow(IQueryable<Call> calls, CallFilter filter)
    {
        if (filter.Outcome is { } outcome)
        {
            calls = calls.Where(call => call.Outcome == outcome);
        }

        if (filter.Direction is { } direction)
        {
            calls = calls.Where(call => call.Direction == direction);
        }

        if (Text(filter.Queue) is { } queue)
        {
            // The second condition says nothing new, but it is that of the index.
            calls = calls.Where(call => call.Queue == queue && call.Queue != "");
        }

        if (Text(filter.Trunk) is { } trunk)
        {
            calls = calls.Where(call => call.Trunk == trunk);
        }

        if (Text(filter.Dialled) is { } dialled)
        {
            var tail = NumberTail.Of(dialled);
            calls = calls.Where(call => call.ToTail == tail && call.ToNumber == dialled);
        }

        if (Text(filter.Country) is { } country)
        {
            calls = calls.Where(CallPredicates.OutsideWithin(PhoneRanges.OfCountry(country)));
        }

        if (filter.Recorded is { } recorded)
        {
            calls = calls.Where(call => call.HasRecording == recorded);
        }

        return OfTimes(OfName(calls, filter), filter);
    }

    /// <summary>Calls in which the filter's extension had its part.</summary>
    public static IQueryable<Call> OfAgent(CallCenterDbContext db, IQueryable<Call> calls, CallFilter filter)
    {
        if (Text(filter.Agent) is null)
        {
            return calls;
        }

        var parts = PartsOf(db, filter);
        return calls.Where(call => parts.Any(part => part.CallId == call.Id));
    }

    /// <summary>The parts of the filter's extension.</summary>
    public static IQueryable<CallParticipant> PartsOf(CallCenterDbContext db, CallFilter filter)
    {
        var extension = Text(filter.Agent);
        var parts = db.Set<CallParticipant>().AsNoTracking().Where(part => part.Extension == extension);
        if (filter.Part is { } part)
        {
            parts = parts.Where(row => (row.Part & part) != 0);
        }

        if (filter.PartNot is { } partNot)
        {
            parts = parts.Where(row => (row.Part & partNot) == 0);
        }

        return parts;
    }

    /// <summary>Calls with one of the clients' numbers; beyond a measure the database matches them itself.</summary>
    public static IQueryable<Call> OfClients(CallCenterDbContext db, IQueryable<Call> calls, CallFilter filter, List<long> numbers, int most)
    {
        if (filter.ClientId is null)
        {
            calls = calls.Where(call => call.ClientCount > 0);
        }

        return numbers.Count > most
            ? calls.Where(call => CallRowClients.NumbersOf(db, filter).Contains(call.OutsideE164))
            : calls.Where(call => EF.Parameter(numbers).Contains(call.OutsideE164));
    }

    /// <summary>Whether the filter has a condition that no index in the list's order knows.</summary>
    public static bool AreSparse(CallFilter filter) => filter with
    {
        Range = null,
        From = null,
        To = null,
        Number = null,
        Client = null,
        ClientId = null,
        Agent = null,
        Queue = null,
        Outcome = filter.Outcome == CallOutcome.Answered ? filter.Outcome : null,
    } != CallFilter.None;

    [SuppressMessage("Globalization", "CA1304", Justification = "Runs in the database, which knows no culture of ours.")]
    [SuppressMessage("Globalization", "CA1311", Justification = "Runs in the database, which knows no culture of ours.")]
    [SuppressMessage("Performance", "CA1862", Justification = "Runs in the database, which knows no such comparison.")]
    private static IQueryable<Call> OfName(IQueryable<Call> calls, CallFilter filter) =>
        (Text(filter.Name) ?? "").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(8)
            .Aggregate(calls, (found, word) => found.Where(call => call.FromName.ToLower().Contains(word)));

    private static IQueryable<Call> OfTimes(IQueryable<Call> calls, CallFilter filter)
    {
        if (filter.TalkFrom is { } talkFrom)
        {
            calls = calls.Where(call => call.TalkSeconds >= talkFrom);
        }

        if (filter.TalkTo is { } talkTo)
        {
            calls = calls.Where(call => call.TalkSeconds <= talkTo);
        }

        if (filter.WaitFrom is { } waitFrom)
        {
            calls = calls.Where(call => call.WaitSeconds >= waitFrom);
        }

        return filter.WaitTo is { } waitTo ? calls.Where(call => call.WaitSeconds <= waitTo) : calls;
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

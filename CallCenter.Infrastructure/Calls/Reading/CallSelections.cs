using System.Linq.Expressions;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Clients;
using CallCenter.Infrastructure.Figures;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Work;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls.Reading;

/// <summary>Turns a filter into queries: which conditions, and by which index the list is read in order (adr/0021).</summary>
internal sealed class CallSelections(ITenantContext tenant, ICaller caller, ICallReaches reaches, TimeProvider clock)
{
    // Each way is a query of its own in one statement; with more, one walk along the list with a check of each call is cheaper.
    private const int MaxWays = 16;

    private const int MaxClientNumbers = 500;

    // So many calls of a number are sorted in milliseconds.
    private const int FewCalls = 5_000;

    /// <summary>The selection, <see cref="AccessErrors.Denied"/>, <see cref="CallErrors.NumberWithoutDigits"/> or <see cref="CallErrors.RangeBackwards"/>.</summary>
    public async Task<Result<CallSelection>> ReadAsync(CallCenterDbContext db, CallFilter filter, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Calls.View))
        {
            return AccessErrors.Denied;
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(tenant.Tenant.TimeZoneId);
        var now = clock.GetUtcNow().UtcDateTime;
        var (firstDay, lastDay) = CallRanges.DaysOf(filter, LocalDay.Of(now, zone), Weekdays.FirstOf(tenant.Tenant.CountryCode));
        if (firstDay > lastDay)
        {
            return CallErrors.RangeBackwards;
        }

        var numbers = string.IsNullOrWhiteSpace(filter.Number) ? [] : CallNumberSearch.Conditions(filter.Number, tenant.Tenant.CountryCode);
        if (numbers is null)
        {
            return CallErrors.NumberWithoutDigits;
        }

        DateTime? fromUtc = firstDay is { } first ? LocalDay.StartUtc(first, zone) : null;
        DateTime? beforeUtc = lastDay is { } last ? LocalDay.EndUtc(last, zone) : null;
        var calls = CallConditions.Narrow(db.Set<Call>().AsNoTracking(), filter);
        if (filter.Weekday is not null || filter.Hour is not null)
        {
            var oldest = fromUtc ?? await db.Set<Call>().OrderBy(call => call.StartedAtUtc).Select(call => (DateTime?)call.StartedAtUtc).FirstOrDefaultAsync(cancellationToken) ?? now;
            calls = calls.Where(CallClock.At(filter.Weekday, filter.Hour, zone, oldest, beforeUtc ?? now.AddDays(1)));
        }

        calls = CallWorkQuery.Narrow(db, calls.NarrowToSet(filter), filter);
        var reach = await reaches.ReadAsync(cancellationToken);
        var clients = caller.May(Permissions.Clients.View) ? await ClientNumbersAsync(db, filter, cancellationToken) : null;

        // Who drives: the most selective of what has an index in the list's order. All the rest are checks of what it finds.
        var byClient = clients is { Count: <= MaxWays };
        var byNumber = !byClient && numbers.Count > 0;
        var byAgent = !byClient && !byNumber && !string.IsNullOrWhiteSpace(filter.Agent);
        var byReach = !byClient && !byNumber && !byAgent && !reach.All && reach.Extensions.Count + reach.Held.Count + reach.Queues.Count <= MaxWays;

        var ownAgent = !reach.All && filter.Agent is { } agent && reach.Extensions.Contains(agent.Trim());
        var inReach = ownAgent ? calls : calls.Within(db, reach);
        var ofClients = clients is null ? inReach : CallConditions.OfClients(db, inReach, filter, clients, MaxClientNumbers);
        var numbered = numbers.Count == 0 ? ofClients : ofClients.Where(CallPredicates.Any(numbers.Select(number => number.Is)));
        var all = CallConditions.OfAgent(db, numbered, filter);

        var (byNumberWays, frequent) = byNumber
            ? await NumberWaysAsync(db, CallConditions.OfAgent(db, ofClients, filter), numbers, cancellationToken)
            : ([], false);
        CallWay[] ways =
            byClient ? [.. clients!.Select(number => CallWays.ByCalls(all.Where(call => call.OutsideE164 == number)))]
            : byNumber ? byNumberWays
            : byAgent ? [CallWays.ByParts(CallConditions.PartsOf(db, filter), ofClients)]
            : byReach ? ReachWays(db, clients is null ? calls : ofClients, reach)
            : [CallWays.ByCalls(all)];
        if (ways.Length == 0)
        {
            ways = [CallWays.ByCalls(all.Where(_ => false))];
        }

        var bounded = all;
        if (fromUtc is { } from)
        {
            bounded = bounded.Where(call => call.StartedAtUtc >= from);
        }

        if (beforeUtc is { } before)
        {
            bounded = bounded.Where(call => call.StartedAtUtc < before);
        }

        var isSparse = CallConditions.AreSparse(filter) || frequent || clients is { Count: > MaxWays } || (!reach.All && !byReach && !ownAgent);
        return new CallSelection(bounded, ways, fromUtc, beforeUtc, isSparse);
    }

    private static async Task<(CallWay[] Ways, bool HaveFrequent)> NumberWaysAsync(
        CallCenterDbContext db, IQueryable<Call> calls, IReadOnlyList<NumberCondition> numbers, CancellationToken cancellationToken)
    {
        var (ways, haveFrequent) = (new List<CallWay>(), false);
        foreach (var number in numbers)
        {
            var isFew = number.Range is { } range && await AreFewAsync(db, range, cancellationToken);
            haveFrequent |= number.Range is not null && !isFew;
            ways.Add(isFew ? CallWays.BySorting(calls.Where(number.Is)) : CallWays.ByCalls(calls.Where(number.Is)));
        }

        return ([.. ways], haveFrequent);
    }

    /// <summary>
    /// Whether a range has few calls. A database guesses that from a histogram; where it guesses too many it walks through all the list
    /// for a page, and finds the few at its end, or none.
    /// </summary>
    private static async Task<bool> AreFewAsync(CallCenterDbContext db, Expression<Func<Call, bool>> range, CancellationToken cancellationToken)
    {
        // Only what the index of the range holds: the calls themselves are not looked at.
        var entries = db.Set<Call>().Where(range).Select(call => call.TenantId);
        return await entries.Take(FewCalls + 1).CountAsync(cancellationToken) <= FewCalls;
    }

    private static CallWay[] ReachWays(CallCenterDbContext db, IQueryable<Call> calls, CallReach reach) =>
    [
        .. reach.Extensions.Select(extension => CallWays.ByParts(db.Set<CallParticipant>().Where(part => part.Extension == extension), calls)),
        .. reach.Held.Select(held => CallWays.ByParts(PartsOf(db, held), calls)),
        .. reach.Queues.Select(queue => CallWays.ByCalls(calls.Where(call => call.Queue != "" && call.Queue == queue))),
    ];

    /// <summary>The parts of an extension in the time in which it was theirs.</summary>
    private static IQueryable<CallParticipant> PartsOf(CallCenterDbContext db, HeldExtension held)
    {
        var (extension, from) = (held.Extension, held.FromUtc);
        var parts = db.Set<CallParticipant>().Where(part => part.Extension == extension && part.StartedAtUtc >= from);
        return held.UntilUtc is { } until ? parts.Where(part => part.StartedAtUtc < until) : parts;
    }

    /// <summary>Numbers of the clients that are meant; null when no client is, one more than the most when there are more.</summary>
    private static async Task<List<long>?> ClientNumbersAsync(CallCenterDbContext db, CallFilter filter, CancellationToken cancellationToken)
    {
        if (filter.ClientId is null && string.IsNullOrWhiteSpace(filter.Client))
        {
            return null;
        }

        var numbers = CallRowClients.NumbersOf(db, filter);
        return await numbers.Distinct().Take(MaxClientNumbers + 1).ToListAsync(cancellationToken);
    }
}

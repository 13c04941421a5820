using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Clients;

/// <summary>Clients beside calls: their names on a page of calls, and the numbers that make calls theirs.</summary>
internal static class CallRowClients
{
    /// <summary>The rows with the names of their clients, in one question for the whole page.</summary>
    public static async Task<List<CallRow>> AddAsync(CallCenterDbContext db, ICaller caller, List<CallRow> rows, CancellationToken cancellationToken)
    {
        var names = new Dictionary<long, ClientName[]>();
        await LearnAsync(db, caller, rows.Where(row => row.ClientCount > 0).Select(row => row.OutsideE164), names, cancellationToken);
        return names.Count == 0 ? rows : rows.ConvertAll(row => Of(row.ClientCount, row.OutsideE164, row.ClientId, names) is { Count: > 0 } clients ? row with { Clients = clients } : row);
    }

    /// <summary>Reads whose the numbers are, where that is not known yet; nothing for those who may not see clients.</summary>
    public static async Task LearnAsync(
        CallCenterDbContext db, ICaller caller, IEnumerable<long> e164, Dictionary<long, ClientName[]> names, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Clients.View))
        {
            return;
        }

        var numbers = e164.Where(number => !names.ContainsKey(number)).Distinct().ToList();
        if (numbers.Count == 0)
        {
            return;
        }

        var named = await (
            from number in db.Set<ClientNumber>()
            join client in db.Set<Client>() on number.ClientId equals client.Id
            where EF.Parameter(numbers).Contains(number.E164)
            orderby client.SortText, client.Id
            select new { number.E164, Name = new ClientName(client.Id, client.Name, client.Company) }).ToListAsync(cancellationToken);
        var byNumber = named.ToLookup(client => client.E164, client => client.Name);
        numbers.ForEach(number => names[number] = [.. byNumber[number]]);
    }

    /// <summary>By the match that is stored, so that what is seen is what is searched and counted.</summary>
    public static IReadOnlyList<ClientName> Of(int count, long e164, Guid? clientId, Dictionary<long, ClientName[]> names) =>
        count == 0 || !names.TryGetValue(e164, out var clients) ? []
        : clientId is { } id && clients is not [{ } only] ? [.. clients.Where(client => client.Id == id)]
        : clientId is null || clients[0].Id == clientId ? clients
        : [];

    /// <summary>Numbers of the client, or of clients with all the words.</summary>
    public static IQueryable<long> NumbersOf(CallCenterDbContext db, CallFilter filter)
    {
        var numbers = db.Set<ClientNumber>().AsNoTracking();
        if (filter.ClientId is { } id)
        {
            numbers = numbers.Where(number => number.ClientId == id);
        }

        if (!string.IsNullOrWhiteSpace(filter.Client))
        {
            var clients = ClientSearch.WithWords(db.Set<Client>(), filter.Client);
            numbers = numbers.Where(number => clients.Any(client => client.Id == number.ClientId));
        }

        return numbers.Select(number => number.E164);
    }
}

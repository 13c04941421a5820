using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Clients;

/// <summary>Clients beside calls: their names on a page of calls, and calls by client.</summary>
internal static class CallRowClients
{
    /// <summary>The rows with the names of their clients, in one question for the whole page.</summary>
    public static async Task<List<CallRow>> AddAsync(CallCenterDbContext db, ICaller caller, List<CallRow> rows, CancellationToken cancellationToken)
    {
        var calls = rows.ConvertAll(row => row.Id);
        if (calls.Count == 0 || !caller.May(Permissions.Clients.View))
        {
            return rows;
        }

        // By the match that is stored, so that what is seen is what is searched and counted.
        var named = await (
            from call in db.Set<Call>()
            join number in db.Set<ClientNumber>() on call.OutsideE164 equals number.E164
            join client in db.Set<Client>() on number.ClientId equals client.Id
            where EF.Parameter(calls).Contains(call.Id) && call.ClientCount > 0 && (call.ClientId == null || call.ClientId == client.Id)
            orderby client.SortText, client.Id
            select new { CallId = call.Id, Name = new ClientName(client.Id, client.Name, client.Company) }).ToListAsync(cancellationToken);
        var byCall = named.ToLookup(client => client.CallId, client => client.Name);
        return rows.ConvertAll(row => byCall.Contains(row.Id) ? row with { Clients = [.. byCall[row.Id]] } : row);
    }

    /// <summary>Calls with a number of the client, or of a client with all the words.</summary>
    public static IQueryable<Call> Narrow(CallCenterDbContext db, IQueryable<Call> calls, CallFilter filter)
    {
        if (filter.ClientId is { } id)
        {
            calls = calls.Where(call => db.Set<ClientNumber>().Where(number => number.ClientId == id).Select(number => number.E164).Contains(call.OutsideE164));
        }

        if (!string.IsNullOrWhiteSpace(filter.Client))
        {
            var clients = ClientSearch.WithWords(db.Set<Client>(), filter.Client);
            calls = calls.Where(call => call.ClientCount > 0
                && db.Set<ClientNumber>().Any(number => number.E164 == call.OutsideE164 && clients.Any(client => client.Id == number.ClientId)));
        }

        return calls;
    }
}

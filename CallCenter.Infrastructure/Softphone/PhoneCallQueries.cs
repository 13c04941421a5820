using System.Linq.Expressions;
using CallCenter.Core.Clients;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Softphone;

/// <summary>Phones' calls as rows.</summary>
internal static class PhoneCallQueries
{
    private static readonly Expression<Func<PhoneCall, PhoneCallRow>> Row = c => new PhoneCallRow(
        c.Id, c.ClientId, c.UserId, c.UserName, c.Extension, c.Direction, c.Number, c.Name, c.E164, c.State, c.StartedAtUtc, c.AnsweredAtUtc,
        c.EndedAtUtc, c.EndedBy, c.Cause, c.SipCode,
        c.MosAverage == null
            ? null
            : new PhoneQuality(
                c.MosAverage.Value, c.MosLowest ?? c.MosAverage.Value, c.LossPercent ?? 0, c.JitterMilliseconds ?? 0, c.RoundTripMilliseconds, c.QualitySamples),
        c.CallId, c.Note, c.DispositionId);

    public static async Task<IReadOnlyList<PhoneCallRow>> ToRowsAsync(
        this IQueryable<PhoneCall> calls, CallCenterDbContext db, ICaller caller, CancellationToken cancellationToken)
    {
        var rows = await calls.AsNoTracking().Select(Row).ToListAsync(cancellationToken);
        var numbers = rows.Select(row => row.E164).Where(number => number > 0).Distinct().ToList();
        if (numbers.Count == 0 || !caller.May(Permissions.Clients.View))
        {
            return rows;
        }

        var named = (await (
            from number in db.Set<ClientNumber>()
            join client in db.Set<Client>() on number.ClientId equals client.Id
            where EF.Parameter(numbers).Contains(number.E164)
            orderby client.SortText, client.Id
            select new { number.E164, Name = new ClientName(client.Id, client.Name, client.Company) }).ToListAsync(cancellationToken))
            .ToLookup(client => client.E164, client => client.Name);
        return rows.ConvertAll(row => named.Contains(row.E164) ? row with { Clients = [.. named[row.E164]] } : row);
    }
}

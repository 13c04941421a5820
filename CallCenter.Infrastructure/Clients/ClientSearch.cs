using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Phones;
using CallCenter.Core.Primitives;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Clients;

/// <summary>Reads pages of the client book by key.</summary>
internal static class ClientSearch
{
    // Fewer digits are part of a name more often than the end of a number.
    private const int ShortestTail = 3;

    public static async Task<KeysetPage<ClientRow>> PageAsync(
        CallCenterDbContext db, CallReach reach, ClientFilter filter, string? cursor, int count, CancellationToken cancellationToken)
    {
        var matching = Narrow(db, filter);
        var key = ClientCursor.Parse(cursor);
        var clients = await Page(matching, key).Take(count + 1).ToListAsync(cancellationToken);
        if (key is not null && clients.Count <= count && (key.Backwards || clients.Count == 0))
        {
            // The way back ends at the first page, and that one is full and has nothing before it.
            key = null;
            clients = await Page(matching, key).Take(count + 1).ToListAsync(cancellationToken);
        }

        var more = clients.Count > count;
        if (more)
        {
            clients.RemoveAt(count);
        }

        if (key is { Backwards: true })
        {
            clients.Reverse();
        }

        var total = await matching.Select(client => client.Id).Take(KeysetPage<ClientRow>.DefaultTotalCap).CountAsync(cancellationToken);
        var hasPrevious = key is { Backwards: true } ? more : key is not null;
        var hasNext = key is { Backwards: true } || more;
        return new KeysetPage<ClientRow>(
            await ToRowsAsync(db, reach, clients, cancellationToken),
            hasPrevious && clients.Count > 0 ? new ClientCursor(true, clients[0].SortText, clients[0].Id).ToString() : null,
            hasNext && clients.Count > 0 ? new ClientCursor(false, clients[^1].SortText, clients[^1].Id).ToString() : null,
            total,
            KeysetPage<ClientRow>.DefaultTotalCap);
    }

    /// <summary>Clients with all the words in name, company or tags.</summary>
    public static IQueryable<Client> WithWords(IQueryable<Client> clients, string text) =>
        SearchText.Words(text).Aggregate(clients, (found, word) => found.Where(client => client.SearchText.Contains(word)));

    private static IQueryable<Client> Narrow(CallCenterDbContext db, ClientFilter filter)
    {
        var clients = db.Set<Client>().AsNoTracking();
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            clients = Matching(db, clients, filter.Text);
        }

        if (!string.IsNullOrWhiteSpace(filter.Tag))
        {
            var tag = SearchText.Fold(filter.Tag);
            clients = clients.Where(client => client.Tags.Any(t => t.Key == tag));
        }

        return filter.SharedOnly
            ? clients.Where(client => client.Numbers.Any(number => db.Set<ClientNumber>().Any(other => other.E164 == number.E164 && other.ClientId != client.Id)))
            : clients;
    }

    /// <summary>What looks like a number is one: whole in any spelling, or last digits.</summary>
    private static IQueryable<Client> Matching(CallCenterDbContext db, IQueryable<Client> clients, string text)
    {
        var digits = text.Count(char.IsDigit);
        if (digits < ShortestTail || text.Any(char.IsLetter))
        {
            return WithWords(clients, text);
        }

        var whole = PhoneNumbers.ToE164(text, db.CurrentTenant.CountryCode);
        var (first, last) = NumberTail.EndingWith(text) ?? (0, 0);
        return digits > NumberTail.Length && whole != 0
            ? clients.Where(client => client.Numbers.Any(number => number.E164 == whole))
            : clients.Where(client => client.Numbers.Any(number => (number.Tail >= first && number.Tail <= last) || (whole != 0 && number.E164 == whole)));
    }

    private static IQueryable<Client> Page(IQueryable<Client> clients, ClientCursor? key)
    {
        if (key is null)
        {
            return clients.OrderBy(client => client.SortText).ThenBy(client => client.Id);
        }

        // The bare comparison of names says nothing new, but it is the one an index can begin with.
        var (text, id) = (key.SortText, key.Id);
        return key.Backwards
            ? clients.Where(client => client.SortText.CompareTo(text) <= 0 && (client.SortText.CompareTo(text) < 0 || client.Id < id))
                .OrderByDescending(client => client.SortText).ThenByDescending(client => client.Id)
            : clients.Where(client => client.SortText.CompareTo(text) >= 0 && (client.SortText.CompareTo(text) > 0 || client.Id > id))
                .OrderBy(client => client.SortText).ThenBy(client => client.Id);
    }

    private static async Task<IReadOnlyList<ClientRow>> ToRowsAsync(
        CallCenterDbContext db, CallReach reach, List<Client> clients, CancellationToken cancellationToken)
    {
        var calls = db.Set<Call>().Within(db, reach);
        var ids = clients.ConvertAll(client => client.Id);
        var numbers = await db.Set<ClientNumber>().AsNoTracking().Where(number => EF.Parameter(ids).Contains(number.ClientId)).OrderBy(number => number.Position)
            .Select(number => new
            {
                number.ClientId,
                number.E164,
                LastCallAtUtc = calls.Where(call => call.OutsideE164 == number.E164).OrderByDescending(call => call.StartedAtUtc).Select(call => (DateTime?)call.StartedAtUtc).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        var tags = await db.Set<ClientTag>().AsNoTracking().Where(tag => EF.Parameter(ids).Contains(tag.ClientId)).OrderBy(tag => tag.Key)
            .Select(tag => new { tag.ClientId, tag.Text }).ToListAsync(cancellationToken);
        var (numbersOf, tagsOf) = (numbers.ToLookup(number => number.ClientId), tags.ToLookup(tag => tag.ClientId, tag => tag.Text));
        return clients.ConvertAll(client => new ClientRow(
            client.Id,
            client.Name,
            client.Company,
            [.. numbersOf[client.Id].Select(number => number.E164)],
            [.. tagsOf[client.Id]],
            numbersOf[client.Id].Max(number => number.LastCallAtUtc)));
    }
}

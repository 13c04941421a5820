using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Phones;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Clients;

/// <summary>Whose a number is: the client when it is one's alone, and how many have it.</summary>
internal readonly record struct ClientMatch(Guid? ClientId, int Count)
{
    public static readonly ClientMatch None;

    /// <summary>The book's answer for each of the numbers that it knows.</summary>
    public static async Task<Dictionary<long, ClientMatch>> ReadAsync(CallCenterDbContext db, List<long> numbers, CancellationToken cancellationToken)
    {
        var found = await db.Set<ClientNumber>()
            .Where(number => EF.Parameter(numbers).Contains(number.E164))
            .Select(number => new { number.E164, number.ClientId })
            .ToListAsync(cancellationToken);
        return found.GroupBy(number => number.E164)
            .ToDictionary(group => group.Key, group => new ClientMatch(group.Count() == 1 ? group.First().ClientId : null, group.Count()));
    }

    /// <summary>
    /// Waits for whoever writes calls of the tenant with the book in hand, or matches them anew: a call stored by an older book
    /// is there before the matching begins, and one stored later sees the newer book.
    /// </summary>
    public static Task LockAsync(CallCenterDbContext db, ICallBulkWriter bulk, CancellationToken cancellationToken) =>
        bulk.LockAsync(db, Guid.Empty, cancellationToken);
}

/// <summary>Outside numbers of calls that are about to be stored, and whose they are.</summary>
internal sealed class CallClients
{
    private readonly Dictionary<long, ClientMatch> _owners;

    private CallClients(long[] outside, Dictionary<long, ClientMatch> owners) => (Outside, _owners) = (outside, owners);

    /// <summary>By call, in order; 0 for none.</summary>
    public IReadOnlyList<long> Outside { get; }

    /// <summary>The outside number of each call as E.164, 0 for none; pure.</summary>
    public static long[] NumbersOf(IReadOnlyList<AssembledCall> calls, string country)
    {
        // The same few thousand numbers come again and again.
        var known = new Dictionary<string, long>(StringComparer.Ordinal);
        var outside = new long[calls.Count];
        for (var i = 0; i < outside.Length; i++)
        {
            if (OutsideOf(calls[i].Direction, calls[i].FromNumber, calls[i].ToNumber) is { Length: > 0 } number
                && !known.TryGetValue(number, out outside[i]))
            {
                outside[i] = known[number] = PhoneNumbers.ToE164(number, country);
            }
        }

        return outside;
    }

    /// <param name="db">Its transaction holds the book until it ends.</param>
    /// <param name="bulk">Takes the lock.</param>
    /// <param name="outside">Of the calls, in order; see <see cref="NumbersOf"/>.</param>
    /// <param name="more">Numbers of others, to be asked for by <see cref="OwnerOfNumber"/>.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<CallClients> ReadAsync(
        CallCenterDbContext db, ICallBulkWriter bulk, long[] outside, IEnumerable<long> more, CancellationToken cancellationToken)
    {
        List<long> numbers = [.. outside.Concat(more).Where(number => number != 0).Distinct()];
        if (numbers.Count == 0)
        {
            return new CallClients(outside, []);
        }

        await ClientMatch.LockAsync(db, bulk, cancellationToken);
        return new CallClients(outside, await ClientMatch.ReadAsync(db, numbers, cancellationToken));
    }

    public ClientMatch OwnerOf(int call) => OwnerOfNumber(Outside[call]);

    public ClientMatch OwnerOfNumber(long e164) => _owners.GetValueOrDefault(e164);

    /// <summary>The number of the party that is not ours; empty for calls within the house.</summary>
    public static string OutsideOf(CallDirection direction, string from, string to) => direction switch
    {
        CallDirection.Inbound or CallDirection.External => from,
        CallDirection.Outbound => to,
        _ => "",
    };
}

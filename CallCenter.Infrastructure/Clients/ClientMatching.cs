using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Phones;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Clients;

/// <summary>
/// Matches stored calls anew after the client book changed. What is to be done stands in rows written with the change, so that a
/// crash at any point only means that the rest is done later.
/// </summary>
internal sealed class ClientMatching(IDbContextFactory<CallCenterDbContext> contexts, ICallBulkWriter bulk, TenantNotices notices)
{
    private const int NumbersPerStep = 500;
    private const int CallsPerStep = 2_000;

    /// <summary>Does at most so many steps, each a transaction of its own.</summary>
    /// <returns>True when nothing is left to do.</returns>
    public async Task<bool> RunAsync(int maxSteps, CancellationToken cancellationToken)
    {
        for (var step = 0; step < maxSteps; step++)
        {
            if (!await StepAsync(cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Gives calls stored before outside numbers were kept theirs.</summary>
    /// <returns>True when every call has its own.</returns>
    public async Task<bool> ReadOldCallsAsync(int maxSteps, CancellationToken cancellationToken)
    {
        for (var step = 0; step < maxSteps; step++)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await ClientMatch.LockAsync(db, bulk, cancellationToken);
            var country = db.CurrentTenant.CountryCode;
            var calls = await db.Set<Call>()
                .Where(call => call.OutsideE164 == Call.NotRead)
                .OrderByDescending(call => call.StartedAtUtc)
                .Take(CallsPerStep)
                .Select(call => new { call.Id, call.Direction, call.FromNumber, call.ToNumber })
                .ToListAsync(cancellationToken);
            if (calls.Count == 0)
            {
                return true;
            }

            var read = calls.ConvertAll(call => (call.Id, E164: PhoneNumbers.ToE164(CallClients.OutsideOf(call.Direction, call.FromNumber, call.ToNumber), country)));
            var owners = await ClientMatch.ReadAsync(db, [.. read.Select(call => call.E164).Where(number => number != 0).Distinct()], cancellationToken);
            await UpdateAsync(db, [.. read.Select(call => new CallOwner(db.CurrentTenantId, call.Id, call.E164, owners.GetValueOrDefault(call.E164)))], cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return false;
    }

    private async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var changes = await db.Set<ClientNumberChange>().OrderBy(change => change.Id).Take(NumbersPerStep)
            .Select(change => new { change.Id, change.E164 }).ToListAsync(cancellationToken);
        if (changes.Count == 0)
        {
            return false;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await ClientMatch.LockAsync(db, bulk, cancellationToken);
        List<long> numbers = [.. changes.Select(change => change.E164).Distinct()];
        var owners = await ClientMatch.ReadAsync(db, numbers, cancellationToken);
        var stale = await ReadStaleAsync(db, numbers, owners, cancellationToken);
        await UpdateAsync(db, stale, cancellationToken);
        if (stale.Count < CallsPerStep)
        {
            List<Guid> done = [.. changes.Select(change => change.Id)];
            await db.Set<ClientNumberChange>().Where(change => EF.Parameter(done).Contains(change.Id)).ExecuteDeleteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        if (stale.Count > 0)
        {
            notices.Raise(NoticeTopic.Calls, db.CurrentTenantId);
        }

        return true;
    }

    /// <summary>Calls whose match differs from the book's, at most a step's worth.</summary>
    private static async Task<List<CallOwner>> ReadStaleAsync(
        CallCenterDbContext db, List<long> numbers, Dictionary<long, ClientMatch> owners, CancellationToken cancellationToken)
    {
        var tenantId = db.CurrentTenantId;
        var stale = new List<CallOwner>();

        // Numbers of one answer in one question: unknown, shared by so many, and one client's alone, each of which differs.
        foreach (var group in numbers.GroupBy(number => owners.GetValueOrDefault(number)))
        {
            List<long> same = [.. group];
            var (clientId, count) = group.Key;
            var calls = await db.Set<Call>()
                .Where(call => EF.Parameter(same).Contains(call.OutsideE164) && (call.ClientCount != count || call.ClientId != clientId))
                .Take(CallsPerStep - stale.Count)
                .Select(call => new { call.Id, call.OutsideE164 })
                .ToListAsync(cancellationToken);
            stale.AddRange(calls.Select(call => new CallOwner(tenantId, call.Id, call.OutsideE164, group.Key)));
            if (stale.Count == CallsPerStep)
            {
                break;
            }
        }

        return stale;
    }

    private Task UpdateAsync(CallCenterDbContext db, List<CallOwner> calls, CancellationToken cancellationToken) =>
        bulk.UpdateAsync<CallOwner, CallOwnerMap>(db, calls, cancellationToken);
}

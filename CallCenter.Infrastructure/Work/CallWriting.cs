using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Work;

/// <summary>The one way to write onto a call: permission, reach, and the call held still until the transaction ends.</summary>
internal sealed class CallWriting(IDbContextFactory<CallCenterDbContext> contexts, ICallReaches reaches, ICaller caller, ITenantContext tenant)
{
    /// <summary>Runs the act in a transaction that saves and commits when it succeeds.</summary>
    public async Task<Result<T>> RunAsync<T>(
        Guid callId, Func<CallCenterDbContext, string, Task<Result<T>>> act, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Calls.View) || !caller.May(Permissions.Calls.Annotate))
        {
            return AccessErrors.Denied;
        }

        var reach = await reaches.ReadAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // First, and in every writer: it orders people who write on one call, and new words of the vocabulary.
        await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);

        // Holds the call without changing it. A writer that joins it to another one comes wholly before, and then it is not
        // found, or wholly after, and then it sees what is written here and moves it along.
        var held = await db.Set<Call>().Where(call => call.Id == callId)
            .ExecuteUpdateAsync(set => set.SetProperty(call => call.RulesVersion, call => call.RulesVersion), cancellationToken);
        var key = held == 0
            ? null
            : await db.Set<Call>().Within(db, reach).Where(call => call.Id == callId).Select(call => call.CallKey).SingleOrDefaultAsync(cancellationToken);
        if (key is null)
        {
            return CallErrors.NotFound;
        }

        var result = await act(db, key);
        if (result.Succeeded)
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return result;
    }
}

using CallCenter.Core.Calls;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls;

/// <summary>
/// Puts calls of older rules together anew from their stored legs. Each call says which rules it was made by, so a crash at any
/// point only means that the rest is done later.
/// </summary>
internal sealed class CallRebuild(IDbContextFactory<CallCenterDbContext> contexts, CallWriter writer, TenantNotices notices)
{
    private const int CallsPerStep = 500;

    /// <summary>Does at most so many steps, each a transaction of its own.</summary>
    /// <returns>True when every call is of today's rules.</returns>
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

    private async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var old = await db.Set<Call>()
            .Where(call => call.RulesVersion < CallAssembler.RulesVersion)
            .OrderBy(call => call.RulesVersion)
            .Take(CallsPerStep)
            .Select(call => new { call.Id, call.PbxId })
            .ToListAsync(cancellationToken);
        foreach (var pbx in old.GroupBy(call => call.PbxId, call => call.Id))
        {
            List<Guid> ids = [.. pbx];
            await writer.RebuildAsync(pbx.Key, ids, cancellationToken);

            // A call without legs cannot be put together; it must not be met again for ever.
            await db.Set<Call>()
                .Where(call => EF.Parameter(ids).Contains(call.Id) && call.RulesVersion < CallAssembler.RulesVersion)
                .ExecuteUpdateAsync(set => set.SetProperty(call => call.RulesVersion, CallAssembler.RulesVersion), cancellationToken);
        }

        if (old.Count > 0)
        {
            notices.Raise(NoticeTopic.Calls, db.CurrentTenantId);
        }

        return old.Count > 0;
    }
}

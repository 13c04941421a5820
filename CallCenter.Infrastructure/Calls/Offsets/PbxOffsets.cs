using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls.Offsets;

internal sealed class PbxOffsets(IDbContextFactory<CallCenterDbContext> contexts, ICaller caller) : IPbxOffsets
{
    public async Task<Result<IReadOnlyList<PbxOffset>>> ListAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Settings.View))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<PbxOffset>().AsNoTracking().OrderByDescending(offset => offset.FirstSeenUtc).ToListAsync(cancellationToken);
    }
}

using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls;

internal sealed class RawLegs(IDbContextFactory<CallCenterDbContext> contexts, ICaller caller, ICallReaches reaches, IAuditTrail audit) : IRawLegs
{
    public async Task<Result<IReadOnlyList<RawLeg>>> ReadAsync(Guid callId, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.Raw))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var key = await db.Set<Call>()
            .Within(db, await reaches.ReadAsync(cancellationToken))
            .Where(call => call.Id == callId)
            .Select(call => call.CallKey)
            .SingleOrDefaultAsync(cancellationToken);
        if (key is null)
        {
            return CallErrors.NotFound;
        }

        var legs = await db.Set<CallLeg>()
            .Where(leg => leg.CallId == callId)
            .OrderBy(leg => leg.StartedAtUtc)
            .ThenBy(leg => leg.AccountId.Length)
            .ThenBy(leg => leg.AccountId)
            .Select(leg => new RawLeg(leg.AccountId, leg.UniqueId, leg.Session, leg.StartLocal, leg.StartedAtUtc, leg.Raw))
            .ToListAsync(cancellationToken);
        audit.Append(db, new AuditNote(CallAuditActions.RawRead, AuditSubjects.Call, callId.ToString("D"), key));
        await db.SaveChangesAsync(cancellationToken);
        return legs;
    }
}

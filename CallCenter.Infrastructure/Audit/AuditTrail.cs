using CallCenter.Core.Audit;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;

namespace CallCenter.Infrastructure.Audit;

internal sealed class AuditTrail(ICaller caller, ITenantContext tenant, TimeProvider time) : IAuditTrail
{
    public void Append(CallCenterDbContext db, AuditNote note) => Append(db, tenant.TenantId, note, null);

    public void AppendPlatform(CallCenterDbContext db, AuditNote note, AuditActor? actor = null) => Append(db, AuditChains.Platform, note, actor);

    private void Append(CallCenterDbContext db, Guid chain, AuditNote note, AuditActor? actor)
    {
        actor ??= new AuditActor(caller.UserId, caller.Name, caller.RemoteAddress);
        db.PendingAudit.Add(new PendingAudit(chain, time.GetUtcNow().UtcDateTime, actor, note));
    }
}

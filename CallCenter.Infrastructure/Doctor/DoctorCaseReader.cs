using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Settings;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Doctor;

/// <summary>Reads what a run examines, and notes in the audit log that it was run.</summary>
internal sealed class DoctorCaseReader(
    IDbContextFactory<CallCenterDbContext> contexts, ISecretProtector protector, IGdmsConnections gdms, IAuditTrail audit, ITenantContext tenant)
{
    public async Task<DoctorCase> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<PbxConnection>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var stun = await db.Set<RecordingPolicy>().Select(r => r.StunServer).SingleOrDefaultAsync(cancellationToken);
        var account = await gdms.GetAsync(cancellationToken);
        if (row is null)
        {
            return new DoctorCase(null, false, 0, account, StunAddress.Parse(stun));
        }

        var password = protector.Unprotect(row.ApiPasswordProtected, SettingsSecrets.PbxPassword(row.TenantId));
        var endpoint = new PbxEndpoint(
            row.TenantId, row.Id, row.Kind, row.Host, row.Port, row.WebSocketPath, row.ApiUser,
            password.Succeeded ? password.Value : new Secret(""), row.PinnedCertificateSha256, tenant.Tenant.TimeZoneId);
        var learned = await db.Set<PbxOffset>().Where(offset => offset.PbxId == row.Id).OrderByDescending(offset => offset.LastSeenUtc)
            .Select(offset => (int?)offset.OffsetMinutes).FirstOrDefaultAsync(cancellationToken);
        return new DoctorCase(endpoint, !password.Succeeded, row.Version, account, StunAddress.Parse(stun))
        {
            LearnedOffset = learned is { } minutes ? TimeSpan.FromMinutes(minutes) : null,
        };
    }

    public async Task NoteRunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        audit.Append(db, new AuditNote(SettingsAudit.DoctorRun, AuditSubjects.Settings, "doctor", "doctor"));
        await db.SaveChangesAsync(cancellationToken);
    }
}

using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CallCenter.Infrastructure.Settings;

/// <summary>Keeps the outcome of connection checks and tells the pages.</summary>
internal sealed class ConnectionStatusStore(
    IDbContextFactory<CallCenterDbContext> contexts,
    ITenantContext tenant,
    TenantNotices notices,
    TimeProvider time,
    ILogger<ConnectionStatusStore> logger)
{
    public async Task<ConnectionStatus> GetAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var pbx = await db.Set<PbxConnection>().Select(p => new { p.Id, p.Version }).SingleOrDefaultAsync(cancellationToken);
        if (pbx is null)
        {
            return ConnectionStatus.NotConfigured;
        }

        var status = await db.Set<PbxStatus>().AsNoTracking().SingleOrDefaultAsync(s => s.PbxId == pbx.Id, cancellationToken);
        return status?.ToStatus(pbx.Version) ?? ConnectionStatus.NotConfigured with { State = ConnectionState.Unknown };
    }

    /// <summary>Whether a check may log in now.</summary>
    public async Task<bool> MayTryAsync(Guid pbxId, int settingsVersion, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var status = await db.Set<PbxStatus>().AsNoTracking().SingleOrDefaultAsync(s => s.PbxId == pbxId, cancellationToken);
        return status is null || status.MayTry(settingsVersion, time.GetUtcNow().UtcDateTime);
    }

    /// <summary>Stores the outcome of a check, tells the pages, and logs it if it is news.</summary>
    public async Task NoteAsync(Guid pbxId, int settingsVersion, Error? error, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var status = await db.Set<PbxStatus>().SingleOrDefaultAsync(s => s.PbxId == pbxId, cancellationToken);
        if (status is null)
        {
            status = new PbxStatus { PbxId = pbxId };
            db.Add(status);
        }

        var news = status.Note(error, settingsVersion, time.GetUtcNow().UtcDateTime);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception)
        {
            // Another node or the doctor noted its own check in this very moment, or the connection was removed: theirs is as fresh as ours.
            logger.LogDebug(exception, "The status of PBX {PbxId} was noted by someone else", pbxId);
            return;
        }

        if (news)
        {
            Log(pbxId, status, error);
        }

        notices.Raise(NoticeTopic.Connection, tenant.TenantId);
    }

    private void Log(Guid pbxId, PbxStatus status, Error? error)
    {
        if (error is null)
        {
            logger.LogInformation("PBX {PbxId} of tenant {TenantId} is connected", pbxId, tenant.TenantId);
        }
        else
        {
            logger.LogWarning(
                "PBX {PbxId} of tenant {TenantId} is {State}: {ErrorCode}", pbxId, tenant.TenantId, status.State, error.Code);
        }
    }
}

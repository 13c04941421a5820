using CallCenter.Core.Audit;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Recordings.Pauses;

/// <summary>
/// Begins and ends marks of extensions, for the agent and for the API alike. The mark is stored before the PBX is asked: whatever the PBX
/// does, the stretch is not played. The rights are the callers' business.
/// </summary>
internal sealed class PauseMarks(
    IDbContextFactory<CallCenterDbContext> contexts, IPbxDirectory pbxs, IEnumerable<IPbxRecordings> ports, IAuditTrail audit, ITenantContext tenant, TimeProvider time)
{
    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<Result<PauseView>> BeginAsync(
        string extension, DateTime fromUtc, Guid? byUserId, string byName, string reason, CancellationToken cancellationToken)
    {
        RecordingPause mark;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            // Orders those who mark one extension at once.
            await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);
            if (await db.Set<PbxConnection>().Select(pbx => (Guid?)pbx.Id).SingleOrDefaultAsync(cancellationToken) is not { } pbxId)
            {
                return TelephonyErrors.NotConfigured;
            }

            foreach (var open in await Open(db, extension).ToListAsync(cancellationToken))
            {
                if (open.FromUtc >= fromUtc)
                {
                    // Told again, or late: the open one says as much.
                    return PauseView.Of(open);
                }

                open.UntilUtc = Earlier(fromUtc, open.EndsAtUtc);
            }

            mark = new RecordingPause
            {
                PbxId = pbxId,
                Extension = extension,
                FromUtc = fromUtc,
                ByUserId = byUserId,
                ByName = byName,
                Reason = reason,
                CallId = await PauseLinker.FindAsync(db, pbxId, extension, fromUtc, cancellationToken),
            };
            db.Add(mark);
            audit.Append(db, NoteOf(RecordingAuditActions.PauseBegun, mark));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        if (await TellAsync(extension, pause: true, cancellationToken))
        {
            mark.Honoured = true;
            await db.SaveChangesAsync(cancellationToken);
        }

        return PauseView.Of(mark);
    }

    public async Task<Result<PauseView>> EndAsync(string extension, DateTime untilUtc, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        RecordingPause mark;
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);
            if (await Open(db, extension).OrderByDescending(row => row.FromUtc).FirstOrDefaultAsync(cancellationToken) is not { } open)
            {
                return RecordingPauseErrors.NothingOpen;
            }

            if (untilUtc <= open.FromUtc)
            {
                return RecordingPauseErrors.BadTime;
            }

            mark = open;
            mark.UntilUtc = Earlier(untilUtc, mark.EndsAtUtc);
            audit.Append(db, NoteOf(RecordingAuditActions.PauseEnded, mark));
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        if (mark.Honoured)
        {
            await TellAsync(extension, pause: false, cancellationToken);
        }

        return PauseView.Of(mark);
    }

    /// <summary>The open mark; one whose call is over is none any more, though it may still be ended.</summary>
    public async Task<PauseView?> FindOpenAsync(string extension, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Open(db, extension).AsNoTracking().Where(row => row.CallId == null).OrderByDescending(row => row.FromUtc).FirstOrDefaultAsync(cancellationToken) is { } open
            ? PauseView.Of(open)
            : null;
    }

    /// <summary>Ends what nobody ended in time, and ties marks of the last day whose calls were stored in the moment of marking.</summary>
    public async Task TidyAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (limit, since) = (Now - RecordingPause.Limit, Now.AddDays(-1));
        var late = await db.Set<RecordingPause>().Where(mark => mark.UntilUtc == null && mark.FromUtc <= limit).ToListAsync(cancellationToken);
        foreach (var mark in late)
        {
            mark.UntilUtc = mark.EndsAtUtc;
        }

        await db.SaveChangesAsync(cancellationToken);
        foreach (var mark in late.Where(mark => mark.Honoured))
        {
            await TellAsync(mark.Extension, pause: false, cancellationToken);
        }

        var loose = await db.Set<RecordingPause>().AsNoTracking().Where(mark => mark.CallId == null && mark.FromUtc >= since).ToListAsync(cancellationToken);
        await PauseLinker.LinkAsync(db, loose, cancellationToken);
    }

    private IQueryable<RecordingPause> Open(CallCenterDbContext db, string extension)
    {
        var limit = Now - RecordingPause.Limit;
        return db.Set<RecordingPause>().Where(mark => mark.Extension == extension && mark.UntilUtc == null && mark.FromUtc > limit);
    }

    private async Task<bool> TellAsync(string extension, bool pause, CancellationToken cancellationToken) =>
        await pbxs.GetAsync(cancellationToken) is { Succeeded: true, Value: var pbx }
        && ports.FirstOrDefault(port => port.Kind == pbx.Kind) is { } port
        && (await port.PauseAsync(pbx, extension, pause, cancellationToken)).Succeeded;

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;

    private static AuditNote NoteOf(string action, RecordingPause mark) => new(action, AuditSubjects.Extension, mark.Id.ToString(), mark.Extension);
}

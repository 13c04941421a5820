using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Recordings.Pauses;

internal sealed class RecordingPauses(
    IDbContextFactory<CallCenterDbContext> contexts, PauseMarks marks, Work.CallWriting writing, IAuditTrail audit, ICaller caller, TimeProvider time) : IRecordingPauses
{
    // A recording's length may not be known, or be a second off.
    private const int LongestSeconds = 24 * 60 * 60;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<Result<PauseView?>> FindOwnAsync(CancellationToken cancellationToken = default)
    {
        var own = await OwnAsync(cancellationToken);
        return own.Error is { } error ? error : await marks.FindOpenAsync(own.Value, cancellationToken);
    }

    public async Task<Result<PauseView>> BeginAsync(string reason, CancellationToken cancellationToken = default)
    {
        var own = await OwnAsync(cancellationToken);
        return own.Error is { } error
            ? error
            : await marks.BeginAsync(own.Value, Now, caller.UserId, caller.Name, CleanText.Of(reason.Trim(), RecordingPause.ReasonMaxLength), cancellationToken);
    }

    public async Task<Result<PauseView>> EndAsync(CancellationToken cancellationToken = default)
    {
        var own = await OwnAsync(cancellationToken);
        return own.Error is { } error ? error : await marks.EndAsync(own.Value, Now, cancellationToken);
    }

    public async Task<Result<PauseView>> AddAsync(Guid recordingId, PauseStretch stretch, string reason, CancellationToken cancellationToken = default)
    {
        await using var reading = await contexts.CreateDbContextAsync(cancellationToken);
        if (await reading.Set<Recording>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == recordingId, cancellationToken) is not { } recording)
        {
            return caller.May(Permissions.Calls.Annotate) ? RecordingErrors.NotFound : AccessErrors.Denied;
        }

        var length = recording.DurationSeconds > 0 ? recording.DurationSeconds + 1 : LongestSeconds;
        if (!(stretch.From >= 0 && stretch.From < stretch.Until && stretch.Until <= length))
        {
            return RecordingPauseErrors.BadStretch;
        }

        var added = await writing.RunAsync<PauseView>(
            recording.CallId,
            (db, key) =>
            {
                var mark = new RecordingPause
                {
                    PbxId = recording.PbxId,
                    CallId = recording.CallId,
                    Extension = "",
                    FromUtc = recording.StartedAtUtc.AddSeconds(stretch.From),
                    UntilUtc = recording.StartedAtUtc.AddSeconds(stretch.Until),
                    ByUserId = caller.UserId,
                    ByName = caller.Name,
                    Reason = CleanText.Of(reason.Trim(), RecordingPause.ReasonMaxLength),
                };
                db.Add(mark);
                audit.Append(db, new AuditNote(RecordingAuditActions.PauseAdded, AuditSubjects.Recording, recording.Id.ToString(), key));
                return Task.FromResult<Result<PauseView>>(PauseView.Of(mark));
            },
            cancellationToken);
        return added.Error == CallErrors.NotFound ? RecordingErrors.NotFound : added;
    }

    public async Task<Result> RemoveAsync(Guid id, CancellationToken cancellationToken = default)
    {
        await using var reading = await contexts.CreateDbContextAsync(cancellationToken);
        if (await reading.Set<RecordingPause>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { CallId: { } callId } found
            || !(found.ByUserId == caller.UserId || caller.May(Permissions.Calls.ViewAll)))
        {
            return caller.May(Permissions.Calls.Annotate) ? RecordingPauseErrors.NotFound : AccessErrors.Denied;
        }

        var removed = await writing.RunAsync<bool>(
            callId,
            async (db, key) =>
            {
                if (await db.Set<RecordingPause>().SingleOrDefaultAsync(row => row.Id == id && row.CallId == callId, cancellationToken) is not { } mark)
                {
                    return RecordingPauseErrors.NotFound;
                }

                db.Remove(mark);
                audit.Append(db, new AuditNote(RecordingAuditActions.PauseRemoved, AuditSubjects.Call, callId.ToString(), key));
                return true;
            },
            cancellationToken);
        return removed.Error is { } error ? (error == CallErrors.NotFound ? RecordingPauseErrors.NotFound : error) : Result.Success;
    }

    private async Task<Result<string>> OwnAsync(CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Recordings.Pause) || caller.UserId is not { } userId)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<Extension>().AsNoTracking().SingleOrDefaultAsync(extension => extension.UserId == userId, cancellationToken) is { } own
            ? own.Number
            : ExtensionErrors.NoOwnExtension;
    }
}

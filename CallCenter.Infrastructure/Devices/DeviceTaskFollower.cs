using CallCenter.Core.Audit;
using CallCenter.Core.Devices;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Devices;

/// <summary>One round for a tenant: sends what is due, finds what a crash cut off, and watches what was sent.</summary>
internal sealed class DeviceTaskFollower(
    IDbContextFactory<CallCenterDbContext> contexts,
    DeviceCache cache,
    DeviceTaskSender sender,
    IGdmsConnections connections,
    IAuditTrail audit,
    TenantNotices notices,
    ITenantContext tenant,
    TimeProvider time)
{
    public async Task<Result> RunAsync(CancellationToken cancellationToken)
    {
        await RecoverAsync(cancellationToken);
        var open = await OpenAsync(cancellationToken);
        if (open.Count == 0)
        {
            return Result.Success;
        }

        var connection = await connections.GetAsync(cancellationToken);
        if (connection.Error is { } error)
        {
            // Tasks of an account that was taken away cannot be followed any more; the watch's own patience ends them.
            return error == SettingsErrors.GdmsNotConfigured ? await GiveUpAsync(cancellationToken) : error;
        }

        var read = await cache.ReadNowAsync(tenant.TenantId, connection.Value, cancellationToken);
        if (read.Error is not null)
        {
            // GDMS is away or asks to wait. Nothing is concluded from silence; the next round reads again.
            return Result.Success;
        }

        foreach (var due in open.Where(task => task.State == DeviceTaskState.Scheduled))
        {
            await sender.SendAsync(due.Id, connection.Value, read.Value.Devices, cancellationToken);
        }

        foreach (var sent in open.Where(task => task.State == DeviceTaskState.Following))
        {
            await FollowAsync(sent.Id, read.Value, cancellationToken);
        }

        return Result.Success;
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task<IReadOnlyList<(Guid Id, DeviceTaskState State)>> OpenAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tasks = await db.Set<DeviceTask>()
            .Where(task => task.State == DeviceTaskState.Following
                || (task.State == DeviceTaskState.Scheduled && task.Kind != DeviceTaskKind.Add && (task.DueAtUtc == null || task.DueAtUtc <= now)))
            .OrderBy(task => task.RequestedAtUtc)
            .Select(task => new { task.Id, task.State })
            .ToListAsync(cancellationToken);
        return [.. tasks.Select(task => (task.Id, task.State))];
    }

    // On its way when the process died: GDMS may have it, so it is watched and not sent again. A batch of new devices that was
    // never sent has lost its serial numbers and is over.
    private async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var before = Now - DeviceTask.SendingPatience;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var cutOff = db.Set<DeviceTask>()
            .Where(task => (task.State == DeviceTaskState.Sending && task.SentAtUtc < before)
                || (task.State == DeviceTaskState.Scheduled && task.Kind == DeviceTaskKind.Add && task.RequestedAtUtc < before));
        var stuck = await DeviceTaskQueries.LoadAsync(db, cutOff, cancellationToken);
        foreach (var task in stuck)
        {
            if (task.State == DeviceTaskState.Sending)
            {
                task.MarkSent(null, inDoubt: true);
            }
            else
            {
                task.Refuse(DeviceErrors.NotAdded.Code, Now);
            }
        }

        if (stuck.Count > 0)
        {
            await db.SaveChangesAsync(cancellationToken);
            notices.Raise(NoticeTopic.Devices, tenant.TenantId);
        }
    }

    private async Task FollowAsync(Guid taskId, DeviceSnapshot snapshot, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var task = await DeviceTaskQueries.FindAsync(db, taskId, cancellationToken);
        if (task is not { State: DeviceTaskState.Following, SentAtUtc: { } sent } || snapshot.ReadAtUtc < sent)
        {
            return;
        }

        var changed = false;
        foreach (var item in task.Items)
        {
            // What an earlier reading said proves nothing about what came after it.
            var device = snapshot.Seen.Contains(item.Mac) ? snapshot.Devices[item.Mac] : null;
            changed |= DeviceWatch.Observe(task.Kind, item, sent, device, snapshot.IsComplete, snapshot.ReadAtUtc);
        }

        if (task.EndIfDone(Now))
        {
            NoteEnd(db, task);
        }

        await db.SaveChangesAsync(cancellationToken);
        if (changed)
        {
            notices.Raise(NoticeTopic.Devices, tenant.TenantId);
        }
    }

    private async Task<Result> GiveUpAsync(CancellationToken cancellationToken)
    {
        var over = Now - DeviceWatch.BackPatience;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var orphans = db.Set<DeviceTask>()
            .Where(task => (task.State == DeviceTaskState.Following && task.SentAtUtc < over) || task.State == DeviceTaskState.Scheduled);
        var tasks = await DeviceTaskQueries.LoadAsync(db, orphans, cancellationToken);
        foreach (var task in tasks)
        {
            if (task.State == DeviceTaskState.Scheduled)
            {
                task.Refuse(SettingsErrors.GdmsNotConfigured.Code, Now);
            }
            else
            {
                foreach (var item in task.Items.Where(item => !item.IsEnded))
                {
                    item.End(DeviceItemState.Unknown, SettingsErrors.GdmsNotConfigured.Code, Now);
                }

                task.EndIfDone(Now);
            }

            NoteEnd(db, task);
        }

        if (tasks.Count > 0)
        {
            await db.SaveChangesAsync(cancellationToken);
            notices.Raise(NoticeTopic.Devices, tenant.TenantId);
        }

        return Result.Success;
    }

    private void NoteEnd(CallCenterDbContext db, DeviceTask task) =>
        audit.Append(db, new AuditNote(DeviceAuditActions.TaskEnded, AuditSubjects.DeviceTask, task.Id.ToString("D"), DeviceTaskAudit.NameOf(task))
        {
            After = DeviceTaskAudit.Outcome(task),
        });
}

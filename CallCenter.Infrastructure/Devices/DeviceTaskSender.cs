using CallCenter.Core.Audit;
using CallCenter.Core.Devices;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Devices;

/// <summary>
/// Sends a task at most once: it is stored as on its way before, and whoever stores that first, page or job of any node, is the
/// one who sends.
/// </summary>
internal sealed class DeviceTaskSender(
    IDbContextFactory<CallCenterDbContext> contexts, IGdmsActs gdms, IAuditTrail audit, TenantNotices notices, TimeProvider time)
{
    // Longer than the adapter's own patience, shorter than what counts as cut off by a crash.
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromMinutes(2);

    /// <summary>Sends a restart or reset. Does nothing when GDMS asked to wait: nothing was sent then, and the job comes back to it.</summary>
    /// <param name="taskId">A task that is due.</param>
    /// <param name="endpoint">Where to.</param>
    /// <param name="devices">What GDMS showed of them right before.</param>
    /// <param name="cancellationToken">Looked at before the sending only.</param>
    public async Task SendAsync(Guid taskId, GdmsEndpoint endpoint, IReadOnlyDictionary<string, GdmsDevice> devices, CancellationToken cancellationToken)
    {
        if (gdms.WaitingUntilUtc(endpoint.Account) is not null)
        {
            return;
        }

        await SendAsync(
            taskId,
            task =>
            {
                foreach (var item in task.Items.Where(item => !item.IsEnded))
                {
                    if (devices.GetValueOrDefault(item.Mac) is { } device)
                    {
                        item.NoteBefore(device);
                    }
                    else
                    {
                        // GDMS refuses a whole task for one device that it does not know.
                        item.End(DeviceItemState.Failed, DeviceErrors.Gone.Code, Now);
                    }
                }
            },
            (task, macs, token) => gdms.AddTaskAsync(
                endpoint.Account, task.OrganizationId, task.Kind == DeviceTaskKind.FactoryReset ? GdmsTask.FactoryReset : GdmsTask.Reboot, $"CallCenter {task.Id:N}"[..24], macs, token),
            cancellationToken);
    }

    /// <summary>Sends a batch of new devices, whose serial numbers live in this call only.</summary>
    public Task SendAsync(Guid taskId, GdmsEndpoint endpoint, long siteId, IReadOnlyList<GdmsNewDevice> devices, CancellationToken cancellationToken) => SendAsync(
        taskId,
        _ => { },
        (task, macs, token) => gdms.AddDevicesAsync(
            endpoint.Account, task.OrganizationId, siteId, [.. devices.Where(device => macs.Contains(device.Mac))], token),
        cancellationToken);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task SendAsync(
        Guid taskId, Action<DeviceTask> prepare, Func<DeviceTask, IReadOnlyList<string>, CancellationToken, Task<GdmsWrite>> write, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var task = await DeviceTaskQueries.FindAsync(db, taskId, cancellationToken);
        if (task is not { State: DeviceTaskState.Scheduled })
        {
            return;
        }

        prepare(task);
        task.MarkSending(Now);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else sends or cancelled it.
            return;
        }

        notices.Raise(NoticeTopic.Devices, task.TenantId);
        var macs = task.Items.Where(item => !item.IsEnded).Select(item => item.Mac).ToList();
        if (macs.Count == 0)
        {
            task.Refuse(DeviceErrors.Gone.Code, Now);
        }
        else
        {
            // Not the caller's cancellation: a page that closes must not leave a sent task without its answer.
            using var patience = new CancellationTokenSource(AnswerPatience, time);
            Settle(task, await WriteAsync(task, macs, write, patience.Token));
        }

        task.EndIfDone(Now);
        audit.Append(db, new AuditNote(DeviceAuditActions.TaskSent, AuditSubjects.DeviceTask, task.Id.ToString("D"), DeviceTaskAudit.NameOf(task))
        {
            After = DeviceTaskAudit.Outcome(task),
        });
        await db.SaveChangesAsync(CancellationToken.None);
        notices.Raise(NoticeTopic.Devices, task.TenantId);
    }

    private static async Task<GdmsWrite> WriteAsync(
        DeviceTask task, IReadOnlyList<string> macs, Func<DeviceTask, IReadOnlyList<string>, CancellationToken, Task<GdmsWrite>> write, CancellationToken cancellationToken)
    {
        try
        {
            return await write(task, macs, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new GdmsWrite(GdmsFate.InDoubt, GdmsErrors.Unreachable, null, []);
        }
    }

    private void Settle(DeviceTask task, GdmsWrite answer)
    {
        if (answer.Fate == GdmsFate.Refused)
        {
            task.Refuse((answer.Error ?? GdmsErrors.Declined).Code, Now);
            return;
        }

        task.MarkSent(answer.TaskId, answer.Fate == GdmsFate.InDoubt);
        if (task.Kind != DeviceTaskKind.Add)
        {
            return;
        }

        var failures = answer.Failures.ToDictionary(failure => failure.Mac, StringComparer.Ordinal);
        foreach (var item in task.Items.Where(item => !item.IsEnded))
        {
            if (failures.TryGetValue(item.Mac, out var failure))
            {
                item.End(DeviceItemState.Failed, failure.Error.Code, Now, failure.Error == GdmsErrors.DeviceRefused ? failure.Note : "");
            }
            else if (answer.Fate == GdmsFate.Accepted)
            {
                item.End(DeviceItemState.Done, null, Now);
            }
        }
    }
}

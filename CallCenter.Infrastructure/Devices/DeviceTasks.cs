using System.Globalization;
using CallCenter.Core.Audit;
using CallCenter.Core.Devices;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Devices;

internal sealed class DeviceTasks(
    IDbContextFactory<CallCenterDbContext> contexts,
    DeviceCache cache,
    DeviceRows rows,
    DeviceTaskSender sender,
    DeviceEditor editor,
    IGdmsConnections connections,
    IAuditTrail audit,
    TenantNotices notices,
    ITenantContext tenant,
    ICaller caller,
    TimeProvider time) : IDeviceTasks
{
    private const int Listed = 100;

    public async Task<Result<DeviceTaskPreview>> PreviewAsync(DeviceTaskKind kind, IReadOnlyList<string> macs, CancellationToken cancellationToken = default)
    {
        var connection = await ConnectAsync(cancellationToken);
        if (connection.Error is { } error)
        {
            return error;
        }

        return await PreviewAsync(kind, macs, connection.Value, cancellationToken);
    }

    public async Task<Result<Guid>> StartAsync(DeviceTaskOrder order, CancellationToken cancellationToken = default)
    {
        var connection = await ConnectAsync(cancellationToken);
        if (connection.Error is { } error)
        {
            return error;
        }

        if (CheckOrder(order) is { } wrong)
        {
            return wrong;
        }

        var endpoint = connection.Value;
        var preview = await PreviewAsync(order.Kind, order.Macs, endpoint, cancellationToken);
        if (preview.Error is { } unread)
        {
            return unread;
        }

        // What was confirmed is what is done: nothing more, and nothing silently less.
        if (preview.Value.Items.Any(item => item.Refusal is not null))
        {
            return DeviceErrors.PreviewStale;
        }

        var task = DeviceTask.Create(
            order.Kind, endpoint.OrganizationId, caller.Name, order.DueAtUtc, Now, preview.Value.Items.Select(item => DeviceTaskItem.For(item.Row.Device)));
        if (await StoreAsync(task, cancellationToken) is { } refused)
        {
            return refused;
        }

        if (order.DueAtUtc is null)
        {
            await sender.SendAsync(
                task.Id, endpoint, preview.Value.Items.ToDictionary(item => item.Row.Mac, item => item.Row.Device, StringComparer.Ordinal), CancellationToken.None);
        }

        return task.Id;
    }

    public async Task<Result> CancelAsync(Guid taskId, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Devices.Edit))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await DeviceTaskQueries.FindAsync(db, taskId, cancellationToken) is not { } task)
        {
            return DeviceErrors.TaskNotFound;
        }

        if (task.State != DeviceTaskState.Scheduled)
        {
            return DeviceErrors.TooLate;
        }

        task.Cancel(Now);
        audit.Append(db, new AuditNote(DeviceAuditActions.TaskCancelled, AuditSubjects.DeviceTask, task.Id.ToString("D"), DeviceTaskAudit.NameOf(task))
        {
            Before = DeviceTaskAudit.Asked(task),
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return DeviceErrors.TooLate;
        }

        notices.Raise(NoticeTopic.Devices, tenant.TenantId);
        return Result.Success;
    }

    public async Task<Result> EditAsync(DeviceEdit edit, CancellationToken cancellationToken = default)
    {
        var connection = await ConnectAsync(cancellationToken);
        return connection.Error is { } error ? error : await editor.EditAsync(edit, connection.Value, cancellationToken);
    }

    public async Task<Result<Guid>> AddAsync(IReadOnlyList<NewDevice> devices, long siteId, CancellationToken cancellationToken = default)
    {
        var connection = await ConnectAsync(cancellationToken);
        if (connection.Error is { } error)
        {
            return error;
        }

        if (devices.Count is 0 or > DeviceTask.MaxItems)
        {
            return DeviceErrors.TaskSize;
        }

        if (NewDevice.Check(devices).Values.FirstOrDefault() is { } wrong)
        {
            return wrong;
        }

        var endpoint = connection.Value;
        var read = await cache.ReadNowAsync(tenant.TenantId, endpoint, cancellationToken);
        if (read.Error is { } unread)
        {
            return unread;
        }

        if (!read.Value.Sites.Any(site => site.Id == siteId) && !read.Value.Devices.Values.Any(device => device.SiteId == siteId))
        {
            return DeviceErrors.SiteUnknown;
        }

        var now = Now;
        var task = DeviceTask.Create(
            DeviceTaskKind.Add, endpoint.OrganizationId, caller.Name, null, now, devices.Select(device => DeviceTaskItem.ForNew(device.Mac, device.Name)));
        foreach (var item in task.Items.Where(item => read.Value.Devices.ContainsKey(item.Mac)))
        {
            item.End(DeviceItemState.Failed, DeviceErrors.AlreadyListed.Code, now);
        }

        if (await StoreAsync(task, cancellationToken) is { } refused)
        {
            return refused;
        }

        await sender.SendAsync(
            task.Id, endpoint, siteId, [.. devices.Select(device => new GdmsNewDevice(device.Mac, device.SerialNumber, device.Name))], CancellationToken.None);
        cache.Refresh(tenant.TenantId, endpoint);
        return task.Id;
    }

    public async Task<Result<IReadOnlyList<DeviceTaskRow>>> ListAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Devices.View))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var latest = db.Set<DeviceTask>()
            .OrderBy(task => task.State < DeviceTaskState.Ended ? 0 : 1)
            .ThenByDescending(task => task.RequestedAtUtc)
            .Take(Listed);
        var tasks = await DeviceTaskQueries.LoadAsync(db, latest, cancellationToken);
        return tasks.ConvertAll(ToRow);
    }

    public async Task<Result<DeviceTaskDetail>> GetAsync(Guid taskId, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Devices.View))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await DeviceTaskQueries.FindAsync(db, taskId, cancellationToken) is not { } task)
        {
            return DeviceErrors.TaskNotFound;
        }

        var items = await DeviceTaskQueries.Rows(db)
            .Where(row => row.Task.Id == taskId)
            .OrderBy(row => row.Item.Name)
            .ThenBy(row => row.Item.Mac)
            .Select(DeviceTaskQueries.ToRow)
            .ToListAsync(cancellationToken);
        return new DeviceTaskDetail(ToRow(task), items);
    }

    private static DeviceTaskRow ToRow(DeviceTask task) => new(
        task.Id, task.Kind, task.State, task.RequestedAtUtc, task.RequestedBy, task.DueAtUtc, task.SentAtUtc, task.EndedAtUtc, task.InDoubt, task.ErrorCode,
        task.Version, task.Items.GroupBy(item => item.State).ToDictionary(group => group.Key, group => group.Count()));

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private Error? CheckOrder(DeviceTaskOrder order)
    {
        if (order.Macs.Count is 0 or > DeviceTask.MaxItems || order.Kind is not (DeviceTaskKind.Reboot or DeviceTaskKind.FactoryReset))
        {
            return DeviceErrors.TaskSize;
        }

        if (order.DueAtUtc is { } due && (due < Now - TimeSpan.FromMinutes(1) || due > Now + DeviceTask.FurthestDue))
        {
            return DeviceErrors.DueRange;
        }

        return order.Kind == DeviceTaskKind.FactoryReset && !IsConfirmed(order) ? DeviceErrors.NotConfirmed : null;
    }

    private static bool IsConfirmed(DeviceTaskOrder order) => order.Macs is [var only]
        ? MacText.Normalize(order.Confirmation) is { } typed && typed == MacText.Normalize(only)
        : int.TryParse(order.Confirmation.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count == order.Macs.Count;

    private async Task<Result<DeviceTaskPreview>> PreviewAsync(
        DeviceTaskKind kind, IReadOnlyList<string> macs, GdmsEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (macs.Count is 0 or > DeviceTask.MaxItems || kind is not (DeviceTaskKind.Reboot or DeviceTaskKind.FactoryReset))
        {
            return DeviceErrors.TaskSize;
        }

        var read = await cache.ReadNowAsync(tenant.TenantId, endpoint, cancellationToken);
        if (read.Error is { } error)
        {
            return error;
        }

        var wanted = macs.Select(mac => MacText.Normalize(mac) ?? "").Distinct(StringComparer.Ordinal).ToList();
        if (wanted.Any(mac => !read.Value.Devices.ContainsKey(mac)))
        {
            return DeviceErrors.NotFound;
        }

        var view = cache.View(tenant.TenantId, endpoint);
        var built = await rows.BuildAsync(endpoint, [.. wanted.Select(mac => read.Value.Devices[mac])], view.Accounts, cancellationToken);
        return new DeviceTaskPreview(kind, [.. built.Select(row => new DevicePreviewItem(row, RefusalOf(row)))], read.Value.ReadAtUtc);
    }

    private static Error? RefusalOf(DeviceRow row) => row switch
    {
        { IsPbx: true } => DeviceErrors.IsPbx,
        { OpenTask: not null } => DeviceErrors.Busy,
        _ => null,
    };

    private async Task<Error?> StoreAsync(DeviceTask task, CancellationToken cancellationToken)
    {
        var since = Now - DeviceTask.Window;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<DeviceTask>().CountAsync(other => other.RequestedAtUtc > since, cancellationToken) >= DeviceTask.MaxPerWindow)
        {
            return DeviceErrors.TooManyTasks;
        }

        db.Add(task);
        db.AddRange(task.Items);
        audit.Append(db, new AuditNote(DeviceAuditActions.TaskAsked, AuditSubjects.DeviceTask, task.Id.ToString("D"), DeviceTaskAudit.NameOf(task))
        {
            After = DeviceTaskAudit.Asked(task),
        });
        await db.SaveChangesAsync(cancellationToken);
        notices.Raise(NoticeTopic.Devices, tenant.TenantId);
        return null;
    }

    private async Task<Result<GdmsEndpoint>> ConnectAsync(CancellationToken cancellationToken) =>
        caller.May(Permissions.Devices.Edit) ? await connections.GetAsync(cancellationToken) : AccessErrors.Denied;
}

using System.Linq.Expressions;
using CallCenter.Core.Devices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Devices;

internal static class DeviceTaskQueries
{
    public static readonly Expression<Func<DeviceTaskPair, DeviceTaskItemRow>> ToRow = row => new DeviceTaskItemRow(
        row.Task.Id, row.Task.Kind, row.Task.RequestedAtUtc, row.Item.Mac, row.Item.Name, row.Item.Model, row.Item.State, row.Item.StatusBefore,
        row.Item.AwayAtUtc, row.Item.EndedAtUtc, row.Item.ReadAtUtc, row.Item.ErrorCode, row.Item.Note);

    public static IQueryable<DeviceTaskPair> Rows(CallCenterDbContext db) =>
        from item in db.Set<DeviceTaskItem>()
        join task in db.Set<DeviceTask>() on item.TaskId equals task.Id
        select new DeviceTaskPair { Task = task, Item = item };

    /// <summary>The tasks with their devices, tracked by the context.</summary>
    public static async Task<List<DeviceTask>> LoadAsync(CallCenterDbContext db, IQueryable<DeviceTask> query, CancellationToken cancellationToken)
    {
        var tasks = await query.ToListAsync(cancellationToken);
        var ids = tasks.ConvertAll(task => task.Id);
        var items = ids.Count == 0 ? [] : await db.Set<DeviceTaskItem>().Where(item => ids.Contains(item.TaskId)).OrderBy(item => item.Id).ToListAsync(cancellationToken);
        foreach (var task in tasks)
        {
            task.Attach(items);
        }

        return tasks;
    }

    /// <summary>One task with its devices, tracked; null when there is none.</summary>
    public static async Task<DeviceTask?> FindAsync(CallCenterDbContext db, Guid taskId, CancellationToken cancellationToken) =>
        (await LoadAsync(db, db.Set<DeviceTask>().Where(task => task.Id == taskId), cancellationToken)).SingleOrDefault();

    /// <summary>A device's part in a task.</summary>
    internal sealed class DeviceTaskPair
    {
        public required DeviceTask Task { get; init; }

        public required DeviceTaskItem Item { get; init; }
    }
}

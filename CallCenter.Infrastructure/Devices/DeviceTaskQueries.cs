using System.Linq.Expressions;
using CallCenter.Core.Devices;
using CallCenter.Infrastructure.Persistence;

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

    /// <summary>A device's part in a task.</summary>
    internal sealed class DeviceTaskPair
    {
        public required DeviceTask Task { get; init; }

        public required DeviceTaskItem Item { get; init; }
    }
}

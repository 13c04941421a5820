using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Devices;

/// <summary>
/// Acts on devices through GDMS. Reading needs <see cref="Permissions.Devices.View"/>, acting
/// <see cref="Permissions.Devices.Edit"/>, else <see cref="AccessErrors.Denied"/>. Nothing is ever sent twice by itself; a lost
/// answer leaves the act in doubt, and the devices are watched for what it did.
/// </summary>
public interface IDeviceTasks
{
    /// <summary>What a task would do now, with GDMS read anew.</summary>
    Task<Result<DeviceTaskPreview>> PreviewAsync(DeviceTaskKind kind, IReadOnlyList<string> macs, CancellationToken cancellationToken = default);

    /// <summary>Sends a task, or keeps it until its time. The answer is its key as soon as it is stored and, if due, sent.</summary>
    /// <returns>
    /// The key, also when GDMS refused the task (its items say why), or <see cref="DeviceErrors.TaskSize"/>,
    /// <see cref="DeviceErrors.TooManyTasks"/>, <see cref="DeviceErrors.NotConfirmed"/>, <see cref="DeviceErrors.DueRange"/>,
    /// <see cref="DeviceErrors.PreviewStale"/>, or a failure of reading GDMS.
    /// </returns>
    Task<Result<Guid>> StartAsync(DeviceTaskOrder order, CancellationToken cancellationToken = default);

    /// <summary>Calls off a task that waits for its time.</summary>
    /// <returns>Success, <see cref="DeviceErrors.TaskNotFound"/> or <see cref="DeviceErrors.TooLate"/>.</returns>
    Task<Result> CancelAsync(Guid taskId, CancellationToken cancellationToken = default);

    /// <summary>Changes name and site of a device in GDMS and reads them back.</summary>
    /// <returns>
    /// Success, or <see cref="DeviceErrors.NotFound"/>, <see cref="DeviceErrors.NameFormat"/>, <see cref="DeviceErrors.SiteUnknown"/>,
    /// <see cref="DeviceErrors.Conflict"/>, <see cref="DeviceErrors.InDoubt"/>, <see cref="DeviceErrors.NotTaken"/> or a failure of GDMS.
    /// </returns>
    Task<Result> EditAsync(DeviceEdit edit, CancellationToken cancellationToken = default);

    /// <summary>Puts devices into the GDMS account, in one batch. Each has its own outcome among the task's items.</summary>
    /// <param name="devices">1 to <see cref="DeviceTask.MaxItems"/> that <see cref="NewDevice.Check"/> finds right.</param>
    /// <param name="siteId">Site in GDMS.</param>
    /// <param name="cancellationToken">Stops the work before it is sent.</param>
    Task<Result<Guid>> AddAsync(IReadOnlyList<NewDevice> devices, long siteId, CancellationToken cancellationToken = default);

    /// <summary>The latest tasks, open ones first, then newest; at most 100.</summary>
    Task<Result<IReadOnlyList<DeviceTaskRow>>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>One task with its devices.</summary>
    /// <returns>The task, or <see cref="DeviceErrors.TaskNotFound"/>.</returns>
    Task<Result<DeviceTaskDetail>> GetAsync(Guid taskId, CancellationToken cancellationToken = default);
}

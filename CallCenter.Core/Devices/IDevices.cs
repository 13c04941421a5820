using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Devices;

/// <summary>
/// The devices that GDMS lists in the tenant's organisation. Needs <see cref="Permissions.Devices.View"/>, else
/// <see cref="AccessErrors.Denied"/>; without an account <see cref="Settings.SettingsErrors.GdmsNotConfigured"/>. What was read
/// is kept for the tenant and shown with its age while it is read anew in the background.
/// </summary>
public interface IDevices
{
    /// <summary>The devices. Waits for GDMS only when nothing was read before; a failure of that first reading is the answer.</summary>
    Task<Result<DeviceOverview>> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads GDMS anew in the background; <see cref="Subscribe"/> tells when there is news.</summary>
    Task<Result> RefreshAsync(CancellationToken cancellationToken = default);

    /// <summary>One device, its accounts read now.</summary>
    /// <param name="mac">Twelve hex digits with or without separators, any case.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The device, or <see cref="DeviceErrors.NotFound"/>, also for one of another organisation.</returns>
    Task<Result<DeviceDetail>> FindAsync(string mac, CancellationToken cancellationToken = default);

    /// <summary>Devices that carry accounts of these numbers, from what was read so far; never waits for GDMS.</summary>
    Task<Result<IReadOnlyList<ExtensionDevice>>> FindDevicesOfAsync(IReadOnlyCollection<string> numbers, CancellationToken cancellationToken = default);

    /// <summary>Calls back when devices or tasks of the tenant changed; read again then. Dispose the answer to stop.</summary>
    IDisposable Subscribe(Func<Task> changed);
}

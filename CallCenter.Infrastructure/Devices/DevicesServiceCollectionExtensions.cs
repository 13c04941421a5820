using CallCenter.Core.Devices;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Infrastructure.Notices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Devices;

public static class DevicesServiceCollectionExtensions
{
    /// <summary>Devices in GDMS and the tasks for them.</summary>
    public static IServiceCollection AddCallCenterDevices(this IServiceCollection services)
    {
        services.AddCallCenterNotices();
        services.TryAddSingleton(DeviceRules.Default);
        services.TryAddSingleton<DeviceCache>();
        services.TryAddScoped<DeviceLinks>();
        services.TryAddScoped<DeviceRows>();
        services.TryAddScoped<IDevices, DeviceDirectory>();
        services.TryAddScoped<DeviceTaskSender>();
        services.TryAddScoped<DeviceEditor>();
        services.TryAddScoped<DeviceTaskFollower>();
        services.TryAddScoped<IDeviceTasks, DeviceTasks>();
        return services.AddTenantJob<DeviceTaskJob>(DeviceTaskJob.JobName, DeviceTaskJob.Interval);
    }
}

using CallCenter.Core.Doctor;
using CallCenter.Infrastructure.Telephony.Probes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Doctor;

public static class DoctorServiceCollectionExtensions
{
    /// <summary>The connection doctor. Needs the settings, the UCM and GDMS adapters and the outbound policy.</summary>
    public static IServiceCollection AddCallCenterDoctor(this IServiceCollection services)
    {
        services.AddOptions<DoctorOptions>().BindConfiguration(DoctorOptions.Section);
        services.AddProbes();
        services.TryAddScoped<DoctorCaseReader>();
        services.TryAddScoped<IConnectionDoctor, ConnectionDoctor>();
        return services;
    }
}

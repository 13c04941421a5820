using CallCenter.Core.Work;
using CallCenter.Infrastructure.Calls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Work;

public static class WorkServiceCollectionExtensions
{
    /// <summary>Notes, tags and dispositions of calls.</summary>
    public static IServiceCollection AddCallCenterWork(this IServiceCollection services)
    {
        services.TryAddScoped<CallWriting>();
        services.TryAddScoped<CallNotes>();
        services.TryAddScoped<CallTags>();
        services.TryAddScoped<ICallWork, CallWorkService>();
        services.TryAddScoped<IDispositions, Dispositions>();
        services.TryAddScoped<ICallMarks, CallMarksReader>();
        services.TryAddEnumerable(ServiceDescriptor.Scoped<ICallFollower, CallWorkFollower>());
        return services;
    }
}

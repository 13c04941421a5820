using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace CallCenter.Web.Composition;

/// <summary>Section <c>Proxy</c>: the reverse proxies whose word on client address and scheme is believed.</summary>
internal sealed class ProxyOptions
{
    public const string Section = "Proxy";

    /// <summary>Addresses (<c>10.0.0.5</c>) and ranges (<c>10.0.0.0/24</c>). Empty: forwarded headers are ignored.</summary>
    public IList<string> Trusted { get; } = [];
}

internal sealed class ProxyOptionsValidator : IValidateOptions<ProxyOptions>
{
    public ValidateOptionsResult Validate(string? name, ProxyOptions options)
    {
        var wrong = options.Trusted.Where(entry => !IPAddress.TryParse(entry, out _) && !System.Net.IPNetwork.TryParse(entry, out _)).ToList();
        return wrong.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(wrong.Select(entry => $"Proxy:Trusted holds '{entry}', which is no address and no range such as 10.0.0.0/24."));
    }
}

/// <summary>
/// Behind a proxy, client address and scheme come from its headers: the sign-in limit and the audit log need the one, secure
/// cookies the other. From anyone else the headers are a forgery and ignored.
/// </summary>
internal static class ProxySetup
{
    public static IServiceCollection AddPortalProxy(this IServiceCollection services)
    {
        services.AddOptions<ProxyOptions>().BindConfiguration(ProxyOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ProxyOptions>, ProxyOptionsValidator>();
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>((headers, proxy) =>
        {
            headers.KnownProxies.Clear();
            headers.KnownIPNetworks.Clear();
            foreach (var entry in proxy.Value.Trusted)
            {
                if (IPAddress.TryParse(entry, out var address))
                {
                    headers.KnownProxies.Add(address);
                }
                else
                {
                    headers.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(entry));
                }
            }

            headers.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;

            // As many hops as there are trusted proxies in a row; the first untrusted address is the client.
            headers.ForwardLimit = null;
        });
        return services;
    }

    public static void UsePortalProxy(this WebApplication app)
    {
        // With no known proxy at all the middleware would believe everybody.
        if (app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value.Trusted.Count > 0)
        {
            app.UseForwardedHeaders();
        }
    }
}

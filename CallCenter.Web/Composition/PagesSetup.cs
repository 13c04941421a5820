using CallCenter.Web.Diagnostics;
using CallCenter.Web.Features.Settings;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Radzen;

namespace CallCenter.Web.Composition;

internal static class PagesSetup
{
    public static IServiceCollection AddPortalPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddScoped<CircuitHandler, CircuitLogging>();
        services.AddScoped<Dialogs>();
        services.AddScoped<Toasts>();
        services.AddScoped<Pulse>();
        services.AddScoped<FieldTexts>();
        services.AddScoped<DiagnosisTexts>();
        services.AddScoped<Features.Audit.AuditWords>();
        services.AddScoped<Features.Tenants.CountryNames>();
        services.AddScoped<Features.Extensions.ExtensionTexts>();
        services.AddScoped<Features.Softphone.Panel.PhoneState>();
        services.AddScoped<Features.Softphone.Panel.PhoneWords>();
        return services;
    }

    public static void MapPortalPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();

        // Our own header says who may frame us.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}

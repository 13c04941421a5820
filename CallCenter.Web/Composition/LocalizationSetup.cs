using CallCenter.Core.Exports;
using CallCenter.Web.Features.Dashboard;
using CallCenter.Web.Features.Exports;
using CallCenter.Web.Localization;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Web.Composition;

internal static class LocalizationSetup
{
    public static IServiceCollection AddPortalLocalization(this IServiceCollection services)
    {
        services.AddLocalization();
        services.AddScoped<DisplayFormat>();
        services.AddScoped<ErrorTexts>();
        services.Replace(ServiceDescriptor.Singleton<IExportWords, ExportWords>());
        services.AddScoped<FigureWords>();
        return services;
    }

    public static void UsePortalLocalization(this WebApplication app)
    {
        var options = new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture(Languages.All[0]),
            SupportedCultures = [.. Languages.All],
            SupportedUICultures = [.. Languages.All],
        };

        // The cookie, then the browser; no query string, so that a shared link keeps the reader's language.
        options.RequestCultureProviders =
        [
            new CookieRequestCultureProvider { CookieName = PreferenceEndpoints.LanguageCookie },
            new AcceptLanguageHeaderRequestCultureProvider(),
        ];
        app.UseRequestLocalization(options);
    }
}

using CallCenter.Core.Tenancy;
using CallCenter.Web.Access;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Web.Composition;

/// <summary>Who is there, and what they may open.</summary>
internal static class AccessSetup
{
    private const string PasswordPage = "/account/password";

    public static IServiceCollection AddPortalAccess(this IServiceCollection services)
    {
        services.AddAuthentication(Schemes.Session)
            .AddCookie(Schemes.Session, options =>
            {
                ShapeCookie(options, Schemes.Session);
                options.ExpireTimeSpan = TimeSpan.FromHours(12);
                options.SlidingExpiration = true;
                options.EventsType = typeof(SessionCookieEvents);
            })
            .AddCookie(Schemes.SecondFactor, options =>
            {
                ShapeCookie(options, Schemes.SecondFactor);
                options.ExpireTimeSpan = TimeSpan.FromMinutes(5);
                options.SlidingExpiration = false;
            });
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = "cc-antiforgery";
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddScoped<SessionCookieEvents>();
        services.AddScoped<PageAccess>();
        services.AddScoped<AuthenticationStateProvider, CircuitSession>();
        services.AddCascadingAuthenticationState();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddScoped<ScopeContext>();
        services.TryAddScoped<ITenantContext>(provider => provider.GetRequiredService<ScopeContext>());
        services.TryAddScoped<ICaller>(provider => provider.GetRequiredService<ScopeContext>());
        return services;
    }

    public static void UsePortalAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.Use(GuardPageAsync);
        app.UseCallerInLog();
        app.UseAntiforgery();
    }

    /// <summary>The first load of a page. What follows in its circuit is guarded by Layout/PageGate.</summary>
    private static async Task GuardPageAsync(HttpContext context, RequestDelegate next)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint?.Metadata.GetMetadata<ComponentTypeMetadata>() is null
            || (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null && context.User.Identity?.IsAuthenticated is not true))
        {
            await next(context);
            return;
        }

        var entry = await context.RequestServices.GetRequiredService<PageAccess>().EnterAsync(
            context.User,
            context.GetRouteValue("slug") as string,
            endpoint.Metadata.GetOrderedMetadata<RequirePermissionAttribute>(),
            context.Connection.RemoteIpAddress?.ToString(),
            context.RequestAborted);
        switch (entry)
        {
            case PageEntry.MustChangePassword when !IsAccountOrError(context.Request.Path):
                context.Response.Redirect(context.Request.PathBase + PasswordPage);
                break;
            case PageEntry.NotFound:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
            default:
                await next(context);
                break;
        }
    }

    private static bool IsAccountOrError(PathString path) =>
        path.StartsWithSegments(PasswordPage, StringComparison.Ordinal) || path.StartsWithSegments("/error", StringComparison.Ordinal);

    private static void ShapeCookie(CookieAuthenticationOptions options, string name)
    {
        options.Cookie.Name = name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.LoginPath = "/account/sign-in";
        options.ReturnUrlParameter = "returnUrl";
    }
}

using CallCenter.Core.Identity;
using CallCenter.Web.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;

namespace CallCenter.Web.Composition;

internal static class AccountEndpoints
{
    public static void MapPortalAccount(this WebApplication app) =>
        app.MapPost("/account/sign-out", SignOutAsync).AllowAnonymous().DisableAntiforgery();

    /// <summary>Checks the token itself: a stale one, from before a restart, must not show an error to someone who is leaving.</summary>
    private static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, ISignIn signIn)
    {
        if (SessionPrincipal.UserIdOf(context.User) is { } user && await antiforgery.IsRequestValidAsync(context))
        {
            await signIn.SignedOutAsync(user, context.Connection.RemoteIpAddress?.ToString(), context.RequestAborted);
            await context.SignOutAsync(Schemes.Session);
            return Results.LocalRedirect("/account/sign-in?left=true");
        }

        return Results.LocalRedirect("/");
    }
}

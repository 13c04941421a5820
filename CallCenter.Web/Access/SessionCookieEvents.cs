using System.Globalization;
using CallCenter.Core.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace CallCenter.Web.Access;

/// <summary>Asks the database now and then whether a session still stands, and answers "forbidden" as "not found".</summary>
internal sealed class SessionCookieEvents(ISessionCheck sessions, TimeProvider clock) : CookieAuthenticationEvents
{
    private const string CheckedAt = "checked";
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(20);

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var now = clock.GetUtcNow();
        if (context.Properties.GetString(CheckedAt) is { } text
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var last)
            && now - last < CheckEvery)
        {
            return;
        }

        var user = context.Principal is { } principal && SessionPrincipal.UserIdOf(principal) is { } id
            ? await sessions.CheckAsync(id, SessionPrincipal.StampOf(principal), context.HttpContext.RequestAborted)
            : null;
        if (user is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(Schemes.Session);
            return;
        }

        context.ReplacePrincipal(SessionPrincipal.Of(user, Schemes.Session));
        context.Properties.SetString(CheckedAt, now.ToString("O", CultureInfo.InvariantCulture));
        context.ShouldRenew = true;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

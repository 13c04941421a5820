using CallCenter.Core.Identity;
using CallCenter.Web.Composition;
using CallCenter.Web.Localization;
using Microsoft.AspNetCore.Authentication;

namespace CallCenter.Web.Access;

/// <summary>Turns a checked account into a session cookie.</summary>
internal static class SessionSignIn
{
    /// <summary>Begins or renews the session, and takes over the account's language.</summary>
    /// <returns>Where to go next.</returns>
    public static async Task<string> BeginAsync(HttpContext context, SignedInUser user, string? returnUrl)
    {
        await context.SignOutAsync(Schemes.SecondFactor);
        await context.SignInAsync(Schemes.Session, SessionPrincipal.Of(user, Schemes.Session));
        if (Languages.IsKnown(user.Language))
        {
            PreferenceEndpoints.KeepLanguage(context, user.Language!);
        }

        var next = LocalUrl.OrHome(returnUrl);
        return user.MustChangePassword ? $"/account/password?returnUrl={Uri.EscapeDataString(next)}" : next;
    }
}

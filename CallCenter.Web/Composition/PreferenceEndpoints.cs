using CallCenter.Core.Identity;
using CallCenter.Web.Access;
using CallCenter.Web.Localization;
using Microsoft.AspNetCore.Localization;

namespace CallCenter.Web.Composition;

/// <summary>Switches language and digits, then shows the same page again.</summary>
internal static class PreferenceEndpoints
{
    public const string LanguageCookie = "cc-language";

    public static void MapPortalPreferences(this WebApplication app)
    {
        app.MapGet("/culture", SwitchLanguageAsync).AllowAnonymous();
        app.MapGet("/culture/digits", SwitchDigits).AllowAnonymous();
    }

    /// <summary>Remembers the language on this machine.</summary>
    public static void KeepLanguage(HttpContext context, string language) => Keep(
        context, LanguageCookie, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)));

    private static async Task<IResult> SwitchLanguageAsync(string? c, string? r, HttpContext context, PageAccess access, IMyAccount account)
    {
        if (Languages.IsKnown(c))
        {
            KeepLanguage(context, c!);
            if (await access.EnterAsync(context.User, null, [], null, context.RequestAborted) is not PageEntry.SignIn)
            {
                await account.SetLanguageAsync(c, context.RequestAborted);
            }
        }

        return Results.LocalRedirect(LocalUrl.OrHome(r));
    }

    private static IResult SwitchDigits(string? d, string? r, HttpContext context)
    {
        Keep(context, Preferences.DigitsCookie, d == Preferences.Arabic ? Preferences.Arabic : "latin");
        return Results.LocalRedirect(LocalUrl.OrHome(r));
    }

    private static void Keep(HttpContext context, string name, string value) => context.Response.Cookies.Append(
        name,
        value,
        new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
}

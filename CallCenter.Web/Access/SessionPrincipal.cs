using System.Globalization;
using System.Security.Claims;
using CallCenter.Core.Identity;

namespace CallCenter.Web.Access;

/// <summary>The session cookie's content. Keys and flags only; roles are read anew from the database.</summary>
internal static class SessionPrincipal
{
    private const string Stamp = "stamp";
    private const string UserName = "user_name";
    private const string PlatformAdministrator = "platform";
    private const string MustChange = "must_change_password";

    public static ClaimsPrincipal Of(SignedInUser user, string scheme)
    {
        var identity = new ClaimsIdentity(scheme, ClaimTypes.Name, ClaimTypes.Role);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, user.Id.ToString("D", CultureInfo.InvariantCulture)));
        identity.AddClaim(new Claim(ClaimTypes.Name, user.DisplayName));
        identity.AddClaim(new Claim(UserName, user.UserName));
        identity.AddClaim(new Claim(Stamp, user.SecurityStamp));
        if (user.IsPlatformAdministrator)
        {
            identity.AddClaim(new Claim(PlatformAdministrator, "true"));
        }

        if (user.MustChangePassword)
        {
            identity.AddClaim(new Claim(MustChange, "true"));
        }

        return new ClaimsPrincipal(identity);
    }

    /// <summary>Null for nobody.</summary>
    public static Guid? UserIdOf(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true } && Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : null;

    public static string StampOf(ClaimsPrincipal principal) => principal.FindFirstValue(Stamp) ?? "";

    public static string NameOf(ClaimsPrincipal principal) => principal.FindFirstValue(ClaimTypes.Name) ?? "";

    public static string UserNameOf(ClaimsPrincipal principal) => principal.FindFirstValue(UserName) ?? "";

    public static bool IsPlatformAdministrator(ClaimsPrincipal principal) => principal.HasClaim(PlatformAdministrator, "true");

    public static bool MustChangePassword(ClaimsPrincipal principal) => principal.HasClaim(MustChange, "true");
}

using CallCenter.Core.Identity;
using Microsoft.AspNetCore.Identity;

namespace CallCenter.Infrastructure.Identity;

/// <summary>A person. Global: may belong to several tenants, see <see cref="Core.Tenancy.Membership"/>.</summary>
internal sealed class AppUser : IdentityUser<Guid>
{
    public const int DisplayNameMaxLength = PersonForm.DisplayNameMaxLength;

    public string DisplayName { get; set; } = "";

    public bool IsPlatformAdministrator { get; set; }

    /// <summary><c>en</c> or <c>ar</c>; null follows the tenant, then the browser.</summary>
    public string? Language { get; set; }

    /// <summary>Signed in with a one-time password; nothing else opens until it is changed.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>UTC; null while active. Disabled for every tenant.</summary>
    public DateTime? DisabledAtUtc { get; set; }

    public DateTime CreatedAtUtc { get; set; }

    /// <summary>30-second step of the last authenticator code that was accepted; a code works once.</summary>
    public long? LastCodeStep { get; set; }

    public SignedInUser ToSignedIn() => new(
        Id, UserName!, DisplayName, SecurityStamp ?? "", IsPlatformAdministrator, MustChangePassword, Language);
}

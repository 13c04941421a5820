using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Identity;

/// <summary>
/// Identity's store with two differences: authenticator keys and recovery codes are encrypted, and nothing is saved before
/// the service that uses it saves, so that account, membership and audit entry are kept together.
/// </summary>
internal sealed class AppUserStore : UserOnlyStore<AppUser, CallCenterDbContext, Guid>
{
    private readonly ISecretProtector _secrets;

    public AppUserStore(CallCenterDbContext context, ISecretProtector secrets, IdentityErrorDescriber? describer = null)
        : base(context, describer)
    {
        _secrets = secrets;
        AutoSaveChanges = false;
    }

    /// <summary>What a stored token is bound to; permanent.</summary>
    public static SecretPurpose PurposeOf(Guid userId, string name) => new(userId, $"UserTokens.{name}");

    public override Task SetTokenAsync(AppUser user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(
            user, loginProvider, name, value is null ? null : _secrets.Protect(new Secret(value), PurposeOf(user.Id, name)), cancellationToken);

    public override async Task<string?> GetTokenAsync(AppUser user, string loginProvider, string name, CancellationToken cancellationToken)
    {
        if (await base.GetTokenAsync(user, loginProvider, name, cancellationToken) is not { } stored)
        {
            return null;
        }

        var opened = _secrets.Unprotect(stored, PurposeOf(user.Id, name));
        return opened.Succeeded
            ? opened.Value.Reveal()
            : throw new InvalidOperationException($"A second factor cannot be read: {opened.Error!.Code}. See Secrets:Keys.");
    }
}

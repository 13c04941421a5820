using CallCenter.Core.Security;
using CallCenter.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Identity;

/// <summary>
/// Makes a user manager over the context of one operation. The one that Identity registers lives as long as its scope, and a
/// circuit's scope lives for hours: its context would serve stale rows and break on parallel clicks.
/// </summary>
internal sealed class UserManagers(
    IOptions<IdentityOptions> options,
    IPasswordHasher<AppUser> hasher,
    IEnumerable<IUserValidator<AppUser>> userValidators,
    IEnumerable<IPasswordValidator<AppUser>> passwordValidators,
    ILookupNormalizer normalizer,
    IdentityErrorDescriber describer,
    ISecretProtector secrets,
    IServiceProvider services,
    ILogger<UserManager<AppUser>> logger)
{
    public UserManager<AppUser> Create(CallCenterDbContext db) => new(
        CreateStore(db), options, hasher, userValidators, passwordValidators, normalizer, describer, services, logger);

    public AppUserStore CreateStore(CallCenterDbContext db) => new(db, secrets, describer);
}

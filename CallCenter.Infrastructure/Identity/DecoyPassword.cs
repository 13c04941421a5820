using Microsoft.AspNetCore.Identity;

namespace CallCenter.Infrastructure.Identity;

/// <summary>A hash to check against when there is no account, so that the answer takes as long as with one.</summary>
internal sealed class DecoyPassword(IPasswordHasher<AppUser> hasher)
{
    private readonly AppUser _user = new();
    private readonly Lazy<string> _hash = new(() => hasher.HashPassword(new AppUser(), Guid.NewGuid().ToString()));

    public void Check(string password) => hasher.VerifyHashedPassword(_user, _hash.Value, password);
}

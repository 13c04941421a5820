using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Identity;

/// <summary>Authenticator keys and recovery codes, for rotation of the key ring.</summary>
internal sealed class StoredUserTokens : IGlobalStoredSecrets
{
    public async Task<IReadOnlyList<StoredSecret>> FindAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        var tokens = await db.Set<IdentityUserToken<Guid>>().Where(token => token.Value != null).ToListAsync(cancellationToken);
        return [.. tokens.Select(token => new StoredSecret(
            token.Value!, AppUserStore.PurposeOf(token.UserId, token.Name), text => token.Value = text))];
    }
}

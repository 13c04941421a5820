using CallCenter.Core.Extensions;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Security;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Extensions;

internal sealed class ExtensionStoredSecrets : IStoredSecrets
{
    public async Task<IReadOnlyList<StoredSecret>> FindAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        var found = new List<StoredSecret>();
        foreach (var extension in await db.Set<Extension>().ToListAsync(cancellationToken))
        {
            if (extension.SecretProtected is { } secret)
            {
                found.Add(new StoredSecret(
                    secret, ExtensionSecrets.Sip(extension.TenantId),
                    text => extension.Reprotect(text, extension.VoicemailPinProtected, extension.NextSecretProtected)));
            }

            if (extension.VoicemailPinProtected is { } pin)
            {
                found.Add(new StoredSecret(
                    pin, ExtensionSecrets.VoicemailPin(extension.TenantId),
                    text => extension.Reprotect(extension.SecretProtected, text, extension.NextSecretProtected)));
            }

            if (extension.NextSecretProtected is { } next)
            {
                found.Add(new StoredSecret(
                    next, ExtensionSecrets.Sip(extension.TenantId),
                    text => extension.Reprotect(extension.SecretProtected, extension.VoicemailPinProtected, text)));
            }
        }

        return found;
    }
}

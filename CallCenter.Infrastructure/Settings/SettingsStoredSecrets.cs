using CallCenter.Core.Settings;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Security;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Settings;

internal sealed class SettingsStoredSecrets : IStoredSecrets
{
    public async Task<IReadOnlyList<StoredSecret>> FindAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        var found = new List<StoredSecret>();
        foreach (var pbx in await db.Set<PbxConnection>().ToListAsync(cancellationToken))
        {
            found.Add(new StoredSecret(pbx.ApiPasswordProtected, SettingsSecrets.PbxPassword(pbx.TenantId), text => pbx.ApiPasswordProtected = text));
        }

        foreach (var gdms in await db.Set<GdmsConnection>().ToListAsync(cancellationToken))
        {
            found.Add(new StoredSecret(gdms.PasswordProtected, SettingsSecrets.GdmsPassword(gdms.TenantId), text => gdms.PasswordProtected = text));
            found.Add(new StoredSecret(gdms.ApiSecretProtected, SettingsSecrets.GdmsApiSecret(gdms.TenantId), text => gdms.ApiSecretProtected = text));
        }

        return found;
    }
}

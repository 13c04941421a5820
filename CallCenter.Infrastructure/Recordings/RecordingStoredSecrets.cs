using CallCenter.Core.Recordings;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Recordings.Store;
using CallCenter.Infrastructure.Security;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Recordings;

internal sealed class RecordingStoredSecrets : IStoredSecrets
{
    public async Task<IReadOnlyList<StoredSecret>> FindAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        var recordings = await db.Set<Recording>().Where(recording => recording.FileKey != "").ToListAsync(cancellationToken);
        return [.. recordings.Select(recording => new StoredSecret(
            recording.FileKey, StoreKey.Purpose(recording.TenantId, recording.Id), text => recording.FileKey = text))];
    }
}

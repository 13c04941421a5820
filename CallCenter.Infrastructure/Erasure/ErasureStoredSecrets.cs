using CallCenter.Core.Erasure;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Security;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Erasure;

internal sealed class ErasureStoredSecrets : IStoredSecrets
{
    public async Task<IReadOnlyList<StoredSecret>> FindAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        var keys = await db.Set<ErasureKey>().ToListAsync(cancellationToken);
        var open = await db.Set<NumberErasure>().Where(erasure => erasure.NumberProtected != "").ToListAsync(cancellationToken);
        return
        [
            .. keys.Select(key => new StoredSecret(key.KeyProtected, NumberPrints.Purpose(key.TenantId), text => key.KeyProtected = text)),
            .. open.Select(erasure => new StoredSecret(
                erasure.NumberProtected, ErasureRunner.NumberPurpose(erasure.TenantId, erasure.Id), text => erasure.NumberProtected = text)),
        ];
    }
}

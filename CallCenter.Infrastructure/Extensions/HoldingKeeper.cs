using CallCenter.Core.Extensions;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>
/// Writes who had which extension when, with every save that changes it: assigning, releasing, renumbering, removing, adopting,
/// whoever does it. In the context, because an act that forgot it would show people the calls of others.
/// </summary>
internal static class HoldingKeeper
{
    public static bool Concerns(CallCenterDbContext db) => db.ChangeTracker.Entries<Extension>().Any(entry => Before(entry) != After(entry));

    public static async Task KeepAsync(CallCenterDbContext db, DateTime nowUtc, CancellationToken cancellationToken)
    {
        foreach (var entry in db.ChangeTracker.Entries<Extension>().ToList())
        {
            var (before, after) = (Before(entry), After(entry));
            if (before == after)
            {
                continue;
            }

            if (before is not null)
            {
                var open = await db.Set<ExtensionHolding>()
                    .Where(holding => holding.PbxId == before.PbxId && holding.Extension == before.Number && holding.UntilUtc == null)
                    .ToListAsync(cancellationToken);
                foreach (var holding in open)
                {
                    holding.UntilUtc = nowUtc > holding.FromUtc ? nowUtc : holding.FromUtc;
                }
            }

            // A save that failed and is tried again finds its row here.
            if (after is not null && !db.ChangeTracker.Entries<ExtensionHolding>().Any(added => added.State == EntityState.Added
                && added.Entity.PbxId == after.PbxId && added.Entity.Extension == after.Number && added.Entity.UserId == after.UserId))
            {
                db.Add(new ExtensionHolding { PbxId = after.PbxId, Extension = after.Number, UserId = after.UserId, FromUtc = nowUtc });
            }
        }
    }

    private static Holder? Before(EntityEntry<Extension> entry) =>
        entry.State is EntityState.Modified or EntityState.Deleted && entry.Property(e => e.UserId).OriginalValue is { } user
            ? new Holder(entry.Entity.PbxId, entry.Property(e => e.Number).OriginalValue, user)
            : null;

    private static Holder? After(EntityEntry<Extension> entry) =>
        entry.State is EntityState.Added or EntityState.Modified && entry.Entity.UserId is { } user
            ? new Holder(entry.Entity.PbxId, entry.Entity.Number, user)
            : null;

    private sealed record Holder(Guid PbxId, string Number, Guid UserId);
}

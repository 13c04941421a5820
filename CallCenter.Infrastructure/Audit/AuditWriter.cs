using CallCenter.Core.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Audit;

/// <summary>Gives pending notes their places in the chain and saves them with the rest, in one transaction.</summary>
internal static class AuditWriter
{
    /// <summary>
    /// Makes other writers of the chain wait until this transaction ends. Take it before reading what a decision rests on:
    /// then it also orders decisions, and there is one lock and no deadlock.
    /// </summary>
    public static async Task LockAsync(CallCenterDbContext db, Guid chain, CancellationToken cancellationToken)
    {
        // An update that changes nothing locks the row on both databases; a plain read would not.
        var locked = await Heads(db, chain).ExecuteUpdateAsync(set => set.SetProperty(h => h.Sequence, h => h.Sequence), cancellationToken);
        if (locked == 1)
        {
            return;
        }

        // Heads are made with their tenants; one that is missing while entries exist was deleted, and appending would hide it.
        if (await db.Set<AuditEntry>().IgnoreQueryFilters([CallCenterDbContext.TenantFilter]).AnyAsync(e => e.TenantId == chain, cancellationToken))
        {
            throw new InvalidOperationException($"The head of audit chain {chain} is missing.");
        }

        await db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "AuditHeads" ("TenantId", "Sequence", "Hash") VALUES ({chain}, 0, {AuditHash.Zero})""", cancellationToken);

        // A tenant made in this very save brings its head along, which is there now.
        if (db.ChangeTracker.Entries<AuditHead>().SingleOrDefault(e => e.State == EntityState.Added && e.Entity.TenantId == chain) is { } head)
        {
            head.State = EntityState.Detached;
        }
    }

    public static async Task<int> SaveAsync(CallCenterDbContext db, Func<Task<int>> save, CancellationToken cancellationToken)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        var entries = new List<AuditEntry>();
        var heads = new List<(Guid Chain, AuditEntry Last)>();

        // By chain id: two writers that need two chains take them in the same order.
        foreach (var chain in db.PendingAudit.GroupBy(note => note.Chain).OrderBy(group => group.Key))
        {
            var newHead = NewHead(db, chain.Key);
            var (sequence, hash) = newHead is null ? await TakeHeadAsync(db, chain.Key, cancellationToken) : (0, AuditHash.Zero);
            foreach (var note in chain)
            {
                var entry = note.ToEntry(++sequence, hash);
                hash = entry.Hash;
                entries.Add(entry);
            }

            if (newHead is null)
            {
                heads.Add((chain.Key, entries[^1]));
            }
            else
            {
                (newHead.Sequence, newHead.Hash) = (sequence, hash);
            }
        }

        db.AddRange(entries);
        try
        {
            var saved = await save();

            // After the entries: EF undoes a failed save by a savepoint, and that would not undo this.
            foreach (var (chain, last) in heads)
            {
                await Heads(db, chain).ExecuteUpdateAsync(
                    set => set.SetProperty(h => h.Sequence, last.Sequence).SetProperty(h => h.Hash, last.Hash), cancellationToken);
            }

            if (own is not null)
            {
                await own.CommitAsync(cancellationToken);
            }

            db.PendingAudit.Clear();
            return saved - entries.Count;
        }
        finally
        {
            // Written or not, they are no longer this context's business; a second attempt makes new ones.
            foreach (var entry in entries)
            {
                db.Entry(entry).State = EntityState.Detached;
            }
        }
    }

    /// <summary>The head that is saved with its tenant in this very save; nobody else can write to that chain yet.</summary>
    private static AuditHead? NewHead(CallCenterDbContext db, Guid chain) =>
        db.ChangeTracker.Entries<AuditHead>().SingleOrDefault(e => e.State == EntityState.Added && e.Entity.TenantId == chain)?.Entity;

    private static async Task<(long Sequence, byte[] Hash)> TakeHeadAsync(CallCenterDbContext db, Guid chain, CancellationToken cancellationToken)
    {
        await LockAsync(db, chain, cancellationToken);
        var head = await Heads(db, chain).AsNoTracking().SingleAsync(cancellationToken);
        return (head.Sequence, head.Hash);
    }

    private static IQueryable<AuditHead> Heads(CallCenterDbContext db, Guid chain) =>
        db.Set<AuditHead>().IgnoreQueryFilters([CallCenterDbContext.TenantFilter]).Where(h => h.TenantId == chain);
}

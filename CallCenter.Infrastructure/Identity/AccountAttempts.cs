using CallCenter.Core.Audit;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Identity;

/// <summary>
/// Counts failures in the database with single statements, so that parallel guesses on several nodes all count. The lock on
/// the platform's audit chain comes first in every transaction here; see <see cref="AuditWriter.LockAsync"/>.
/// </summary>
internal sealed class AccountAttempts(IAuditTrail audit, IOptions<SignInOptions> options, TimeProvider time)
{
    /// <summary>Stands for an account that does not exist: the same work, and nothing is kept.</summary>
    public static readonly AppUser Nobody = new() { UserName = "", DisplayName = "" };

    public bool IsClosed(AppUser user) => user.DisabledAtUtc is not null || user.LockoutEnd > time.GetUtcNow();

    /// <summary>Nobody need be signed in, so the account itself is the actor of what is tried in its name.</summary>
    public void Note(CallCenterDbContext db, AppUser user, string action, string? remoteAddress) => audit.AppendPlatform(
        db,
        new AuditNote(action, AuditSubjects.User, user.Id.ToString(), user.UserName!),
        new AuditActor(user.Id, user.DisplayName, remoteAddress));

    /// <summary>Forgets the failures, and notes the act when there is one.</summary>
    public async Task SucceedAsync(CallCenterDbContext db, AppUser user, string? action, string? remoteAddress, CancellationToken cancellationToken)
    {
        await using var own = await BeginAsync(db, cancellationToken);
        await db.Set<AppUser>().Where(u => u.Id == user.Id && (u.AccessFailedCount != 0 || u.LockoutEnd != null)).ExecuteUpdateAsync(
            set => set.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, (DateTimeOffset?)null), cancellationToken);
        if (action is not null)
        {
            Note(db, user, action, remoteAddress);
        }

        await db.SaveChangesAsync(cancellationToken);
        if (own is not null)
        {
            await own.CommitAsync(cancellationToken);
        }
    }

    /// <summary>Counts one failure, closes the account at the last one, and notes both.</summary>
    public async Task FailAsync(CallCenterDbContext db, AppUser user, string action, string? remoteAddress, CancellationToken cancellationToken)
    {
        await using var own = await BeginAsync(db, cancellationToken);
        Note(db, user, action, remoteAddress);
        if (!IsClosed(user))
        {
            await db.Set<AppUser>().Where(u => u.Id == user.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.AccessFailedCount, u => u.AccessFailedCount + 1), cancellationToken);
            DateTimeOffset? until = time.GetUtcNow() + options.Value.LockoutDuration;
            var limit = options.Value.LockoutFailures;
            var locked = await db.Set<AppUser>().Where(u => u.Id == user.Id && u.AccessFailedCount >= limit).ExecuteUpdateAsync(
                set => set.SetProperty(u => u.AccessFailedCount, 0).SetProperty(u => u.LockoutEnd, until), cancellationToken);
            if (locked == 1)
            {
                Note(db, user, AuditActions.LockedOut, remoteAddress);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        if (own is not null && user != Nobody)
        {
            await own.CommitAsync(cancellationToken);
        }
    }

    private static async Task<IDbContextTransaction?> BeginAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        if (db.Database.CurrentTransaction is not null)
        {
            return null;
        }

        var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditWriter.LockAsync(db, AuditChains.Platform, cancellationToken);
        return transaction;
    }
}

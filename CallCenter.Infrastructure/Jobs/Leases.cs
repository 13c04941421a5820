using CallCenter.Core.Jobs;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CallCenter.Infrastructure.Jobs;

/// <summary>Single statements only, so that the database decides races on both providers alike.</summary>
internal sealed class Leases(ContextOptions contexts, TimeProvider time, ILogger<Lease> logger) : ILeases
{
    public async Task<ILease?> TryAcquireAsync(string name, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(name.Length, ILeases.MaxNameLength, nameof(name));
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.FromSeconds(5));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(duration, TimeSpan.FromDays(1));

        var holder = Guid.NewGuid().ToString("N");
        var start = time.GetTimestamp();
        await using var db = contexts.Create(new ScopeContext());
        return await TakeAsync(db, name, holder, duration, cancellationToken) is { } fence
            ? new Lease(this, name, holder, fence, duration, time, start, logger)
            : null;
    }

    public async Task<bool> RenewAsync(string name, string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        var expires = Now + duration;
        await using var db = contexts.Create(new ScopeContext());
        return await db.Set<JobLease>()
            .Where(l => l.Name == name && l.Holder == holder)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.ExpiresAtUtc, expires), cancellationToken) == 1;
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private async Task<long?> TakeAsync(
        CallCenterDbContext db, string name, string holder, TimeSpan duration, CancellationToken cancellationToken)
    {
        var now = Now;
        var expires = now + duration;
        var taken = await db.Set<JobLease>()
            .Where(l => l.Name == name && l.ExpiresAtUtc <= now)
            .ExecuteUpdateAsync(
                set => set.SetProperty(l => l.Holder, holder).SetProperty(l => l.ExpiresAtUtc, expires).SetProperty(l => l.Fence, l => l.Fence + 1),
                cancellationToken);
        if (taken == 1)
        {
            return await db.Set<JobLease>().Where(l => l.Name == name && l.Holder == holder).Select(l => l.Fence).SingleAsync(cancellationToken);
        }

        if (await db.Set<JobLease>().AnyAsync(l => l.Name == name, cancellationToken))
        {
            return null;
        }

        db.Add(new JobLease { Name = name, Holder = holder, ExpiresAtUtc = expires, Fence = 1 });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return 1;
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another node made the row between our look and our insert; a real fault fails this look too.
            db.ChangeTracker.Clear();
            if (await db.Set<JobLease>().AnyAsync(l => l.Name == name, cancellationToken))
            {
                return null;
            }

            throw;
        }
    }
}

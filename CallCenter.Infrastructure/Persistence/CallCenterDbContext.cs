using System.Linq.Expressions;
using CallCenter.Core.Audit;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Extensions;
using CallCenter.Infrastructure.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CallCenter.Infrastructure.Persistence;

/// <summary>The one model. Entities come from the configuration classes in the feature folders; read them with <c>Set&lt;T&gt;()</c>.</summary>
internal abstract class CallCenterDbContext(DbContextOptions options, ITenantContext tenant)
    : IdentityUserContext<AppUser, Guid>(options)
{
    /// <summary>Name of the read filter on tenant-owned rows; lifted by name only, and each lifting has a test.</summary>
    public const string TenantFilter = "Tenant";

    /// <summary>Evaluated for each query, so a context built before the tenant is known fails closed.</summary>
    public Guid CurrentTenantId => tenant.TenantId;

    /// <summary>The tenant's facts.</summary>
    public TenantInfo CurrentTenant => tenant.Tenant;

    /// <summary>The clock of what the context itself writes.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Notes that the next save writes to the audit log; see <see cref="IAuditTrail"/>.</summary>
    internal List<PendingAudit> PendingAudit { get; } = [];

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        if (PendingAudit.Count > 0 || HoldingKeeper.Concerns(this))
        {
            throw new InvalidOperationException("Changes with audit notes, and of whose an extension is, are saved by SaveChangesAsync.");
        }

        StampAndCheck();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (HoldingKeeper.Concerns(this))
        {
            await HoldingKeeper.KeepAsync(this, Time.GetUtcNow().UtcDateTime, cancellationToken);
        }

        StampAndCheck();
        return PendingAudit.Count == 0
            ? await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken)
            : await AuditWriter.SaveAsync(this, () => base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken), cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
        configurationBuilder.Properties<string>().HaveMaxLength(256);
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(CallCenterDbContext).Assembly);

        foreach (var entity in builder.Model.GetEntityTypes().Where(IsTenantOwned).ToList())
        {
            builder.Entity(entity.ClrType).HasQueryFilter(TenantFilter, OwnedByCurrentTenant(entity.ClrType));
        }
    }

    internal static bool IsTenantOwned(IReadOnlyEntityType entity) => typeof(ITenantOwned).IsAssignableFrom(entity.ClrType);

    private LambdaExpression OwnedByCurrentTenant(Type type)
    {
        var row = Expression.Parameter(type, "row");
        return Expression.Lambda(
            Expression.Equal(
                Expression.Property(row, nameof(ITenantOwned.TenantId)),
                Expression.Property(Expression.Constant(this, typeof(CallCenterDbContext)), nameof(CurrentTenantId))),
            row);
    }

    private void StampAndCheck()
    {
        AddHeadsOfNewTenants();
        foreach (var entry in ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            // Entries come from AuditWriter, which adds them after this check, and heads only with their tenants.
            if (entry.Entity is AuditEntry || (entry.Entity is AuditHead && entry.State != EntityState.Added))
            {
                throw new InvalidOperationException("The audit log is written through IAuditTrail and never changed.");
            }

            if (entry.Entity is ITenantOwned and not AuditHead)
            {
                var owner = entry.Property(nameof(ITenantOwned.TenantId));
                if (entry.State == EntityState.Added && (Guid)owner.CurrentValue! == Guid.Empty)
                {
                    owner.CurrentValue = CurrentTenantId;
                }
                else if ((Guid)owner.OriginalValue! != CurrentTenantId || (Guid)owner.CurrentValue! != CurrentTenantId)
                {
                    throw new InvalidOperationException($"A {entry.Metadata.ShortName()} of another tenant cannot be saved here.");
                }
            }

            if (entry.State == EntityState.Modified && entry.Metadata.FindProperty("Version") is { IsConcurrencyToken: true })
            {
                var version = entry.Property("Version");
                version.CurrentValue = (int)version.OriginalValue! + 1;
            }
        }
    }

    private void AddHeadsOfNewTenants()
    {
        foreach (var tenant in ChangeTracker.Entries<Tenant>().Where(e => e.State == EntityState.Added).Select(e => e.Entity).ToList())
        {
            if (ChangeTracker.Entries<AuditHead>().All(e => e.Entity.TenantId != tenant.Id))
            {
                Add(new AuditHead { TenantId = tenant.Id, Sequence = 0, Hash = AuditHash.Zero });
            }
        }
    }
}

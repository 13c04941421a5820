using System.Linq.Expressions;
using CallCenter.Core.Tenancy;
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

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        StampAndCheck();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        StampAndCheck();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
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
        foreach (var entry in ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            if (entry.Entity is ITenantOwned)
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
}

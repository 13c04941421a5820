using CallCenter.Core.Tenancy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Tenancy;

internal sealed class TenantConfiguration : IEntityTypeConfiguration<Tenant>
{
    public void Configure(EntityTypeBuilder<Tenant> builder)
    {
        builder.ToTable("Tenants");
        builder.Property(t => t.Slug).HasMaxLength(Tenant.SlugMaxLength);
        builder.Property(t => t.Name).HasMaxLength(Tenant.NameMaxLength);
        builder.Property(t => t.TimeZoneId).HasMaxLength(64);
        builder.Property(t => t.CountryCode).HasMaxLength(2);
        builder.Property(t => t.Language).HasMaxLength(2);
        builder.Property(t => t.Version).IsConcurrencyToken();
        builder.HasIndex(t => t.Slug).IsUnique();
    }
}

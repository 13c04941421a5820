using CallCenter.Core.Calls;
using CallCenter.Core.Groups;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Groups;

internal sealed class PbxGroupConfiguration : IEntityTypeConfiguration<PbxGroup>
{
    public void Configure(EntityTypeBuilder<PbxGroup> builder)
    {
        builder.ToTable("PbxGroups");
        builder.Property(g => g.Id).ValueGeneratedNever();
        builder.Property(g => g.Number).HasMaxLength(Call.NumberMaxLength);
        builder.Property(g => g.Name).HasMaxLength(Call.NameMaxLength);
        builder.Property(g => g.Members).HasMaxLength(-1);
        builder.Property(g => g.Version).IsConcurrencyToken();
        builder.HasIndex(g => new { g.TenantId, g.PbxId, g.Kind, g.Number }).IsUnique();
    }
}

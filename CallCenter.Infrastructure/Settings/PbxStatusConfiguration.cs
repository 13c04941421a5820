using CallCenter.Core.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Settings;

internal sealed class PbxStatusConfiguration : IEntityTypeConfiguration<PbxStatus>
{
    public void Configure(EntityTypeBuilder<PbxStatus> builder)
    {
        builder.ToTable("PbxStatuses");
        builder.HasKey(s => s.PbxId);
        builder.Property(s => s.PbxId).ValueGeneratedNever();
        builder.Property(s => s.LastErrorCode).HasMaxLength(PbxStatus.ErrorCodeMaxLength);
        builder.Property(s => s.Version).IsConcurrencyToken();
        builder.HasIndex(s => s.TenantId);
        builder.HasOne<PbxConnection>().WithOne().HasForeignKey<PbxStatus>(s => s.PbxId).OnDelete(DeleteBehavior.Cascade);
    }
}

using CallCenter.Core.Calls;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Calls.Push;

internal sealed class CdrPushConfiguration : IEntityTypeConfiguration<CdrPush>
{
    public void Configure(EntityTypeBuilder<CdrPush> builder)
    {
        builder.ToTable("CdrPushes");
        builder.HasKey(p => new { p.TenantId, p.PbxId });
        builder.Property(p => p.SecretHash).HasMaxLength(CdrPush.HashLength);
    }
}

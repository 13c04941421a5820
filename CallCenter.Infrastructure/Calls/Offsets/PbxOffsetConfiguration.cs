using CallCenter.Core.Calls;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Calls.Offsets;

internal sealed class PbxOffsetConfiguration : IEntityTypeConfiguration<PbxOffset>
{
    public void Configure(EntityTypeBuilder<PbxOffset> builder)
    {
        builder.ToTable("PbxOffsets");
        builder.HasKey(o => new { o.TenantId, o.PbxId, o.FirstSeenUtc });
    }
}

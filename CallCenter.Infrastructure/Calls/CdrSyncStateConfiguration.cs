using CallCenter.Core.Calls;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Calls;

internal sealed class CdrSyncStateConfiguration : IEntityTypeConfiguration<CdrSyncState>
{
    public void Configure(EntityTypeBuilder<CdrSyncState> builder)
    {
        builder.ToTable("CdrSyncStates");
        builder.HasKey(s => new { s.TenantId, s.PbxId });
        builder.Property(s => s.LastErrorCode).HasMaxLength(CdrSyncState.ErrorCodeMaxLength);
    }
}

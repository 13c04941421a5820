using CallCenter.Core.Recordings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Recordings;

internal sealed class CallHoldConfiguration : IEntityTypeConfiguration<CallHold>
{
    public void Configure(EntityTypeBuilder<CallHold> builder)
    {
        builder.ToTable("CallHolds");
        builder.HasKey(h => new { h.TenantId, h.CallId });
        builder.Property(h => h.Reason).HasMaxLength(CallHold.ReasonMaxLength);
        builder.Property(h => h.ByName).HasMaxLength(256);
    }
}

using CallCenter.Core.Recordings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Recordings.Retention;

internal sealed class RetentionRunConfiguration : IEntityTypeConfiguration<RetentionRun>
{
    public void Configure(EntityTypeBuilder<RetentionRun> builder)
    {
        builder.ToTable("RetentionRuns");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.ByName).HasMaxLength(256);
        builder.Property(r => r.Failure).HasMaxLength(Recording.FailureMaxLength);
        builder.HasIndex(r => new { r.TenantId, r.StartedAtUtc });
    }
}

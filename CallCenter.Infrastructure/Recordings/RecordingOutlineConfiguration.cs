using CallCenter.Core.Recordings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Recordings;

internal sealed class RecordingOutlineConfiguration : IEntityTypeConfiguration<RecordingOutline>
{
    public void Configure(EntityTypeBuilder<RecordingOutline> builder)
    {
        builder.ToTable("RecordingOutlines");
        builder.HasKey(outline => outline.RecordingId);
        builder.Property(outline => outline.RecordingId).ValueGeneratedNever();
        builder.Property(outline => outline.Peaks).HasMaxLength(PeakMeter.MostPeaks);
        builder.HasOne<Recording>().WithOne().HasForeignKey<RecordingOutline>(outline => outline.RecordingId).OnDelete(DeleteBehavior.Cascade);
    }
}

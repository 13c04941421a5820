using CallCenter.Core.Extensions;
using CallCenter.Core.Recordings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Recordings.Pauses;

// No foreign key to the call: an absorbed call goes before its rows are moved, see RecordingPauseFollower.
internal sealed class RecordingPauseConfiguration : IEntityTypeConfiguration<RecordingPause>
{
    public void Configure(EntityTypeBuilder<RecordingPause> builder)
    {
        builder.ToTable("RecordingPauses");
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Extension).HasMaxLength(Extension.NumberMaxLength);
        builder.Property(p => p.ByName).HasMaxLength(RecordingPause.NameMaxLength);
        builder.Property(p => p.Reason).HasMaxLength(RecordingPause.ReasonMaxLength);
        builder.Ignore(p => p.EndsAtUtc);
        builder.HasIndex(p => new { p.TenantId, p.CallId });
        builder.HasIndex(p => new { p.TenantId, p.PbxId, p.Extension, p.FromUtc });
    }
}

using CallCenter.Core.Recordings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Recordings;

internal sealed class RecordingConfiguration : IEntityTypeConfiguration<Recording>
{
    public const string Table = "Recordings";

    public void Configure(EntityTypeBuilder<Recording> builder)
    {
        builder.ToTable(Table);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.PbxName).HasMaxLength(Recording.PbxNameMaxLength);
        builder.Property(r => r.Sha256).HasMaxLength(64);
        builder.Property(r => r.StoreKey).HasMaxLength(Recording.StoreKeyMaxLength);
        builder.Property(r => r.FileKey).HasMaxLength(Recording.FileKeyMaxLength);
        builder.Property(r => r.Failure).HasMaxLength(Recording.FailureMaxLength);
        builder.Property(r => r.Version).IsConcurrencyToken();

        // A file named by several legs, or again by a late one, is one recording.
        builder.HasIndex(r => new { r.TenantId, r.PbxId, r.PbxName }).IsUnique();
        builder.HasIndex(r => new { r.TenantId, r.CallId });

        // What to fetch next, and what is old enough to go.
        builder.HasIndex(r => new { r.TenantId, r.State, r.NextAttemptUtc });
        builder.HasIndex(r => new { r.TenantId, r.State, r.StartedAtUtc });
    }
}

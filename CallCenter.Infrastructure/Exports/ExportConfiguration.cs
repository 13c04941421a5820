using CallCenter.Core.Exports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Exports;

internal sealed class ExportConfiguration : IEntityTypeConfiguration<Export>
{
    public void Configure(EntityTypeBuilder<Export> builder)
    {
        builder.ToTable("Exports");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.OwnerName).HasMaxLength(Export.OwnerNameMaxLength);
        builder.Property(e => e.Filter).HasMaxLength(Export.FilterMaxLength);
        builder.Property(e => e.Columns).HasMaxLength(Export.ColumnsMaxLength);
        builder.Property(e => e.Report).HasMaxLength(Export.ReportMaxLength);
        builder.Property(e => e.Subject).HasMaxLength(Export.SubjectMaxLength);
        builder.Property(e => e.Language).HasMaxLength(8);
        builder.Property(e => e.TimeZoneId).HasMaxLength(64);
        builder.Property(e => e.Reach).HasMaxLength(Export.ReachMaxLength);
        builder.Property(e => e.FileKey).HasMaxLength(Export.FileKeyMaxLength);
        builder.Property(e => e.Failure).HasMaxLength(Export.FailureMaxLength);

        // The list, and what is due.
        builder.HasIndex(e => new { e.TenantId, e.CreatedAtUtc });
        builder.HasIndex(e => new { e.TenantId, e.State, e.CreatedAtUtc });
    }
}

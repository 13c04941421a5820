using CallCenter.Core.Exports;
using CallCenter.Core.Schedules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Schedules;

internal sealed class ReportScheduleConfiguration : IEntityTypeConfiguration<ReportSchedule>
{
    public void Configure(EntityTypeBuilder<ReportSchedule> builder)
    {
        builder.ToTable("ReportSchedules");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Name).HasMaxLength(ReportSchedule.NameMaxLength);
        builder.Property(s => s.OwnerName).HasMaxLength(Export.OwnerNameMaxLength);
        builder.Property(s => s.Report).HasMaxLength(Export.ReportMaxLength);
        builder.Property(s => s.Filter).HasMaxLength(Export.FilterMaxLength);
        builder.Property(s => s.Language).HasMaxLength(8);
        builder.Property(s => s.Recipients).HasMaxLength(ReportSchedule.RecipientsMaxLength);
        builder.Property(s => s.StopReason).HasMaxLength(Export.FailureMaxLength);
        builder.Property(s => s.TimeZoneId).HasMaxLength(64);
        builder.Property(s => s.Version).IsConcurrencyToken();
        builder.Ignore(s => s.Plan);
        builder.HasIndex(s => new { s.TenantId, s.NextRunUtc });
    }
}

internal sealed class ScheduleRunConfiguration : IEntityTypeConfiguration<ScheduleRun>
{
    public void Configure(EntityTypeBuilder<ScheduleRun> builder)
    {
        builder.ToTable("ScheduleRuns");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Failure).HasMaxLength(Export.FailureMaxLength);

        // One run for each due time, whoever starts it.
        builder.HasIndex(r => new { r.TenantId, r.ScheduleId, r.DueAtUtc }).IsUnique();
        builder.HasIndex(r => new { r.TenantId, r.State });
    }
}

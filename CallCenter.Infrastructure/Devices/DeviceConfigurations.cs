using CallCenter.Core.Devices;
using CallCenter.Core.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Devices;

internal sealed class DeviceTaskConfiguration : IEntityTypeConfiguration<DeviceTask>
{
    public void Configure(EntityTypeBuilder<DeviceTask> builder)
    {
        builder.ToTable("DeviceTasks");
        builder.Property(t => t.Id).ValueGeneratedNever();
        builder.Property(t => t.Version).IsConcurrencyToken();
        builder.Property(t => t.GdmsTaskId).HasMaxLength(DeviceTask.GdmsIdMaxLength);
        builder.Property(t => t.ErrorCode).HasMaxLength(DeviceTask.ErrorCodeMaxLength);
        builder.Ignore(t => t.IsOpen);
        builder.Ignore(t => t.Items);

        // What the job looks for, the latest ones, and the count of the last minutes.
        builder.HasIndex(t => new { t.TenantId, t.State });
        builder.HasIndex(t => new { t.TenantId, t.RequestedAtUtc });
    }
}

internal sealed class DeviceTaskItemConfiguration : IEntityTypeConfiguration<DeviceTaskItem>
{
    public void Configure(EntityTypeBuilder<DeviceTaskItem> builder)
    {
        builder.ToTable("DeviceTaskItems");
        builder.Property(i => i.Id).ValueGeneratedNever();
        builder.Property(i => i.Mac).HasMaxLength(GdmsConnection.MacLength);
        builder.Property(i => i.Name).HasMaxLength(DeviceTaskItem.TextMaxLength);
        builder.Property(i => i.Model).HasMaxLength(DeviceTaskItem.TextMaxLength);
        builder.Property(i => i.ErrorCode).HasMaxLength(DeviceTask.ErrorCodeMaxLength);
        builder.Property(i => i.Note).HasMaxLength(DeviceTaskItem.NoteMaxLength);
        builder.Ignore(i => i.IsEnded);
        builder.HasOne<DeviceTask>().WithMany().HasForeignKey(i => i.TaskId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(i => new { i.TenantId, i.Mac });
    }
}

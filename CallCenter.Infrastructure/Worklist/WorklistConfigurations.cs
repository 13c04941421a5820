using CallCenter.Core.Calls;
using CallCenter.Core.Work;
using CallCenter.Core.Worklist;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Worklist;

internal sealed class WorklistEntryConfiguration : IEntityTypeConfiguration<WorklistEntry>
{
    public const string Table = "WorklistEntries";

    public void Configure(EntityTypeBuilder<WorklistEntry> builder)
    {
        builder.ToTable(Table);
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Number).HasMaxLength(Call.NumberMaxLength);
        builder.Property(e => e.Groups).HasMaxLength(WorklistEntry.GroupsMaxLength);
        builder.Property(e => e.ClosedBy).HasMaxLength(CallNote.NameMaxLength);
        builder.Property(e => e.ClaimedByName).HasMaxLength(CallNote.NameMaxLength);

        // The list in its two orders, and a caller's entries.
        builder.HasIndex(e => new { e.TenantId, e.State, e.FirstAtUtc, e.Id });
        builder.HasIndex(e => new { e.TenantId, e.ClosedAtUtc, e.Id });
        builder.HasIndex(e => new { e.TenantId, e.E164 });
    }
}

internal sealed class WorklistCallConfiguration : IEntityTypeConfiguration<WorklistCall>
{
    public const string Table = "WorklistCalls";

    public void Configure(EntityTypeBuilder<WorklistCall> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(c => new { c.TenantId, c.CallId });
        builder.Property(c => c.Group).HasMaxLength(Call.NumberMaxLength);
        builder.HasIndex(c => new { c.TenantId, c.EntryId });
    }
}

internal sealed class WorklistDismissalConfiguration : IEntityTypeConfiguration<WorklistDismissal>
{
    public void Configure(EntityTypeBuilder<WorklistDismissal> builder)
    {
        builder.ToTable("WorklistDismissals");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Note).HasMaxLength(WorklistDismissal.NoteMaxLength);
        builder.Property(d => d.ByName).HasMaxLength(CallNote.NameMaxLength);
        builder.HasIndex(d => new { d.TenantId, d.E164 });
        builder.HasIndex(d => new { d.TenantId, d.CallId });
    }
}

internal sealed class WorklistPlanConfiguration : IEntityTypeConfiguration<WorklistPlan>
{
    public void Configure(EntityTypeBuilder<WorklistPlan> builder)
    {
        builder.ToTable("WorklistPlans");
        builder.HasKey(p => p.TenantId);
        builder.Property(p => p.TenantId).ValueGeneratedNever();
        builder.Property(p => p.Version).IsConcurrencyToken();
    }
}

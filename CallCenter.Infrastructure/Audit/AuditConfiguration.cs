using CallCenter.Core.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Audit;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntry>
{
    // EF must know of the trigger: SQL Server refuses its OUTPUT clause on a table that has one.
    public const string Trigger = "TR_AuditEntries_AppendOnly";

    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("AuditEntries", table => table.HasTrigger(Trigger));
        builder.HasKey(e => new { e.TenantId, e.Sequence });
        builder.Property(e => e.Sequence).ValueGeneratedNever();
        builder.Property(e => e.ActorName).HasMaxLength(AuditEntry.NameMaxLength);
        builder.Property(e => e.RemoteAddress).HasMaxLength(AuditEntry.KeyMaxLength);
        builder.Property(e => e.Action).HasMaxLength(AuditEntry.KeyMaxLength);
        builder.Property(e => e.SubjectType).HasMaxLength(AuditEntry.KeyMaxLength);
        builder.Property(e => e.SubjectId).HasMaxLength(AuditEntry.KeyMaxLength);
        builder.Property(e => e.SubjectName).HasMaxLength(AuditEntry.NameMaxLength);
        builder.Property(e => e.Before).HasMaxLength(-1);
        builder.Property(e => e.After).HasMaxLength(-1);
        builder.Property(e => e.PreviousHash).HasMaxLength(AuditHash.Length).IsFixedLength();
        builder.Property(e => e.Hash).HasMaxLength(AuditHash.Length).IsFixedLength();
        builder.HasIndex(e => new { e.TenantId, e.AtUtc });
        builder.HasIndex(e => new { e.TenantId, e.Action });
    }
}

internal sealed class AuditHeadConfiguration : IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditHead> builder)
    {
        builder.ToTable("AuditHeads");
        builder.HasKey(h => h.TenantId);
        builder.Property(h => h.TenantId).ValueGeneratedNever();
        builder.Property(h => h.Hash).HasMaxLength(AuditHash.Length).IsFixedLength();
        builder.HasData(new AuditHead { TenantId = AuditChains.Platform, Sequence = 0, Hash = AuditHash.Zero });
    }
}

using CallCenter.Core.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Work;

// No foreign key to the call in any of these: an absorbed call goes before its rows are moved, see CallWorkFollower.
internal sealed class CallNoteConfiguration : IEntityTypeConfiguration<CallNote>
{
    public void Configure(EntityTypeBuilder<CallNote> builder)
    {
        builder.ToTable("CallNotes");
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.Text).HasMaxLength(CallNote.TextMaxLength);
        builder.Property(n => n.AuthorName).HasMaxLength(CallNote.NameMaxLength);
        builder.Property(n => n.Version).IsConcurrencyToken();
        builder.HasIndex(n => new { n.TenantId, n.CallId, n.CreatedAtUtc });
    }
}

internal sealed class CallTagConfiguration : IEntityTypeConfiguration<CallTag>
{
    public void Configure(EntityTypeBuilder<CallTag> builder)
    {
        builder.ToTable("CallTags");
        builder.HasKey(t => new { t.TenantId, t.CallId, t.Key });
        builder.Property(t => t.Key).HasMaxLength(CallTagWord.TextMaxLength);
        builder.Property(t => t.AddedBy).HasMaxLength(CallNote.NameMaxLength);

        // The calls with a tag.
        builder.HasIndex(t => new { t.TenantId, t.Key, t.CallId });
    }
}

internal sealed class CallTagWordConfiguration : IEntityTypeConfiguration<CallTagWord>
{
    public void Configure(EntityTypeBuilder<CallTagWord> builder)
    {
        builder.ToTable("CallTagWords");
        builder.HasKey(w => new { w.TenantId, w.Key });
        builder.Property(w => w.Key).HasMaxLength(CallTagWord.TextMaxLength);
        builder.Property(w => w.Text).HasMaxLength(CallTagWord.TextMaxLength);
        builder.HasIndex(w => new { w.TenantId, w.UsedAtUtc });
    }
}

internal sealed class DispositionConfiguration : IEntityTypeConfiguration<Disposition>
{
    public void Configure(EntityTypeBuilder<Disposition> builder)
    {
        builder.ToTable("Dispositions");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.NameEnglish).HasMaxLength(Disposition.NameMaxLength);
        builder.Property(d => d.NameArabic).HasMaxLength(Disposition.NameMaxLength);
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.HasIndex(d => new { d.TenantId, d.Position });
    }
}

internal sealed class CallDispositionConfiguration : IEntityTypeConfiguration<CallDisposition>
{
    public void Configure(EntityTypeBuilder<CallDisposition> builder)
    {
        builder.ToTable("CallDispositions");
        builder.HasKey(d => new { d.TenantId, d.CallId, d.UserId });
        builder.Property(d => d.UserName).HasMaxLength(CallNote.NameMaxLength);

        // The calls with a disposition as their last word.
        builder.HasIndex(d => new { d.TenantId, d.DispositionId, d.IsLast, d.CallId });
    }
}

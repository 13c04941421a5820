using CallCenter.Core.Erasure;
using CallCenter.Core.Recordings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Erasure;

internal sealed class NumberErasureConfiguration : IEntityTypeConfiguration<NumberErasure>
{
    public void Configure(EntityTypeBuilder<NumberErasure> builder)
    {
        builder.ToTable("Erasures");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Fingerprint).HasMaxLength(ErasedNumber.PrintLength);
        builder.Property(e => e.NumberProtected).HasMaxLength(400);
        builder.Property(e => e.Reason).HasMaxLength(NumberErasure.ReasonMaxLength);
        builder.Property(e => e.ByName).HasMaxLength(256);
        builder.Property(e => e.Counts).HasMaxLength(NumberErasure.CountsMaxLength);
        builder.Property(e => e.Failure).HasMaxLength(80);
        builder.Property(e => e.Seal).HasMaxLength(ErasedNumber.PrintLength);
        builder.HasIndex(e => new { e.TenantId, e.State });
    }
}

internal sealed class ErasureHeldConfiguration : IEntityTypeConfiguration<ErasureHeld>
{
    public void Configure(EntityTypeBuilder<ErasureHeld> builder)
    {
        builder.ToTable("ErasureHeldCalls");
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.HasIndex(h => new { h.TenantId, h.ErasureId, h.CallId }).IsUnique();
        builder.HasIndex(h => new { h.TenantId, h.CallId });
        builder.Property(h => h.Reason).HasMaxLength(CallHold.ReasonMaxLength);
        builder.Property(h => h.ByName).HasMaxLength(256);
        builder.HasIndex(h => new { h.TenantId, h.ErasedAtUtc });
    }
}

internal sealed class ErasedNumberConfiguration : IEntityTypeConfiguration<ErasedNumber>
{
    public void Configure(EntityTypeBuilder<ErasedNumber> builder)
    {
        builder.ToTable("ErasedNumbers");
        builder.HasKey(n => new { n.TenantId, n.Whole });
        builder.Property(n => n.Whole).HasMaxLength(ErasedNumber.PrintLength);
        builder.Property(n => n.National).HasMaxLength(ErasedNumber.PrintLength);
    }
}

internal sealed class ErasureKeyConfiguration : IEntityTypeConfiguration<ErasureKey>
{
    public void Configure(EntityTypeBuilder<ErasureKey> builder)
    {
        builder.ToTable("ErasureKeys");
        builder.HasKey(k => k.TenantId);
        builder.Property(k => k.TenantId).ValueGeneratedNever();
        builder.Property(k => k.KeyProtected).HasMaxLength(400);
    }
}

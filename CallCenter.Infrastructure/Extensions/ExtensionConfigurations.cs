using System.Text.Json;
using CallCenter.Core.Extensions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Extensions;

internal sealed class ExtensionConfiguration : IEntityTypeConfiguration<Extension>
{
    private const int SeenMaxLength = 4000;

    public void Configure(EntityTypeBuilder<Extension> builder)
    {
        builder.ToTable("Extensions");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Version).IsConcurrencyToken();
        builder.Property(e => e.Number).HasMaxLength(Extension.NumberMaxLength);
        builder.Property(e => e.ErrorCode).HasMaxLength(Extension.ErrorCodeMaxLength);
        builder.Property(e => e.ErrorHints).HasMaxLength(Extension.ErrorHintsMaxLength);
        builder.Property(e => e.SecretProtected).HasMaxLength(Extension.ProtectedMaxLength);
        builder.Property(e => e.VoicemailPinProtected).HasMaxLength(Extension.ProtectedMaxLength);
        builder.Property(e => e.NextSecretProtected).HasMaxLength(Extension.ProtectedMaxLength);
        builder.Ignore(e => e.IsPending);
        builder.Ignore(e => e.IsNew);
        builder.Ignore(e => e.WantedSecretProtected);
        builder.Ignore(e => e.MayChange);
        builder.Ignore(e => e.MayTakeBack);
        builder.Ignore(e => e.MayDelete);
        builder.Ignore(e => e.MayRenumber);
        builder.Ignore(e => e.MayBeSeen);
        builder.Ignore(e => e.Differences);
        builder.ComplexProperty(e => e.Wanted, profile =>
        {
            profile.Property(p => p.Name).HasMaxLength(ExtensionProfile.NameMaxLength);
            profile.Property(p => p.Email).HasMaxLength(ExtensionProfile.EmailMaxLength);
            profile.Property(p => p.CallerId).HasMaxLength(ExtensionProfile.DialMaxLength);
            profile.Property(p => p.ForwardAlways).HasMaxLength(ExtensionProfile.DialMaxLength);
            profile.Property(p => p.ForwardBusy).HasMaxLength(ExtensionProfile.DialMaxLength);
            profile.Property(p => p.ForwardNoAnswer).HasMaxLength(ExtensionProfile.DialMaxLength);
        });

        // Read and written whole, never searched.
        builder.Property(e => e.Seen).HasMaxLength(SeenMaxLength).HasConversion(
            seen => JsonSerializer.Serialize(seen, JsonSerializerOptions.Default),
            text => JsonSerializer.Deserialize<ExtensionProfile>(text, JsonSerializerOptions.Default)!);

        builder.Property(e => e.Previous).HasMaxLength(SeenMaxLength).HasConversion(
            previous => JsonSerializer.Serialize(previous, JsonSerializerOptions.Default),
            text => JsonSerializer.Deserialize<ExtensionProfile>(text, JsonSerializerOptions.Default)!);

        // Two extensions of one number cannot be, whoever asks at the same moment.
        builder.HasIndex(e => new { e.TenantId, e.PbxId, e.Number }).IsUnique();

        // One person, one extension. SQL Server gets a filter by convention, so that nobody may have many.
        builder.HasIndex(e => new { e.TenantId, e.UserId }).IsUnique();

        // What the runner looks for, and a run's progress.
        builder.HasIndex(e => new { e.TenantId, e.PbxId, e.State });
        builder.HasIndex(e => new { e.TenantId, e.RunId });
    }
}

internal sealed class ExtensionPresenceConfiguration : IEntityTypeConfiguration<ExtensionPresence>
{
    public void Configure(EntityTypeBuilder<ExtensionPresence> builder)
    {
        builder.ToTable("ExtensionPresences");
        builder.HasKey(p => p.ExtensionId);
        builder.Property(p => p.ExtensionId).ValueGeneratedNever();
        builder.Property(p => p.Address).HasMaxLength(ExtensionPresence.TextMaxLength);
        builder.Property(p => p.Model).HasMaxLength(ExtensionPresence.TextMaxLength);
        builder.Property(p => p.Kind).HasMaxLength(ExtensionPresence.TextMaxLength);
        builder.Ignore(p => p.IsRegistered);
        builder.Ignore(p => p.IsInCall);
        builder.HasOne<Extension>().WithOne().HasForeignKey<ExtensionPresence>(p => p.ExtensionId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RegistrationSpanConfiguration : IEntityTypeConfiguration<RegistrationSpan>
{
    public void Configure(EntityTypeBuilder<RegistrationSpan> builder)
    {
        builder.ToTable("RegistrationSpans");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Address).HasMaxLength(ExtensionPresence.TextMaxLength);
        builder.Property(s => s.Model).HasMaxLength(ExtensionPresence.TextMaxLength);
        builder.HasOne<Extension>().WithMany().HasForeignKey(s => s.ExtensionId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(s => new { s.TenantId, s.ExtensionId, s.FromUtc }).IsDescending(false, false, true);
    }
}

internal sealed class ExtensionRunConfiguration : IEntityTypeConfiguration<ExtensionRun>
{
    public void Configure(EntityTypeBuilder<ExtensionRun> builder)
    {
        builder.ToTable("ExtensionRuns");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.HasIndex(r => new { r.TenantId, r.StartedAtUtc });
    }
}

internal sealed class PbxApplyConfiguration : IEntityTypeConfiguration<PbxApply>
{
    public void Configure(EntityTypeBuilder<PbxApply> builder)
    {
        builder.ToTable("PbxApplies");
        builder.HasKey(a => a.PbxId);
        builder.Property(a => a.PbxId).ValueGeneratedNever();
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.Ignore(a => a.HoldsWrites);
        builder.Property(a => a.WaitingCode).HasMaxLength(PbxApply.ErrorCodeMaxLength);
    }
}

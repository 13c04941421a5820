using CallCenter.Core.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Settings;

internal abstract class SettingsRowConfiguration<TRow>(string table) : IEntityTypeConfiguration<TRow>
    where TRow : class, ISettingsRow
{
    private const int ChangedByMaxLength = 256;

    public void Configure(EntityTypeBuilder<TRow> builder)
    {
        builder.ToTable(table);
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.Property(r => r.ChangedBy).HasMaxLength(ChangedByMaxLength);
        builder.HasIndex(r => r.TenantId).IsUnique();
        ConfigureColumns(builder);
    }

    protected abstract void ConfigureColumns(EntityTypeBuilder<TRow> builder);
}

internal sealed class PbxConnectionConfiguration() : SettingsRowConfiguration<PbxConnection>("PbxConnections")
{
    protected override void ConfigureColumns(EntityTypeBuilder<PbxConnection> builder)
    {
        builder.Property(p => p.Host).HasMaxLength(PbxConnection.HostMaxLength);
        builder.Property(p => p.WebSocketPath).HasMaxLength(PbxConnection.PathMaxLength);
        builder.Property(p => p.ApiUser).HasMaxLength(PbxConnection.UserMaxLength);
        builder.Property(p => p.ApiPasswordProtected).HasMaxLength(PbxConnection.ProtectedMaxLength);
        builder.Property(p => p.PinnedCertificateSha256).HasMaxLength(PbxConnection.ThumbprintLength);
    }
}

internal sealed class GdmsConnectionConfiguration() : SettingsRowConfiguration<GdmsConnection>("GdmsConnections")
{
    protected override void ConfigureColumns(EntityTypeBuilder<GdmsConnection> builder)
    {
        builder.Property(g => g.BaseAddress).HasMaxLength(GdmsConnection.AddressMaxLength);
        builder.Property(g => g.UserName).HasMaxLength(GdmsConnection.UserMaxLength);
        builder.Property(g => g.PasswordProtected).HasMaxLength(PbxConnection.ProtectedMaxLength);
        builder.Property(g => g.ApiId).HasMaxLength(GdmsConnection.ApiIdLength);
        builder.Property(g => g.ApiSecretProtected).HasMaxLength(PbxConnection.ProtectedMaxLength);
        builder.Property(g => g.DeviceMac).HasMaxLength(GdmsConnection.MacLength);
    }
}

internal sealed class ExtensionPlanConfiguration() : SettingsRowConfiguration<ExtensionPlan>("ExtensionPlans")
{
    protected override void ConfigureColumns(EntityTypeBuilder<ExtensionPlan> builder)
    {
        builder.Property(e => e.Prefix).HasMaxLength(ExtensionPlan.PrefixMaxLength);
        builder.Property(e => e.Start).HasMaxLength(ExtensionPlan.NumberMaxLength);
        builder.Property(e => e.End).HasMaxLength(ExtensionPlan.NumberMaxLength);
        builder.Property(e => e.EchoNumber).HasMaxLength(ExtensionPlan.NumberMaxLength);
        builder.Property(e => e.SipPort).HasDefaultValue(5060);
        builder.Property(e => e.SipTlsPort).HasDefaultValue(5061);
    }
}

internal sealed class RecordingPolicyConfiguration() : SettingsRowConfiguration<RecordingPolicy>("RecordingPolicies")
{
    protected override void ConfigureColumns(EntityTypeBuilder<RecordingPolicy> builder) =>
        builder.Property(r => r.StunServer).HasMaxLength(RecordingPolicy.StunMaxLength);
}

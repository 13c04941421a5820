using CallCenter.Core.Mail;
using CallCenter.Core.Settings;
using CallCenter.Infrastructure.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Mail;

internal sealed class MailConnectionConfiguration() : SettingsRowConfiguration<MailConnection>("MailConnections")
{
    protected override void ConfigureColumns(EntityTypeBuilder<MailConnection> builder)
    {
        builder.Property(m => m.Host).HasMaxLength(MailConnection.HostMaxLength);
        builder.Property(m => m.UserName).HasMaxLength(MailConnection.UserMaxLength);
        builder.Property(m => m.PasswordProtected).HasMaxLength(MailConnection.ProtectedMaxLength);
        builder.Property(m => m.PinnedCertificateSha256).HasMaxLength(PbxConnection.ThumbprintLength);
        builder.Property(m => m.FromAddress).HasMaxLength(MailAddresses.MaxLength);
        builder.Property(m => m.FromName).HasMaxLength(MailConnection.NameMaxLength);
        builder.Property(m => m.AllowedRecipients).HasMaxLength(MailConnection.AllowedMaxLength);
    }
}

internal sealed class OutboxMailConfiguration : IEntityTypeConfiguration<OutboxMail>
{
    private const int TextMaxLength = 16_000;
    private const int FailureMaxLength = 80;

    public void Configure(EntityTypeBuilder<OutboxMail> builder)
    {
        builder.ToTable("OutboxMails");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.Recipient).HasMaxLength(MailAddresses.MaxLength);
        builder.Property(m => m.Subject).HasMaxLength(OutboxMail.SubjectMaxLength);
        builder.Property(m => m.Language).HasMaxLength(8);
        builder.Property(m => m.Text).HasMaxLength(TextMaxLength);
        builder.Property(m => m.Html).HasMaxLength(TextMaxLength);
        builder.Property(m => m.Failure).HasMaxLength(FailureMaxLength);
        builder.Property(m => m.Reply).HasMaxLength(OutboxMail.ReplyMaxLength);

        // One mail for each recipient of a run, however often the run is ended.
        builder.HasIndex(m => new { m.TenantId, m.SubjectId, m.Recipient }).IsUnique();
        builder.HasIndex(m => new { m.TenantId, m.State, m.NextAttemptUtc });
    }
}

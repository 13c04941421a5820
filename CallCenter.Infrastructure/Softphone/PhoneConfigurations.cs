using CallCenter.Core.Settings;
using CallCenter.Core.Softphone;
using CallCenter.Infrastructure.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Softphone;

internal sealed class PhoneSettingsConfiguration() : SettingsRowConfiguration<PhoneSettings>("PhoneSettings")
{
    protected override void ConfigureColumns(EntityTypeBuilder<PhoneSettings> builder)
    {
        builder.Property(s => s.WebSocketUrl).HasMaxLength(PhoneSettings.UrlMaxLength);
        builder.Property(s => s.SipDomain).HasMaxLength(PhoneSettings.RealmMaxLength);
        builder.Property(s => s.Realm).HasMaxLength(PhoneSettings.RealmMaxLength);
        builder.Property(s => s.StunServers).HasMaxLength(PhoneSettings.ServersMaxLength);
        builder.Property(s => s.TurnServers).HasMaxLength(PhoneSettings.ServersMaxLength);
        builder.Property(s => s.TurnSecretProtected).HasMaxLength(PbxConnection.ProtectedMaxLength);
        builder.Property(s => s.Codecs).HasMaxLength(PhoneSettings.CodecsMaxLength);
        builder.Property(s => s.ParkNumber).HasMaxLength(PhoneSettings.NumberMaxLength);
        builder.Property(s => s.ConferenceNumber).HasMaxLength(PhoneSettings.NumberMaxLength);
    }
}

// No foreign key to the call: an absorbed call goes before its rows are moved, see PhoneCallFollower.
internal sealed class PhoneCallConfiguration : IEntityTypeConfiguration<PhoneCall>
{
    public void Configure(EntityTypeBuilder<PhoneCall> builder)
    {
        builder.ToTable("PhoneCalls");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.ClientId).HasMaxLength(PhoneCall.ClientIdMaxLength);
        builder.Property(c => c.Extension).HasMaxLength(Core.Extensions.Extension.NumberMaxLength);
        builder.Property(c => c.SipCallId).HasMaxLength(PhoneCall.SipCallIdMaxLength);
        builder.Property(c => c.Number).HasMaxLength(PhoneCall.NumberMaxLength);
        builder.Property(c => c.FirstNumber).HasMaxLength(PhoneCall.NumberMaxLength);
        builder.Property(c => c.Name).HasMaxLength(PhoneCall.NameMaxLength);
        builder.Property(c => c.Cause).HasMaxLength(PhoneCall.CauseMaxLength);
        builder.Property(c => c.Note).HasMaxLength(PhoneCall.NoteMaxLength);
        builder.Property(c => c.UserName).HasMaxLength(Core.Work.CallNote.NameMaxLength);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.Ignore(c => c.IsLive);

        // Told twice, or by two circuits at once, it is one row.
        builder.HasIndex(c => new { c.TenantId, c.UserId, c.ClientId }).IsUnique();
        builder.HasIndex(c => new { c.TenantId, c.CallId });
        builder.HasIndex(c => new { c.TenantId, c.StartedAtUtc });
    }
}

internal sealed class PhoneFavouriteConfiguration : IEntityTypeConfiguration<PhoneFavourite>
{
    public void Configure(EntityTypeBuilder<PhoneFavourite> builder)
    {
        builder.ToTable("PhoneFavourites");

        // By its number, so that a favourite goes when its number is erased.
        builder.HasKey(f => new { f.TenantId, f.UserId, f.Number });
        builder.Property(f => f.Number).HasMaxLength(PhoneCall.NumberMaxLength);
        builder.Property(f => f.Name).HasMaxLength(PhoneCall.NameMaxLength);
    }
}

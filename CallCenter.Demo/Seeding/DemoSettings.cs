using System.Globalization;
using CallCenter.Core.Mail;
using CallCenter.Core.Settings;
using CallCenter.Core.Softphone;
using CallCenter.Core.Telephony;
using CallCenter.Demo.Peers;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Demo.Seeding;

/// <summary>The call-center settings of the entered tenant, as the demo wants them.</summary>
internal sealed class DemoSettings(IServiceProvider scope)
{
    private readonly ITenantSettings _settings = scope.GetRequiredService<ITenantSettings>();

    /// <summary>
    /// Saves the cards that were never saved, and those whose address no longer is the peer's. What people changed
    /// otherwise stays.
    /// </summary>
    public async Task PointToAsync(DemoConnection connection, CancellationToken cancellationToken)
    {
        var now = await _settings.GetAsync(cancellationToken);
        DemoSeed.Check(now.Error, $"read the settings of {connection.Tenant.Slug}");
        var cards = now.Value;

        var pbx = cards.Pbx.Values;
        if (!cards.Pbx.IsSetUp || pbx.Port != connection.Pbx.Port)
        {
            pbx.Kind = PbxKind.Ucm;
            pbx.Host = connection.Pbx.Address.Host;
            pbx.Port = connection.Pbx.Port;
            pbx.WebSocketPath = connection.Pbx.Options.WebSocketPath;
            pbx.ApiUser = connection.ApiUser;
            pbx.ApiPassword = connection.ApiPassword;
            pbx.PinnedCertificateSha256 = connection.Pbx.CertificateSha256;
            Check(await _settings.SaveAsync(pbx, cards.Pbx.Version, cancellationToken), connection);
        }

        var gdms = cards.Gdms.Values;
        var address = connection.Gdms.ToString().TrimEnd('/');
        var organization = connection.Organization.ToString(CultureInfo.InvariantCulture);
        if (!cards.Gdms.IsSetUp || gdms.BaseAddress != address || gdms.OrganizationId.Length == 0)
        {
            gdms.Place = GdmsPlace.Custom;
            gdms.BaseAddress = address;
            gdms.UserName = connection.GdmsLogin.UserName;
            gdms.Password = connection.GdmsLogin.Password;
            gdms.ApiId = connection.GdmsLogin.ApiId;
            gdms.ApiSecret = connection.GdmsLogin.ApiSecret;
            gdms.DeviceMac = connection.DeviceMac;
            gdms.OrganizationId = organization;
            Check(await _settings.SaveAsync(gdms, cards.Gdms.Version, cancellationToken), connection);
        }

        if (!cards.Extensions.IsSetUp)
        {
            var first = int.Parse(connection.Pbx.Accounts.Configured[0].Extension, CultureInfo.InvariantCulture);
            var extensions = cards.Extensions.Values;
            extensions.Start = $"{first}";
            extensions.End = $"{first + 98}";
            extensions.EchoNumber = connection.Pbx.Options.EchoNumber;
            Check(await _settings.SaveAsync(extensions, cards.Extensions.Version, cancellationToken), connection);
        }

        await PointMailToAsync(connection, cancellationToken);
        var recordings = cards.Recordings.Values;
        if (!cards.Recordings.IsSetUp || recordings.StunServer != connection.Stun)
        {
            recordings.Enabled = true;
            recordings.AutoDeleteDays ??= 90;
            recordings.StunServer = connection.Stun;
            Check(await _settings.SaveAsync(recordings, cards.Recordings.Version, cancellationToken), connection);
        }

        var phones = scope.GetRequiredService<IPhoneSettings>();
        var phone = await phones.GetAsync(cancellationToken);
        DemoSeed.Check(phone.Error, $"read the phone settings of {connection.Tenant.Slug}");
        if (!phone.Value.IsSetUp || phone.Value.Values.StunServers != connection.Stun)
        {
            var form = phone.Value.Values;
            (form.StunServers, form.ParkNumber, form.ConferenceNumber) = (connection.Stun, "700", "6300");
            Check(await phones.SaveAsync(form, phone.Value.Version, cancellationToken), connection);
        }
    }

    private async Task PointMailToAsync(DemoConnection connection, CancellationToken cancellationToken)
    {
        var settings = scope.GetRequiredService<IMailSettings>();
        var now = await settings.GetAsync(cancellationToken);
        DemoSeed.Check(now.Error, $"read the mail settings of {connection.Tenant.Slug}");
        var mail = now.Value.Values;
        if (now.Value.IsSetUp && mail.Port == connection.Mail.EndPoint.Port)
        {
            return;
        }

        mail.Host = connection.Mail.EndPoint.Address.ToString();
        mail.Port = connection.Mail.EndPoint.Port;
        mail.Tls = MailTls.StartTls;
        mail.UserName = connection.Mail.User;
        mail.Password = connection.Mail.Password;
        mail.PinnedCertificateSha256 = connection.Mail.CertificateSha256;
        mail.FromAddress = connection.Mail.User;
        mail.FromName = connection.Tenant.Name;
        mail.AllowedRecipients = $"@{connection.Tenant.Slug}.example";
        Check(await settings.SaveAsync(mail, now.Value.Version, cancellationToken), connection);
    }

    private static void Check<TForm>(CardSave<TForm> save, DemoConnection connection)
        where TForm : class, ISettingsForm<TForm>, new() =>
        DemoSeed.Check(
            save.Saved is not null ? null : save.Errors is [var first, ..] ? first : SettingsErrors.Conflict,
            $"save the {typeof(TForm).Name} of {connection.Tenant.Slug}");
}

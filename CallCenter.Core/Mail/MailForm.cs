using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using FluentValidation;

namespace CallCenter.Core.Mail;

/// <summary>The card "Mail server".</summary>
public sealed class MailForm : ISettingsForm<MailForm>
{
    /// <inheritdoc />
    public static IReadOnlyList<SettingsField<MailForm>> Fields { get; } =
    [
        new(nameof(Host), f => f.Host, (f, v) => f.Host = (string)v!),
        new(nameof(Port), f => f.Port, (f, v) => f.Port = (int?)v),
        new(nameof(Tls), f => f.Tls, (f, v) => f.Tls = (MailTls)v!),
        new(nameof(UserName), f => f.UserName, (f, v) => f.UserName = (string)v!),
        new(nameof(Password), f => f.Password, (f, v) => f.Password = (string)v!, IsSecret: true),
        new(nameof(PinnedCertificateSha256), f => f.PinnedCertificateSha256, (f, v) => f.PinnedCertificateSha256 = (string)v!),
        new(nameof(FromAddress), f => f.FromAddress, (f, v) => f.FromAddress = (string)v!),
        new(nameof(FromName), f => f.FromName, (f, v) => f.FromName = (string)v!),
        new(nameof(AllowedRecipients), f => f.AllowedRecipients, (f, v) => f.AllowedRecipients = (string)v!),
    ];

    /// <summary>Name or address.</summary>
    public string Host { get; set; } = "";

    /// <summary>1 to 65535; null while the box is empty.</summary>
    public int? Port { get; set; } = 587;

    /// <summary>How the way is encrypted.</summary>
    public MailTls Tls { get; set; } = MailTls.StartTls;

    /// <summary>User name; empty for none.</summary>
    public string UserName { get; set; } = "";

    /// <summary>Its password, or the mask.</summary>
    public string Password { get; set; } = "";

    /// <summary>Hex SHA-256 of the accepted certificate; empty for none.</summary>
    public string PinnedCertificateSha256 { get; set; } = "";

    /// <summary>Address of the sender.</summary>
    public string FromAddress { get; set; } = "";

    /// <summary>Name of the sender.</summary>
    public string FromName { get; set; } = "";

    /// <summary>Addresses and domains, by lines, blanks, commas or semicolons.</summary>
    public string AllowedRecipients { get; set; } = "";

    /// <inheritdoc />
    public void Normalize()
    {
        Host = SettingsText.Host(Host);
        UserName = UserName.Trim();
        Password = UserName.Length == 0 ? "" : Password;
        PinnedCertificateSha256 = SettingsText.Hex(PinnedCertificateSha256);
        FromAddress = FromAddress.Trim();
        FromName = FromName.Trim();
        AllowedRecipients = string.Join('\n', MailAddresses.Split(AllowedRecipients));
    }
}

/// <summary>Rules of <see cref="MailForm"/>.</summary>
public sealed class MailFormValidator : SettingsFormValidator<MailForm>
{
    /// <summary>Builds the rules.</summary>
    public MailFormValidator()
    {
        RuleFor(f => f.Host).Filled(MailConnection.HostMaxLength).Must(SettingsText.IsHost).As(SettingsErrors.HostInvalid);
        RuleFor(f => f.Port).NotNull().As(SettingsErrors.Required).InclusiveBetween(1, 65535).As(SettingsErrors.PortRange);
        RuleFor(f => f.Tls).IsInEnum().As(SettingsErrors.NotAChoice)
            .Must((f, tls) => tls != MailTls.None || f.UserName.Length == 0 || IsThisMachine(f.Host)).As(MailErrors.PasswordNeedsTls);
        RuleFor(f => f.UserName).MaximumLength(MailConnection.UserMaxLength).As(SettingsErrors.TooLong);
        RuleFor(f => f.Password).Filled(MailConnection.PasswordMaxLength).When(f => f.UserName.Length > 0);
        RuleFor(f => f.PinnedCertificateSha256)
            .Must(text => text.Length == PbxConnection.ThumbprintLength && text.All(char.IsAsciiHexDigit)).As(SettingsErrors.ThumbprintInvalid)
            .When(f => f.PinnedCertificateSha256.Length > 0);
        RuleFor(f => f.FromAddress).Filled(MailAddresses.MaxLength).Must(MailAddresses.IsAddress).As(MailErrors.AddressInvalid);
        RuleFor(f => f.FromName).MaximumLength(MailConnection.NameMaxLength).As(SettingsErrors.TooLong);
        RuleFor(f => f.AllowedRecipients).MaximumLength(MailConnection.AllowedMaxLength).As(SettingsErrors.TooLong)
            .Must(text => MailAddresses.Split(text).All(MailAddresses.IsRule)).As(MailErrors.RuleInvalid);
    }

    private static bool IsThisMachine(string host) => System.Net.IPAddress.TryParse(host, out var address) && System.Net.IPAddress.IsLoopback(address);
}

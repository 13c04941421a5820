using CallCenter.Core.Settings;

namespace CallCenter.Core.Mail;

/// <summary>How the way to the mail server is encrypted. Stored in the database. There is no "if possible": that is no encryption to whoever stands between.</summary>
public enum MailTls
{
    /// <summary>Not at all; without a password only, or on this machine.</summary>
    None = 1,

    /// <summary>STARTTLS, usually port 587; without it nothing is sent.</summary>
    StartTls = 2,

    /// <summary>From the first byte, usually port 465.</summary>
    Implicit = 3,
}

/// <summary>The mail server through which a tenant sends, and to whom.</summary>
public sealed class MailConnection : ISettingsRow
{
    /// <summary>Longest name of the server, in characters.</summary>
    public const int HostMaxLength = 253;

    /// <summary>Longest user name, in characters.</summary>
    public const int UserMaxLength = 128;

    /// <summary>Longest password, in characters.</summary>
    public const int PasswordMaxLength = 256;

    /// <summary>Longest stored form of a password, in characters.</summary>
    public const int ProtectedMaxLength = 2048;

    /// <summary>Longest name of the sender, in characters.</summary>
    public const int NameMaxLength = 80;

    /// <summary>Longest list of allowed recipients, in characters.</summary>
    public const int AllowedMaxLength = 2000;

    /// <inheritdoc />
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Name or address of the server.</summary>
    public string Host { get; set; } = "";

    /// <summary>TCP port.</summary>
    public int Port { get; set; } = 587;

    /// <summary>How the way is encrypted.</summary>
    public MailTls Tls { get; set; } = MailTls.StartTls;

    /// <summary>User name; empty where the server wants none.</summary>
    public string UserName { get; set; } = "";

    /// <summary>The password as <see cref="Security.ISecretProtector"/> wrote it; empty without a user name.</summary>
    public string PasswordProtected { get; set; } = "";

    /// <summary>Hex SHA-256 of a certificate that no authority vouches for; null to trust the system's authorities.</summary>
    public string? PinnedCertificateSha256 { get; set; }

    /// <summary>Address of the sender.</summary>
    public string FromAddress { get; set; } = "";

    /// <summary>Name of the sender; empty for none.</summary>
    public string FromName { get; set; } = "";

    /// <summary>Who may get mail beside the tenant's people: addresses and <c>@domains</c>, one a line.</summary>
    public string AllowedRecipients { get; set; } = "";

    /// <inheritdoc />
    public int Version { get; init; } = 1;

    /// <inheritdoc />
    public DateTime ChangedAtUtc { get; set; }

    /// <inheritdoc />
    public string ChangedBy { get; set; } = "";
}

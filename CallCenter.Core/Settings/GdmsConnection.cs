namespace CallCenter.Core.Settings;

/// <summary>Which GDMS holds the account.</summary>
public enum GdmsPlace
{
    /// <summary>www.gdms.cloud.</summary>
    Global = 1,

    /// <summary>eu.gdms.cloud.</summary>
    Europe = 2,

    /// <summary>The address given beside it, for laboratories.</summary>
    Custom = 3,
}

/// <summary>A tenant's GDMS account, and the PBX in it.</summary>
public sealed class GdmsConnection : ISettingsRow
{
    /// <summary>Longest user name, in characters.</summary>
    public const int UserMaxLength = 128;

    /// <summary>Longest password or secret key, in characters.</summary>
    public const int SecretMaxLength = 128;

    /// <summary>Longest laboratory address, in characters.</summary>
    public const int AddressMaxLength = 256;

    /// <summary>Digits of an API ID.</summary>
    public const int ApiIdLength = 6;

    /// <summary>Hex digits of a MAC address.</summary>
    public const int MacLength = 12;

    /// <inheritdoc />
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Which GDMS.</summary>
    public GdmsPlace Place { get; set; } = GdmsPlace.Global;

    /// <summary>Scheme, host and port; set exactly when <see cref="Place"/> is <see cref="GdmsPlace.Custom"/>.</summary>
    public string? BaseAddress { get; set; }

    /// <summary>GDMS user name, not the e-mail address.</summary>
    public string UserName { get; set; } = "";

    /// <summary>The password as <see cref="Security.ISecretProtector"/> wrote it.</summary>
    public string PasswordProtected { get; set; } = "";

    /// <summary>API ID, six digits.</summary>
    public string ApiId { get; set; } = "";

    /// <summary>The secret key as <see cref="Security.ISecretProtector"/> wrote it.</summary>
    public string ApiSecretProtected { get; set; } = "";

    /// <summary>MAC address of the PBX, twelve upper-case hex digits.</summary>
    public string DeviceMac { get; set; } = "";

    /// <summary>GDMS organisation; null for the account's default.</summary>
    public long? OrganizationId { get; set; }

    /// <inheritdoc />
    public int Version { get; init; } = 1;

    /// <inheritdoc />
    public DateTime ChangedAtUtc { get; set; }

    /// <inheritdoc />
    public string ChangedBy { get; set; } = "";
}

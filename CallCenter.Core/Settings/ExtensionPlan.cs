namespace CallCenter.Core.Settings;

/// <summary>Which extensions the portal hands out, and how strong their passwords are.</summary>
public sealed class ExtensionPlan : ISettingsRow
{
    /// <summary>Longest prefix, in digits.</summary>
    public const int PrefixMaxLength = 8;

    /// <summary>Longest extension with its prefix, in digits; the PBX's limit.</summary>
    public const int NumberMaxLength = 18;

    /// <summary>Most extensions in the range.</summary>
    public const int SpanMax = 10_000;

    /// <summary>Shortest password, in characters.</summary>
    public const int PasswordLengthMin = 8;

    /// <summary>Longest password, in characters; the PBX's limit.</summary>
    public const int PasswordLengthMax = 32;

    /// <inheritdoc />
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Digits before every extension; may be empty.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>First number without the prefix, leading zeros kept.</summary>
    public string Start { get; set; } = "";

    /// <summary>Last number without the prefix, as many digits as <see cref="Start"/>.</summary>
    public string End { get; set; } = "";

    /// <summary>Characters of a generated password.</summary>
    public int PasswordLength { get; set; } = 16;

    /// <summary>Passwords hold an upper-case letter.</summary>
    public bool PasswordUpper { get; set; } = true;

    /// <summary>Passwords hold a lower-case letter.</summary>
    public bool PasswordLower { get; set; } = true;

    /// <summary>Passwords hold a digit.</summary>
    public bool PasswordDigit { get; set; } = true;

    /// <summary>Passwords hold a character that is neither letter nor digit.</summary>
    public bool PasswordSpecial { get; set; } = true;

    /// <summary>Number of the PBX's echo test, digits, * and #; empty when there is none.</summary>
    public string EchoNumber { get; set; } = "";

    /// <summary>Port on which phones register over UDP and TCP.</summary>
    public int SipPort { get; set; } = 5060;

    /// <summary>Port on which phones register over TLS.</summary>
    public int SipTlsPort { get; set; } = 5061;

    /// <inheritdoc />
    public int Version { get; init; } = 1;

    /// <inheritdoc />
    public DateTime ChangedAtUtc { get; set; }

    /// <inheritdoc />
    public string ChangedBy { get; set; } = "";
}

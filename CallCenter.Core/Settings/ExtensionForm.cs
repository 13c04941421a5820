namespace CallCenter.Core.Settings;

/// <summary>The card "Extensions".</summary>
public sealed class ExtensionForm : ISettingsForm<ExtensionForm>
{
    /// <inheritdoc />
    public static IReadOnlyList<SettingsField<ExtensionForm>> Fields { get; } =
    [
        new(nameof(Prefix), f => f.Prefix, (f, v) => f.Prefix = (string)v!),
        new(nameof(Start), f => f.Start, (f, v) => f.Start = (string)v!),
        new(nameof(End), f => f.End, (f, v) => f.End = (string)v!),
        new(nameof(PasswordLength), f => f.PasswordLength, (f, v) => f.PasswordLength = (int?)v),
        new(nameof(PasswordUpper), f => f.PasswordUpper, (f, v) => f.PasswordUpper = (bool)v!),
        new(nameof(PasswordLower), f => f.PasswordLower, (f, v) => f.PasswordLower = (bool)v!),
        new(nameof(PasswordDigit), f => f.PasswordDigit, (f, v) => f.PasswordDigit = (bool)v!),
        new(nameof(PasswordSpecial), f => f.PasswordSpecial, (f, v) => f.PasswordSpecial = (bool)v!),
        new(nameof(EchoNumber), f => f.EchoNumber, (f, v) => f.EchoNumber = (string)v!),
        new(nameof(SipPort), f => f.SipPort, (f, v) => f.SipPort = (int?)v),
        new(nameof(SipTlsPort), f => f.SipTlsPort, (f, v) => f.SipTlsPort = (int?)v),
    ];

    /// <summary>Digits before every extension.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>First number without the prefix.</summary>
    public string Start { get; set; } = "";

    /// <summary>Last number without the prefix.</summary>
    public string End { get; set; } = "";

    /// <summary>Characters of a generated password; null while the box is empty.</summary>
    public int? PasswordLength { get; set; } = 16;

    /// <summary>Upper-case letters.</summary>
    public bool PasswordUpper { get; set; } = true;

    /// <summary>Lower-case letters.</summary>
    public bool PasswordLower { get; set; } = true;

    /// <summary>Digits.</summary>
    public bool PasswordDigit { get; set; } = true;

    /// <summary>Other characters.</summary>
    public bool PasswordSpecial { get; set; } = true;

    /// <summary>Number of the PBX's echo test; empty when there is none.</summary>
    public string EchoNumber { get; set; } = "";

    /// <summary>SIP port over UDP and TCP; null while the box is empty.</summary>
    public int? SipPort { get; set; } = 5060;

    /// <summary>SIP port over TLS; null while the box is empty.</summary>
    public int? SipTlsPort { get; set; } = 5061;

    /// <inheritdoc />
    public void Normalize()
    {
        Prefix = Prefix.Trim();
        Start = Start.Trim();
        End = End.Trim();
        EchoNumber = EchoNumber.Trim();
    }
}

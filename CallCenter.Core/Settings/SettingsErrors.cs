using CallCenter.Core.Primitives;

namespace CallCenter.Core.Settings;

/// <summary>Expected failures of the call-center settings. Those about a value come with <see cref="Error.Field"/> set.</summary>
public static class SettingsErrors
{
    /// <summary>The tenant has no GDMS connection.</summary>
    public static readonly Error GdmsNotConfigured = new("settings.gdms_not_configured", "No GDMS connection is set up.");

    /// <summary>Somebody else saved the card meanwhile; both versions come with the answer.</summary>
    public static readonly Error Conflict = new("settings.conflict", "Somebody else changed this card meanwhile.");

    /// <summary>A value is needed.</summary>
    public static readonly Error Required = new("settings.required", "Please fill this in.");

    /// <summary>Longer than the field allows.</summary>
    public static readonly Error TooLong = new("settings.too_long", "This is too long.");

    /// <summary>Not a choice that is offered.</summary>
    public static readonly Error NotAChoice = new("settings.not_a_choice", "Choose one of the values offered.");

    /// <summary>Not a host name or address; schemes, ports and paths do not belong here.</summary>
    public static readonly Error HostInvalid = new("settings.host_invalid", "Enter a host name or address without https:// and port.");

    /// <summary>Outside 1 to 65535.</summary>
    public static readonly Error PortRange = new("settings.port_range", "A port is a number from 1 to 65535.");

    /// <summary>Not a path that starts with a slash.</summary>
    public static readonly Error PathInvalid = new("settings.path_invalid", "A path starts with / and has no spaces or question marks.");

    /// <summary>Not 64 hex digits.</summary>
    public static readonly Error ThumbprintInvalid = new("settings.thumbprint_invalid", "A SHA-256 fingerprint has 64 hex digits.");

    /// <summary>Host or port changed while the masked password was sent back: the stored one must not go to another machine.</summary>
    public static readonly Error SecretNeededAgain = new(
        "settings.secret_needed_again", "The address changed: enter the secret again. The stored one is not sent to another machine.");

    /// <summary>Not six digits.</summary>
    public static readonly Error ApiIdInvalid = new("settings.api_id_invalid", "The API ID has six digits.");

    /// <summary>Not twelve hex digits.</summary>
    public static readonly Error MacInvalid = new("settings.mac_invalid", "A MAC address has twelve hex digits.");

    /// <summary>Not an https address without path, query and user.</summary>
    public static readonly Error BaseAddressInvalid = new("settings.base_address_invalid", "Enter an address such as https://gdms.example.com.");

    /// <summary>Not a positive whole number.</summary>
    public static readonly Error OrganizationInvalid = new("settings.organization_invalid", "The organisation is a number; leave it empty for the default one.");

    /// <summary>Not digits, or not 2 to 18 of them with the prefix.</summary>
    public static readonly Error ExtensionDigits = new("settings.extension_digits", "An extension has 2 to 18 digits, the prefix included.");

    /// <summary>The prefix holds something else than digits, or more than eight.</summary>
    public static readonly Error PrefixDigits = new("settings.prefix_digits", "The prefix has at most 8 digits.");

    /// <summary>The end lies before the start, or has another number of digits.</summary>
    public static readonly Error ExtensionOrder = new("settings.extension_order", "The end must not lie before the start and must have as many digits.");

    /// <summary>More than 10,000 extensions.</summary>
    public static readonly Error ExtensionSpan = new("settings.extension_span", "The range holds more than 10,000 extensions.");

    /// <summary>Outside what the PBX takes.</summary>
    public static readonly Error PasswordLength = new("settings.password_length", "The length must be 8 to 32.");

    /// <summary>Fewer than two kinds of characters.</summary>
    public static readonly Error PasswordClasses = new("settings.password_classes", "Choose at least two kinds of characters.");

    /// <summary>Something else than up to 18 digits, * and #.</summary>
    public static readonly Error EchoNumberInvalid = new("settings.echo_number_invalid", "The echo number has at most 18 digits, * and #.");

    /// <summary>Outside 0 to 3650.</summary>
    public static readonly Error RetentionRange = new("settings.retention_range", "Enter 1 to 3650 days, or leave it empty to keep everything.");

    /// <summary>Not a host with an optional port.</summary>
    public static readonly Error StunInvalid = new("settings.stun_invalid", "Enter host or host:port of the STUN server.");

    /// <summary>Ports out of order, odd, outside 1024 to 65535 or fewer than 100.</summary>
    public static readonly Error RtpRange = new("settings.rtp_range", "The RTP range lies between 1024 and 65535, starts even and holds at least 100 ports.");
}

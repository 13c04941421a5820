using CallCenter.Core.Primitives;

namespace CallCenter.Core.Telephony.Gdms;

/// <summary>Expected failures when talking to GDMS.</summary>
public static class GdmsErrors
{
    /// <summary>No connection, no answer in time, or a server fault (5xx) that outlived the retries.</summary>
    public static readonly Error Unreachable = new("gdms.unreachable", "GDMS cannot be reached.");

    /// <summary>User name, password, API ID or secret is wrong for this region. Never retried by itself.</summary>
    public static readonly Error CredentialsRejected = new(
        "gdms.credentials_rejected", "GDMS rejected the user name, password, API ID or secret key.");

    /// <summary>The token was accepted but a signed call was not: wrong secret key, or clocks too far apart.</summary>
    public static readonly Error SignatureRejected = new(
        "gdms.signature_rejected", "GDMS rejected the request signature; check the secret key and this server's clock.");

    /// <summary>Too many requests; the retries within the allowed time were throttled too.</summary>
    public static readonly Error Throttled = new("gdms.throttled", "GDMS is limiting requests; try again later.");

    /// <summary>A fresh token was refused as expired.</summary>
    public static readonly Error SessionExpired = new("gdms.session_expired", "GDMS ended the session repeatedly.");

    /// <summary>The account may not use this part of the API (403).</summary>
    public static readonly Error NoPermission = new("gdms.no_permission", "The GDMS account may not do this.");

    /// <summary>GDMS answered with a failure code of its own (<c>retCode</c>); the log has it.</summary>
    public static readonly Error Declined = new("gdms.declined", "GDMS declined the request.");

    /// <summary>The answer was not what the API promises.</summary>
    public static readonly Error UnexpectedReply = new("gdms.unexpected_reply", "GDMS sent an answer that makes no sense.");

    /// <summary>No device with this MAC address in the account or organisation.</summary>
    public static readonly Error DeviceNotFound = new("gdms.device_not_found", "GDMS does not list this device.");

    /// <summary>MAC address and serial number are not of the same device (GDMS 30010).</summary>
    public static readonly Error SerialMismatch = new("gdms.serial_mismatch", "MAC address and serial number are not of the same device.");

    /// <summary>GDMS refused one device of a batch in words of its own.</summary>
    public static readonly Error DeviceRefused = new("gdms.device_refused", "GDMS refused this device.");
}

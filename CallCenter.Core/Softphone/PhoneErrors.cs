using CallCenter.Core.Primitives;

namespace CallCenter.Core.Softphone;

/// <summary>Expected failures of the phone in the page. The session endpoint answers their codes.</summary>
public static class PhoneErrors
{
    /// <summary>The person has no extension.</summary>
    public static readonly Error NoPhone = new("softphone.no_phone", "You have no extension.");

    /// <summary>The extension is not for browsers, or is switched off.</summary>
    public static readonly Error NotAllowed = new("softphone.not_allowed", "Your extension is not set up for the phone in the browser.");

    /// <summary>The extension is on its way to the PBX.</summary>
    public static readonly Error Pending = new("softphone.pending", "Your extension is still on its way to the PBX.");

    /// <summary>The portal does not know the extension's secret.</summary>
    public static readonly Error SecretUnknown = new("softphone.secret_unknown", "The portal does not know your extension's password.");

    /// <summary>No WebSocket address is set up.</summary>
    public static readonly Error NoWebSocket = new("softphone.no_websocket", "The PBX has no WebSocket address.");

    /// <summary>The PBX was asked for its realm and gave none.</summary>
    public static readonly Error RealmUnknown = new("softphone.realm_unknown", "The PBX did not say its realm. Check the phone settings.");

    /// <summary>Too many sessions in a short time.</summary>
    public static readonly Error TooMany = new("softphone.too_many", "Too many attempts. Wait a moment.");

    /// <summary>No such call of the caller.</summary>
    public static readonly Error CallNotFound = new("softphone.call_not_found", "There is no such call.");

    /// <summary>Not a number that could be dialled.</summary>
    public static readonly Error NumberInvalid = new("softphone.number_invalid", "This is no phone number.", "Number");

    /// <summary>More than <see cref="PhoneFavourite.MaxCount"/>.</summary>
    public static readonly Error TooManyFavourites = new("softphone.too_many_favourites", "The list of favourites is full.");

    /// <summary>No socket could be opened to the PBX.</summary>
    public static readonly Error SocketFailed = new("softphone.socket_failed", "The PBX's WebSocket did not open.");

    /// <summary>The socket opened, but nothing answered in SIP.</summary>
    public static readonly Error NotSip = new("softphone.not_sip", "The WebSocket opened, but nothing answered in SIP.");

    /// <summary>The PBX offers no digest by MD5, which is all that browsers' phones speak.</summary>
    public static readonly Error NoDigest = new("softphone.no_digest", "The PBX offers no MD5 digest.");
}

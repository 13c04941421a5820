using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;

namespace CallCenter.Core.Softphone;

/// <summary>The card "Phone in the browser". Members mean what they mean on <see cref="PhoneSettings"/>.</summary>
public sealed class PhoneForm : ISettingsForm<PhoneForm>
{
    /// <inheritdoc />
    public static IReadOnlyList<SettingsField<PhoneForm>> Fields { get; } =
    [
        new(nameof(WebSocketUrl), f => f.WebSocketUrl, (f, v) => f.WebSocketUrl = (string)v!),
        new(nameof(SipDomain), f => f.SipDomain, (f, v) => f.SipDomain = (string)v!),
        new(nameof(Realm), f => f.Realm, (f, v) => f.Realm = (string)v!),
        new(nameof(StunServers), f => f.StunServers, (f, v) => f.StunServers = (string)v!),
        new(nameof(TurnServers), f => f.TurnServers, (f, v) => f.TurnServers = (string)v!),
        new(nameof(TurnSecret), f => f.TurnSecret, (f, v) => f.TurnSecret = (string)v!, IsSecret: true),
        new(nameof(TurnMinutes), f => f.TurnMinutes, (f, v) => f.TurnMinutes = (int?)v),
        new(nameof(Codecs), f => f.Codecs, (f, v) => f.Codecs = (string)v!),
        new(nameof(Dtmf), f => f.Dtmf, (f, v) => f.Dtmf = (PhoneDtmf)v!),
        new(nameof(AutoAnswer), f => f.AutoAnswer, (f, v) => f.AutoAnswer = (PhoneAutoAnswer)v!),
        new(nameof(DndAllowed), f => f.DndAllowed, (f, v) => f.DndAllowed = (bool)v!),
        new(nameof(Ringtone), f => f.Ringtone, (f, v) => f.Ringtone = (PhoneRingtone)v!),
        new(nameof(MaxCalls), f => f.MaxCalls, (f, v) => f.MaxCalls = (int?)v),
        new(nameof(ParkNumber), f => f.ParkNumber, (f, v) => f.ParkNumber = (string)v!),
        new(nameof(ConferenceNumber), f => f.ConferenceNumber, (f, v) => f.ConferenceNumber = (string)v!),
        new(nameof(MediaTimeoutSeconds), f => f.MediaTimeoutSeconds, (f, v) => f.MediaTimeoutSeconds = (int?)v),
        new(nameof(RegisterSeconds), f => f.RegisterSeconds, (f, v) => f.RegisterSeconds = (int?)v),
    ];

    /// <inheritdoc cref="PhoneSettings.WebSocketUrl"/>
    public string WebSocketUrl { get; set; } = "";

    /// <inheritdoc cref="PhoneSettings.SipDomain"/>
    public string SipDomain { get; set; } = "";

    /// <inheritdoc cref="PhoneSettings.Realm"/>
    public string Realm { get; set; } = "";

    /// <inheritdoc cref="PhoneSettings.StunServers"/>
    public string StunServers { get; set; } = "";

    /// <inheritdoc cref="PhoneSettings.TurnServers"/>
    public string TurnServers { get; set; } = "";

    /// <summary>Shared secret; <see cref="Secret.Mask"/> keeps the stored one.</summary>
    public string TurnSecret { get; set; } = "";

    /// <summary>Minutes; null while the box is empty.</summary>
    public int? TurnMinutes { get; set; } = 60;

    /// <inheritdoc cref="PhoneSettings.Codecs"/>
    public string Codecs { get; set; } = PhoneSettings.DefaultCodecs;

    /// <inheritdoc cref="PhoneSettings.Dtmf"/>
    public PhoneDtmf Dtmf { get; set; } = PhoneDtmf.Rfc2833;

    /// <inheritdoc cref="PhoneSettings.AutoAnswer"/>
    public PhoneAutoAnswer AutoAnswer { get; set; } = PhoneAutoAnswer.Announced;

    /// <inheritdoc cref="PhoneSettings.DndAllowed"/>
    public bool DndAllowed { get; set; } = true;

    /// <inheritdoc cref="PhoneSettings.Ringtone"/>
    public PhoneRingtone Ringtone { get; set; } = PhoneRingtone.Classic;

    /// <summary>Calls at once; null while the box is empty.</summary>
    public int? MaxCalls { get; set; } = 4;

    /// <inheritdoc cref="PhoneSettings.ParkNumber"/>
    public string ParkNumber { get; set; } = "";

    /// <inheritdoc cref="PhoneSettings.ConferenceNumber"/>
    public string ConferenceNumber { get; set; } = "";

    /// <summary>Seconds; null while the box is empty.</summary>
    public int? MediaTimeoutSeconds { get; set; } = 60;

    /// <summary>Seconds; null while the box is empty.</summary>
    public int? RegisterSeconds { get; set; } = 600;

    /// <inheritdoc />
    public void Normalize()
    {
        WebSocketUrl = WebSocketUrl.Trim();
        SipDomain = SipDomain.Trim().TrimEnd('.');
        Realm = Realm.Trim();
        StunServers = Words(StunServers);
        TurnServers = Words(TurnServers);
        TurnSecret = TurnSecret.Trim();
        Codecs = Words(Codecs).ToLowerInvariant() is { Length: > 0 } codecs ? codecs : PhoneSettings.DefaultCodecs;
        ParkNumber = ParkNumber.Trim();
        ConferenceNumber = ConferenceNumber.Trim();
    }

    private static string Words(string text) => string.Join(' ', text.Split([' ', ',', ';', '،', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
}

using CallCenter.Core.Settings;

namespace CallCenter.Core.Softphone;

/// <summary>The tenant's rules for phones in pages.</summary>
public sealed class PhoneSettings : ISettingsRow
{
    /// <summary>Longest address, in characters.</summary>
    public const int UrlMaxLength = 300;

    /// <summary>Longest list of servers, in characters.</summary>
    public const int ServersMaxLength = 600;

    /// <summary>Most servers of a list.</summary>
    public const int ServersMax = 4;

    /// <summary>Longest domain or realm, in characters.</summary>
    public const int RealmMaxLength = 120;

    /// <summary>Longest list of codecs, in characters.</summary>
    public const int CodecsMaxLength = 60;

    /// <summary>Longest number, in digits.</summary>
    public const int NumberMaxLength = 18;

    /// <summary>Longest TURN secret, in characters.</summary>
    public const int SecretMaxLength = 200;

    /// <summary>Codecs that browsers have for calls, in the order of preference that suits most PBXs.</summary>
    public const string DefaultCodecs = "opus pcmu pcma";

    /// <inheritdoc />
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>WebSocket address; empty for the one of the PBX connection.</summary>
    public string WebSocketUrl { get; set; } = "";

    /// <summary>Domain of SIP addresses; empty for the WebSocket's host.</summary>
    public string SipDomain { get; set; } = "";

    /// <summary>Digest realm; empty to ask the PBX.</summary>
    public string Realm { get; set; } = "";

    /// <summary><c>host</c> or <c>host:port</c>, separated by blanks.</summary>
    public string StunServers { get; set; } = "";

    /// <summary>Likewise; each is offered over UDP and TCP.</summary>
    public string TurnServers { get; set; } = "";

    /// <summary>Shared secret of coturn's REST scheme, encrypted; empty without TURN.</summary>
    public string TurnSecretProtected { get; set; } = "";

    /// <summary>Life of TURN credentials, minutes, 10 to 1440.</summary>
    public int TurnMinutes { get; set; } = 60;

    /// <summary>Codecs in the order of preference, separated by blanks.</summary>
    public string Codecs { get; set; } = DefaultCodecs;

    /// <summary>Which calls are answered by themselves.</summary>
    public PhoneAutoAnswer AutoAnswer { get; set; } = PhoneAutoAnswer.Announced;

    /// <summary>Agents may switch "do not disturb" on.</summary>
    public bool DndAllowed { get; set; } = true;

    /// <summary>How phones ring.</summary>
    public PhoneRingtone Ringtone { get; set; } = PhoneRingtone.Classic;

    /// <summary>How keys are sent.</summary>
    public PhoneDtmf Dtmf { get; set; } = PhoneDtmf.Rfc2833;

    /// <summary>Number that parks a call; empty for none.</summary>
    public string ParkNumber { get; set; } = "";

    /// <summary>Conference room for three-way calls; empty for none.</summary>
    public string ConferenceNumber { get; set; } = "";

    /// <summary>Calls at once, held ones included, 1 to 8.</summary>
    public int MaxCalls { get; set; } = 4;

    /// <summary>A call without audio for so long is ended, seconds, 10 to 600; 0 for never.</summary>
    public int MediaTimeoutSeconds { get; set; } = 60;

    /// <summary>Life of a registration, seconds, 60 to 3600.</summary>
    public int RegisterSeconds { get; set; } = 600;

    /// <inheritdoc />
    public int Version { get; init; } = 1;

    /// <inheritdoc />
    public DateTime ChangedAtUtc { get; set; }

    /// <inheritdoc />
    public string ChangedBy { get; set; } = "";
}

namespace CallCenter.Core.Doctor;

/// <summary>Codes of the doctor's findings. Permanent: keys of translated texts. Numbers in the remarks are the parameters' places.</summary>
public static class DiagnosisCodes
{
    /// <summary>No PBX connection is saved.</summary>
    public const string NotConfigured = "pbx.not_configured";

    /// <summary>Addresses: 0.</summary>
    public const string NameFound = "name.found";

    /// <summary>Nobody knows the name; 0 is the name.</summary>
    public const string NameNotFound = "name.not_found";

    /// <summary>The resolver does not answer.</summary>
    public const string NameTimedOut = "name.timed_out";

    /// <summary>The outbound policy forbids an address of the name.</summary>
    public const string NameNotAllowed = "name.not_allowed";

    /// <summary>0 is the address and port.</summary>
    public const string TcpConnected = "tcp.connected";

    /// <summary>Nothing listens on port 0.</summary>
    public const string TcpRefused = "tcp.refused";

    /// <summary>No route.</summary>
    public const string TcpUnreachable = "tcp.unreachable";

    /// <summary>No answer; a firewall swallows the packets.</summary>
    public const string TcpTimedOut = "tcp.timed_out";

    /// <summary>Publicly trusted until 0.</summary>
    public const string TlsTrusted = "tls.trusted";

    /// <summary>The pinned certificate, valid until 0.</summary>
    public const string TlsPinned = "tls.pinned";

    /// <summary>Neither trusted nor pinned: an admin has to look at it.</summary>
    public const string TlsUnpinned = "tls.unpinned";

    /// <summary>Another certificate than the pinned one: an attacker between, or a renewed certificate.</summary>
    public const string TlsMismatch = "tls.mismatch";

    /// <summary>Trusted, though not the pinned one.</summary>
    public const string TlsPinOutdated = "tls.pin_outdated";

    /// <summary>The pinned certificate ran out on 0.</summary>
    public const string TlsExpired = "tls.expired";

    /// <summary>The certificate is valid from 0 only: a clock is wrong.</summary>
    public const string TlsNotYetValid = "tls.not_yet_valid";

    /// <summary>The certificate runs out on 0.</summary>
    public const string TlsExpiresSoon = "tls.expires_soon";

    /// <summary>No TLS on the port.</summary>
    public const string TlsHandshakeFailed = "tls.handshake_failed";

    /// <summary>The handshake hangs.</summary>
    public const string TlsTimedOut = "tls.timed_out";

    /// <summary>The HTTPS API answers.</summary>
    public const string ApiOn = "api.on";

    /// <summary>The web server answers with HTTP status 0: the HTTPS API is switched off or elsewhere.</summary>
    public const string ApiOff = "api.off";

    /// <summary>This kind of PBX cannot be examined further yet.</summary>
    public const string ApiUnsupported = "api.unsupported";

    /// <summary>No answer in time.</summary>
    public const string AnswerTimedOut = "answer.timed_out";

    /// <summary>The answer broke off.</summary>
    public const string AnswerDropped = "answer.dropped";

    /// <summary>The answer is not what a PBX says.</summary>
    public const string AnswerGarbage = "answer.garbage";

    /// <summary>The connection was refused or reset.</summary>
    public const string AnswerUnreachable = "answer.unreachable";

    /// <summary>The certificate changed during the run.</summary>
    public const string AnswerUntrusted = "answer.untrusted";

    /// <summary>The PBX is busy; its status is 0.</summary>
    public const string AnswerBusy = "answer.busy";

    /// <summary>The PBX answered with status 0.</summary>
    public const string AnswerRefused = "answer.refused";

    /// <summary>Logged in.</summary>
    public const string LoginOk = "login.ok";

    /// <summary>Wrong user or password.</summary>
    public const string LoginWrong = "login.wrong_credentials";

    /// <summary>Wrong user or password; 0 attempts remain.</summary>
    public const string LoginWrongCounted = "login.wrong_credentials_counted";

    /// <summary>The PBX locked the account or our address.</summary>
    public const string LoginLockedOut = "login.locked_out";

    /// <summary>The stored password cannot be decrypted.</summary>
    public const string LoginSecretUnreadable = "login.secret_unreadable";

    /// <summary>The PBX ends the session at once.</summary>
    public const string SessionLost = "session.lost";

    /// <summary>The actions 0 are permitted.</summary>
    public const string PermissionGranted = "permission.granted";

    /// <summary>The actions 0 are not permitted.</summary>
    public const string PermissionMissing = "permission.missing";

    /// <summary>The clocks differ by 0 seconds.</summary>
    public const string ClockOk = "clock.ok";

    /// <summary>The PBX is 0 seconds ahead.</summary>
    public const string ClockFast = "clock.fast";

    /// <summary>The PBX is 0 seconds behind.</summary>
    public const string ClockSlow = "clock.slow";

    /// <summary>The PBX's time cannot be read.</summary>
    public const string ClockUnreadable = "clock.unreadable";

    /// <summary>Offset 0, as the zone 1.</summary>
    public const string OffsetOk = "offset.ok";

    /// <summary>Offset 0 on the PBX, 1 in the zone 2.</summary>
    public const string OffsetDiffers = "offset.differs";

    /// <summary>The PBX does not say its offset.</summary>
    public const string OffsetUnknown = "offset.unknown";

    /// <summary>Open on path 0.</summary>
    public const string WebSocketOpen = "websocket.open";

    /// <summary>Nothing on path 0.</summary>
    public const string WebSocketWrongPath = "websocket.wrong_path";

    /// <summary>HTTP status 0 on path 1.</summary>
    public const string WebSocketRefusedUpgrade = "websocket.refused_upgrade";

    /// <summary>Open on path 0, but without the subprotocol sip.</summary>
    public const string WebSocketNoSubprotocol = "websocket.no_subprotocol";

    /// <summary>No answer to the upgrade.</summary>
    public const string WebSocketTimedOut = "websocket.timed_out";

    /// <summary>The connection broke during the upgrade.</summary>
    public const string WebSocketBroken = "websocket.broken";

    /// <summary>SIP status 0.</summary>
    public const string SipAnswered = "sip.answered";

    /// <summary>SIP status 0: the SIP service is not well.</summary>
    public const string SipError = "sip.error";

    /// <summary>Nothing that is SIP came back.</summary>
    public const string SipNoAnswer = "sip.no_answer";

    /// <summary>No GDMS connection is saved.</summary>
    public const string GdmsNotConfigured = "gdms.not_configured";

    /// <summary>The outbound policy forbids the laboratory address.</summary>
    public const string GdmsNotAllowed = "gdms.not_allowed";

    /// <summary>Signed in.</summary>
    public const string GdmsTokenOk = "gdms.token_ok";

    /// <summary>User, password, API ID or secret key is wrong in this region.</summary>
    public const string GdmsWrongCredentials = "gdms.wrong_credentials";

    /// <summary>The signature is refused: the clocks differ or the secret key is wrong.</summary>
    public const string GdmsSignature = "gdms.signature";

    /// <summary>Too many requests.</summary>
    public const string GdmsThrottled = "gdms.throttled";

    /// <summary>GDMS does not answer.</summary>
    public const string GdmsUnreachable = "gdms.unreachable";

    /// <summary>GDMS ends fresh tokens.</summary>
    public const string GdmsSessionExpired = "gdms.session_expired";

    /// <summary>The account may not use the API.</summary>
    public const string GdmsNoPermission = "gdms.no_permission";

    /// <summary>GDMS declined.</summary>
    public const string GdmsDeclined = "gdms.declined";

    /// <summary>The answer makes no sense.</summary>
    public const string GdmsGarbage = "gdms.garbage";

    /// <summary>The stored secrets cannot be decrypted.</summary>
    public const string GdmsSecretUnreadable = "gdms.secret_unreadable";

    /// <summary>Found: name 0, model 1.</summary>
    public const string GdmsDeviceFound = "gdms.device_found";

    /// <summary>GDMS does not list MAC 0.</summary>
    public const string GdmsDeviceUnknown = "gdms.device_unknown";

    /// <summary>Online.</summary>
    public const string GdmsOnline = "gdms.online";

    /// <summary>Offline.</summary>
    public const string GdmsOffline = "gdms.offline";

    /// <summary>Connected, with a fault.</summary>
    public const string GdmsAbnormal = "gdms.abnormal";

    /// <summary>A state that this version does not know.</summary>
    public const string GdmsStatusUnknown = "gdms.status_unknown";

    /// <summary>No STUN server is saved.</summary>
    public const string StunNotConfigured = "stun.not_configured";

    /// <summary>The server sees us as 0.</summary>
    public const string StunMapped = "stun.mapped";

    /// <summary>Nobody knows the name 0.</summary>
    public const string StunNameNotFound = "stun.name_not_found";

    /// <summary>The outbound policy forbids the address.</summary>
    public const string StunNotAllowed = "stun.not_allowed";

    /// <summary>Silence.</summary>
    public const string StunNoAnswer = "stun.no_answer";

    /// <summary>Nothing listens on port 0.</summary>
    public const string StunRefused = "stun.refused";

    /// <summary>The server declined with code 0.</summary>
    public const string StunError = "stun.error";

    /// <summary>Answers to requests we did not send.</summary>
    public const string StunWrongTransaction = "stun.wrong_transaction";

    /// <summary>Something answers that is not STUN.</summary>
    public const string StunGarbage = "stun.garbage";
}

namespace CallCenter.Core.Doctor;

/// <summary>Ids of the doctor's steps, in the order in which they are shown.</summary>
public static class DoctorSteps
{
    /// <summary>The PBX's name becomes addresses, and the outbound policy allows them.</summary>
    public const string Name = "name";

    /// <summary>A TCP connection opens.</summary>
    public const string Tcp = "tcp";

    /// <summary>A TLS handshake, and the certificate is trusted or pinned.</summary>
    public const string Tls = "tls";

    /// <summary>The HTTPS API answers a challenge.</summary>
    public const string Api = "api";

    /// <summary>The API user logs in.</summary>
    public const string Login = "login";

    /// <summary>Permission for call detail.</summary>
    public const string PermissionCdr = "permission.cdr";

    /// <summary>Permission for recordings.</summary>
    public const string PermissionRecordings = "permission.recordings";

    /// <summary>Permission to read extensions.</summary>
    public const string PermissionExtensions = "permission.extensions";

    /// <summary>Permission to create and change extensions.</summary>
    public const string PermissionExtensionsWrite = "permission.extensions_write";

    /// <summary>Permission to read queues.</summary>
    public const string PermissionQueues = "permission.queues";

    /// <summary>Permission to see live channels.</summary>
    public const string PermissionChannels = "permission.channels";

    /// <summary>Permission for the system status.</summary>
    public const string PermissionSystem = "permission.system";

    /// <summary>The PBX's clock against ours.</summary>
    public const string Clock = "clock";

    /// <summary>The PBX's offset to UTC against the tenant's zone.</summary>
    public const string Offset = "offset";

    /// <summary>The SIP WebSocket opens on the configured path with subprotocol <c>sip</c>.</summary>
    public const string WebSocket = "websocket";

    /// <summary>SIP OPTIONS is answered.</summary>
    public const string Sip = "sip";

    /// <summary>GDMS gives a token and takes a signed call.</summary>
    public const string GdmsToken = "gdms.token";

    /// <summary>GDMS lists the PBX.</summary>
    public const string GdmsDevice = "gdms.device";

    /// <summary>GDMS sees the PBX online.</summary>
    public const string GdmsOnline = "gdms.online";

    /// <summary>The STUN server answers a binding request.</summary>
    public const string Stun = "stun";

    /// <summary>Every step.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        Name, Tcp, Tls, Api, Login,
        PermissionCdr, PermissionRecordings, PermissionExtensions, PermissionExtensionsWrite, PermissionQueues, PermissionChannels, PermissionSystem,
        Clock, Offset, WebSocket, Sip, GdmsToken, GdmsDevice, GdmsOnline, Stun,
    ];
}

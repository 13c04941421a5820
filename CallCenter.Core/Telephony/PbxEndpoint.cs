using CallCenter.Core.Primitives;

namespace CallCenter.Core.Telephony;

/// <summary>All that an adapter needs to reach one tenant's PBX.</summary>
/// <param name="TenantId">Whose PBX it is; part of every cache and session key.</param>
/// <param name="PbxId">Key of the connection; call records hang on it.</param>
/// <param name="Kind">Picks the adapter.</param>
/// <param name="Host">Name or address, without scheme and port. Checked against the outbound address policy at connect time.</param>
/// <param name="Port">1 to 65535; a UCM's web and API port is 8089, on CloudUCM 8443.</param>
/// <param name="WebSocketPath">Path of the SIP WebSocket, starting with a slash.</param>
/// <param name="ApiUser">User of the PBX's API.</param>
/// <param name="ApiPassword">Its password.</param>
/// <param name="PinnedCertificateSha256">Upper-case hex SHA-256 of the accepted certificate; null when only a publicly trusted one will do.</param>
/// <param name="TimeZoneId">IANA zone of the tenant; a cross-check for the offset that call records reveal, never the source.</param>
public sealed record PbxEndpoint(
    Guid TenantId,
    Guid PbxId,
    PbxKind Kind,
    string Host,
    int Port,
    string WebSocketPath,
    string ApiUser,
    Secret ApiPassword,
    string? PinnedCertificateSha256,
    string TimeZoneId);

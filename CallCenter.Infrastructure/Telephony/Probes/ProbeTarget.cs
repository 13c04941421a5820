using System.Net;

namespace CallCenter.Infrastructure.Telephony.Probes;

/// <summary>Where a probe goes.</summary>
/// <param name="Host">Name or address as the admin wrote it; used for SNI, the Host header and the SIP domain.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Addresses">
/// Addresses that the outbound policy has passed; the probe connects to these and never looks the name up again,
/// so a name cannot point elsewhere between the check and the connection. Null: the probe looks the name up.
/// </param>
internal sealed record ProbeTarget(string Host, int Port, IReadOnlyList<IPAddress>? Addresses = null);

using System.Net;

namespace CallCenter.Infrastructure.Telephony.Probes;

/// <summary>Where a probe goes.</summary>
/// <param name="Host">Name or address as the admin wrote it; used for SNI, the Host header and the SIP domain.</param>
/// <param name="Port">1 to 65535.</param>
/// <param name="Addresses">
/// What the outbound policy has passed. Probes connect to these and never look the name up, so a name cannot point
/// elsewhere between the check and the connection. Empty: there is no such name.
/// </param>
internal sealed record ProbeTarget(string Host, int Port, IReadOnlyList<IPAddress> Addresses);

using System.Net;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;

namespace CallCenter.Core.Security;

/// <summary>
/// Guards every connection whose target a tenant configures (PBX, GDMS lab address, STUN, webhooks). Public addresses pass;
/// loopback, private, link-local, metadata, multicast and other special ranges pass only when the setting
/// <c>Outbound:Allow</c> lists them.
/// </summary>
public interface IOutboundPolicy
{
    /// <summary>
    /// Resolves a name (or takes an address literal) and checks every address it has. Connect to the addresses given back and
    /// do not look the name up again: it could point elsewhere a moment later.
    /// </summary>
    /// <param name="host">Name or address literal, without scheme and port; IPv6 with or without brackets.</param>
    /// <param name="cancellationToken">Stops the lookup.</param>
    /// <returns>
    /// At least one address, in the resolver's order; or <see cref="TelephonyErrors.NameNotFound"/>,
    /// <see cref="TelephonyErrors.TimedOut"/> when the resolver does not answer within ten seconds, or
    /// <see cref="TelephonyErrors.AddressNotAllowed"/> when any of the addresses is forbidden.
    /// </returns>
    ValueTask<Result<IReadOnlyList<IPAddress>>> ResolveAsync(string host, CancellationToken cancellationToken = default);
}

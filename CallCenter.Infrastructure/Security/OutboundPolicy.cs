using System.Net;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Telephony;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Security;

internal sealed class OutboundPolicy(IOptionsMonitor<OutboundOptions> options, INameResolver names) : IOutboundPolicy
{
    public async ValueTask<Result<IReadOnlyList<IPAddress>>> ResolveAsync(string host, CancellationToken cancellationToken = default)
    {
        host = host.Trim().TrimEnd('.');

        // Odd spellings of IPv4 (127.1, 0x7f000001, 2130706433) parse here to what the operating system would connect to.
        var literal = IPAddress.TryParse(host, out var address);
        Result<IReadOnlyList<IPAddress>> found = literal ? new[] { address! } : await names.ResolveAsync(host, cancellationToken);
        if (found.Error is { } error)
        {
            return error;
        }

        if (found.Value.Count == 0)
        {
            return TelephonyErrors.NameNotFound;
        }

        var rules = options.CurrentValue.Allow.Select(OutboundRule.Parse).OfType<OutboundRule>().ToList();
        var hostListed = !literal && rules.Exists(rule => rule.CoversHost(host));

        // One forbidden address forbids the name: which of them is connected to is not ours to hope for.
        return found.Value.All(a => IsAllowed(a, hostListed, rules)) ? found : TelephonyErrors.AddressNotAllowed;
    }

    // A listed name vouches for private addresses only; nothing but a listed range opens link-local and metadata addresses.
    private static bool IsAllowed(IPAddress address, bool hostListed, List<OutboundRule> rules) => AddressClass.Of(address) switch
    {
        AddressReach.Public => true,
        AddressReach.Private when hostListed => true,
        _ => rules.Exists(rule => rule.CoversAddress(address) || rule.CoversAddress(AddressClass.Innermost(address))),
    };
}

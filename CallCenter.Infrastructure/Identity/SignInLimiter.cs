using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Identity;

/// <summary>
/// Rate limit of one node on attempts by address and by account. A permit is spent by a failure only; that attempts under way
/// cannot race past the count is the job of the concurrency limits.
/// </summary>
internal sealed class SignInLimiter : IDisposable
{
    private readonly PartitionedRateLimiter<string> _failures;
    private readonly PartitionedRateLimiter<string> _running;

    public SignInLimiter(IOptions<SignInOptions> options)
    {
        var settings = options.Value;
        _failures = PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetSlidingWindowLimiter(
            key,
            _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = IsAddress(key) ? settings.FailuresPerAddress : settings.FailuresPerAccount,
                Window = settings.Window,
                SegmentsPerWindow = 5,
                QueueLimit = 0,
            }));
        _running = PartitionedRateLimiter.Create<string, string>(key => RateLimitPartition.GetConcurrencyLimiter(
            key,
            _ => new ConcurrencyLimiterOptions { PermitLimit = IsAddress(key) ? 8 : 2, QueueLimit = IsAddress(key) ? 256 : 8 }));
    }

    /// <summary>Begins an attempt; null when there were too many failures or too many are under way. Dispose it when the attempt ends.</summary>
    /// <param name="remoteAddress">Null when unknown: then only the account counts.</param>
    /// <param name="account">Normalised name as typed, or key of the account.</param>
    /// <param name="cancellationToken">Stops the wait for others under way.</param>
    public async ValueTask<Attempt?> BeginAsync(string? remoteAddress, string account, CancellationToken cancellationToken)
    {
        string[] keys = AddressKey(remoteAddress) is { } address ? [address, AccountKey(account)] : [AccountKey(account)];
        var attempt = new Attempt(this, keys);
        foreach (var key in keys)
        {
            // Waiting first, counting after: whoever waited sees the failures of those before.
            var running = await _running.AcquireAsync(key, 1, cancellationToken);
            attempt.Hold(running);
            using var left = _failures.AttemptAcquire(key, 0);
            if (!running.IsAcquired || !left.IsAcquired)
            {
                attempt.Dispose();
                return null;
            }
        }

        return attempt;
    }

    public void Dispose()
    {
        _failures.Dispose();
        _running.Dispose();
    }

    private static bool IsAddress(string key) => key.StartsWith("ip ", StringComparison.Ordinal);

    private static string AccountKey(string account) => "name " + (account.Length > 80 ? account[..80] : account);

    /// <summary>A household or server has a whole /64 of IPv6, so that counts as one.</summary>
    private static string? AddressKey(string? remoteAddress)
    {
        if (!IPAddress.TryParse(remoteAddress, out var address))
        {
            return null;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? "ip " + Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : "ip " + address;
    }

    internal sealed class Attempt(SignInLimiter limiter, string[] keys) : IDisposable
    {
        private readonly List<RateLimitLease> _leases = [];

        public void Failed()
        {
            foreach (var key in keys)
            {
                limiter._failures.AttemptAcquire(key).Dispose();
            }
        }

        public void Hold(RateLimitLease lease) => _leases.Add(lease);

        public void Dispose() => _leases.ForEach(lease => lease.Dispose());
    }
}

using System.Threading.RateLimiting;

namespace CallCenter.Infrastructure.Calls.Push;

/// <summary>Limits of one node on pushes: how many a tenant may send, and how many wrong secrets an address may try.</summary>
internal sealed class CdrPushLimits : IDisposable
{
    // A PBX of hundreds of phones ends a few calls a second; a burst after an outage is let through.
    private const int Burst = 300;
    private const int PerSecond = 30;
    private const int WrongPerMinute = 10;

    private readonly PartitionedRateLimiter<string> _pushes = PartitionedRateLimiter.Create<string, string>(slug => RateLimitPartition.GetTokenBucketLimiter(
        slug,
        _ => new TokenBucketRateLimiterOptions { TokenLimit = Burst, TokensPerPeriod = PerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0 }));

    private readonly PartitionedRateLimiter<string> _wrong = PartitionedRateLimiter.Create<string, string>(address => RateLimitPartition.GetSlidingWindowLimiter(
        address,
        _ => new SlidingWindowRateLimiterOptions { PermitLimit = WrongPerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0 }));

    public bool MayTry(string? remoteAddress)
    {
        using var lease = _wrong.AttemptAcquire(remoteAddress ?? "", 0);
        return lease.IsAcquired;
    }

    public void CountWrong(string? remoteAddress) => _wrong.AttemptAcquire(remoteAddress ?? "").Dispose();

    public bool TakePush(Guid tenantId)
    {
        using var lease = _pushes.AttemptAcquire(tenantId.ToString("N"));
        return lease.IsAcquired;
    }

    public void Dispose()
    {
        _pushes.Dispose();
        _wrong.Dispose();
    }
}

using System.Threading.RateLimiting;

namespace CallCenter.Infrastructure.Softphone;

/// <summary>How often one person gets a session on this node: enough for many tabs and a bad network, too little to guess with.</summary>
internal sealed class PhoneSessionLimiter : IDisposable
{
    /// <summary>Sessions in a minute.</summary>
    public const int PerMinute = 30;

    private readonly PartitionedRateLimiter<Guid> _sessions = PartitionedRateLimiter.Create<Guid, Guid>(user => RateLimitPartition.GetSlidingWindowLimiter(
        user, _ => new SlidingWindowRateLimiterOptions { PermitLimit = PerMinute, Window = TimeSpan.FromMinutes(1), SegmentsPerWindow = 6, QueueLimit = 0 }));

    public bool MayHave(Guid userId)
    {
        using var lease = _sessions.AttemptAcquire(userId);
        return lease.IsAcquired;
    }

    public void Dispose() => _sessions.Dispose();
}

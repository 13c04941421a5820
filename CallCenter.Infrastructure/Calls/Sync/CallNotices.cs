using Microsoft.Extensions.Logging;

namespace CallCenter.Infrastructure.Calls.Sync;

/// <summary>Tells a tenant's open pages that its calls or their sync changed. Bursts merge; notices carry nothing but "read again".</summary>
internal sealed class CallNotices(TimeProvider time, ILogger<CallNotices> logger)
{
    private static readonly TimeSpan Merge = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Audience> _audiences = [];

    public IDisposable Subscribe(Guid tenantId, Func<Task> changed)
    {
        var subscription = new Subscription(this, tenantId, changed, ExecutionContext.Capture());
        lock (_gate)
        {
            if (!_audiences.TryGetValue(tenantId, out var audience))
            {
                _audiences[tenantId] = audience = new Audience();
            }

            audience.Subscriptions.Add(subscription);
        }

        return subscription;
    }

    public void Raise(Guid tenantId)
    {
        lock (_gate)
        {
            if (!_audiences.TryGetValue(tenantId, out var audience) || audience.Pending)
            {
                return;
            }

            audience.Pending = true;
        }

        _ = DeliverAsync(tenantId);
    }

    private async Task DeliverAsync(Guid tenantId)
    {
        await Task.Delay(Merge, time);
        Subscription[] subscriptions;
        lock (_gate)
        {
            if (!_audiences.TryGetValue(tenantId, out var audience))
            {
                return;
            }

            audience.Pending = false;
            subscriptions = [.. audience.Subscriptions];
        }

        foreach (var subscription in subscriptions)
        {
            try
            {
                await subscription.CallAsync();
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // A page sends its failures to its own circuit; what comes here must not keep the others from hearing.
                logger.LogError(exception, "A subscriber to call notices failed.");
            }
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (_gate)
        {
            if (_audiences.TryGetValue(subscription.TenantId, out var audience)
                && audience.Subscriptions.Remove(subscription) && audience.Subscriptions.Count == 0)
            {
                _audiences.Remove(subscription.TenantId);
            }
        }
    }

    private sealed class Audience
    {
        public List<Subscription> Subscriptions { get; } = [];

        public bool Pending { get; set; }
    }

    private sealed class Subscription(CallNotices owner, Guid tenantId, Func<Task> changed, ExecutionContext? context) : IDisposable
    {
        public Guid TenantId => tenantId;

        public Task CallAsync()
        {
            if (context is null)
            {
                return changed();
            }

            // The subscriber's context carries its culture.
            Task? task = null;
            ExecutionContext.Run(context, _ => task = changed(), null);
            return task!;
        }

        public void Dispose() => owner.Remove(this);
    }
}

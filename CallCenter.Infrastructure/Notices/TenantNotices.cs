using Microsoft.Extensions.Logging;

namespace CallCenter.Infrastructure.Notices;

/// <summary>What a notice is about.</summary>
internal enum NoticeTopic
{
    /// <summary>Calls or their sync.</summary>
    Calls,

    /// <summary>The state of the connection to the PBX.</summary>
    Connection,

    /// <summary>Extensions, their registrations and runs.</summary>
    Extensions,

    /// <summary>GDMS devices and their tasks.</summary>
    Devices,

    /// <summary>Exports and schedules.</summary>
    Exports,

    /// <summary>Callers who wait to be called.</summary>
    Worklist,

    /// <summary>Calls as phones in pages tell them.</summary>
    PhoneCalls,
}

/// <summary>
/// Tells a tenant's open pages to read again. One per process. Bursts merge; notices carry nothing, since what they would
/// carry is old by the time a page draws it.
/// </summary>
internal sealed class TenantNotices(TimeProvider time, ILogger<TenantNotices> logger)
{
    private static readonly TimeSpan Merge = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Dictionary<(NoticeTopic Topic, Guid TenantId), Audience> _audiences = [];

    /// <summary>Calls back, in the subscriber's culture, after changes. Dispose the answer to stop.</summary>
    public IDisposable Subscribe(NoticeTopic topic, Guid tenantId, Func<Task> changed)
    {
        var subscription = new Subscription(this, (topic, tenantId), changed, ExecutionContext.Capture());
        lock (_gate)
        {
            if (!_audiences.TryGetValue(subscription.Key, out var audience))
            {
                _audiences[subscription.Key] = audience = new Audience();
            }

            audience.Subscriptions.Add(subscription);
        }

        return subscription;
    }

    /// <summary>Tenants that somebody listens for on this node.</summary>
    public IReadOnlyList<Guid> TenantsWith(NoticeTopic topic)
    {
        lock (_gate)
        {
            return [.. _audiences.Keys.Where(key => key.Topic == topic).Select(key => key.TenantId)];
        }
    }

    /// <summary>Returns at once.</summary>
    public void Raise(NoticeTopic topic, Guid tenantId)
    {
        var key = (topic, tenantId);
        lock (_gate)
        {
            if (!_audiences.TryGetValue(key, out var audience) || audience.Pending)
            {
                return;
            }

            audience.Pending = true;
        }

        // The raiser's culture and activity are no business of the pages.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => DeliverAsync(key));
        }
    }

    private async Task DeliverAsync((NoticeTopic, Guid) key)
    {
        await Task.Delay(Merge, time);
        Subscription[] subscriptions;
        lock (_gate)
        {
            if (!_audiences.TryGetValue(key, out var audience))
            {
                return;
            }

            audience.Pending = false;
            subscriptions = [.. audience.Subscriptions];
        }

        // Side by side: one page that hangs must not keep the others waiting.
        await Task.WhenAll(subscriptions.Select(CallAsync));
    }

    private async Task CallAsync(Subscription subscription)
    {
        try
        {
            await subscription.CallAsync();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Pages hand their own failures to their circuit; what comes here is a circuit that is gone.
            logger.LogWarning(exception, "A subscriber to notices of {Topic} failed.", subscription.Key.Topic);
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (_gate)
        {
            if (_audiences.TryGetValue(subscription.Key, out var audience)
                && audience.Subscriptions.Remove(subscription) && audience.Subscriptions.Count == 0)
            {
                _audiences.Remove(subscription.Key);
            }
        }
    }

    private sealed class Audience
    {
        public List<Subscription> Subscriptions { get; } = [];

        public bool Pending { get; set; }
    }

    private sealed class Subscription(
        TenantNotices owner, (NoticeTopic Topic, Guid TenantId) key, Func<Task> changed, ExecutionContext? context) : IDisposable
    {
        public (NoticeTopic Topic, Guid TenantId) Key => key;

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

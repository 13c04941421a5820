using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace CallCenter.Infrastructure.Settings;

/// <summary>Takes "read again" from checks to the pages of a tenant. One per process.</summary>
internal sealed class ConnectionStatusHub(ILogger<ConnectionStatusHub> logger)
{
    private readonly ConcurrentDictionary<Subscription, byte> _subscriptions = new();

    public IDisposable Subscribe(Guid tenantId, Func<Task> changed)
    {
        var subscription = new Subscription(this, tenantId, changed, CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        _subscriptions[subscription] = 0;
        return subscription;
    }

    /// <summary>Returns at once; subscribers are called on the pool.</summary>
    public void Publish(Guid tenantId)
    {
        foreach (var subscription in _subscriptions.Keys.Where(s => s.TenantId == tenantId))
        {
            _ = Task.Run(() => CallAsync(subscription));
        }
    }

    private async Task CallAsync(Subscription subscription)
    {
        CultureInfo.CurrentCulture = subscription.Culture;
        CultureInfo.CurrentUICulture = subscription.UiCulture;
        try
        {
            await subscription.Changed();
        }
        catch (Exception exception)
        {
            // Pages hand their own failures to their circuit; what arrives here is a circuit that is gone.
            logger.LogDebug(exception, "A page could not take a connection notice");
        }
    }

    private sealed record Subscription(
        ConnectionStatusHub Hub, Guid TenantId, Func<Task> Changed, CultureInfo Culture, CultureInfo UiCulture) : IDisposable
    {
        public bool Equals(Subscription? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        public void Dispose() => Hub._subscriptions.TryRemove(this, out _);
    }
}

using CallCenter.Core.Settings;

namespace CallCenter.Infrastructure.Settings;

internal sealed class PbxChangeNotices : IPbxChangeNotices
{
    private readonly Lock _gate = new();
    private readonly List<Action<Guid>> _subscribers = [];

    public IDisposable Subscribe(Action<Guid> changed)
    {
        lock (_gate)
        {
            _subscribers.Add(changed);
        }

        return new Subscription(this, changed);
    }

    public void Publish(Guid tenantId)
    {
        Action<Guid>[] subscribers;
        lock (_gate)
        {
            subscribers = [.. _subscribers];
        }

        foreach (var subscriber in subscribers)
        {
            subscriber(tenantId);
        }
    }

    private sealed class Subscription(PbxChangeNotices owner, Action<Guid> changed) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._gate)
            {
                owner._subscribers.Remove(changed);
            }
        }
    }
}

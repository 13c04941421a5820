namespace CallCenter.Web.Shared;

/// <summary>One timer per circuit for everything that says how old it is.</summary>
public sealed class Pulse(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(20);
    private readonly Lock _lock = new();
    private readonly List<Listener> _listeners = [];
    private ITimer? _timer;

    /// <summary>Calls back every 20 seconds, in the culture of whoever subscribes. Dispose the answer to stop.</summary>
    public IDisposable Subscribe(Func<Task> callback)
    {
        var listener = new Listener(this, callback, ExecutionContext.Capture());
        lock (_lock)
        {
            _listeners.Add(listener);
            _timer ??= clock.CreateTimer(_ => Tick(), null, Beat, Beat);
        }

        return listener;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
            _listeners.Clear();
        }
    }

    private void Tick()
    {
        Listener[] listeners;
        lock (_lock)
        {
            listeners = [.. _listeners];
        }

        foreach (var listener in listeners)
        {
            listener.Call();
        }
    }

    private void Remove(Listener listener)
    {
        lock (_lock)
        {
            _listeners.Remove(listener);
            if (_listeners.Count == 0)
            {
                _timer?.Dispose();
                _timer = null;
            }
        }
    }

    private sealed class Listener(Pulse owner, Func<Task> callback, ExecutionContext? context) : IDisposable
    {
        public void Dispose() => owner.Remove(this);

        /// <summary>The callback hands its work to its renderer, which reports failures; there is nothing to await here.</summary>
        public void Call()
        {
            if (context is null)
            {
                _ = callback();
            }
            else
            {
                ExecutionContext.Run(context, static state => _ = ((Listener)state!).Run(), this);
            }
        }

        private Task Run() => callback();
    }
}

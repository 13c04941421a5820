namespace CallCenter.Tests.Support;

/// <summary>A clock that stands, whose timers go off when told.</summary>
internal sealed class HeldTimers(DateTimeOffset now) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<Timer> _timers = [];

    /// <summary>When those that run would go off.</summary>
    public IReadOnlyList<TimeSpan> Due
    {
        get
        {
            lock (_gate)
            {
                return [.. _timers.Select(timer => timer.Due)];
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state), dueTime);
        lock (_gate)
        {
            _timers.Add(timer);
        }

        return timer;
    }

    /// <summary>Lets those with this due time go off.</summary>
    public void Fire(TimeSpan due)
    {
        Timer[] timers;
        lock (_gate)
        {
            timers = [.. _timers.Where(timer => timer.Due == due)];
        }

        foreach (var timer in timers)
        {
            timer.Callback();
        }
    }

    private sealed class Timer(HeldTimers owner, Action callback, TimeSpan due) : ITimer
    {
        public TimeSpan Due { get; private set; } = due;

        public Action Callback { get; } = callback;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime;
            return true;
        }

        public void Dispose()
        {
            lock (owner._gate)
            {
                owner._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

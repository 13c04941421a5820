namespace CallCenter.Web.Shared;

/// <summary>A short message that goes away by itself.</summary>
/// <param name="Id">Of this message.</param>
/// <param name="Text">For people, already translated.</param>
/// <param name="Tone">Its colour and icon.</param>
/// <param name="Undo">Takes the act back; null when that cannot be.</param>
public sealed record Toast(Guid Id, string Text, Tone Tone, Func<Task>? Undo);

/// <summary>Says that something was done, from anywhere in a circuit; <see cref="ToastHost"/> in the layout shows it.</summary>
public sealed class Toasts(TimeProvider clock) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Toast> _shown = [];
    private readonly List<ITimer> _timers = [];

    internal event Action? Changed;

    internal IReadOnlyList<Toast> Shown
    {
        get
        {
            lock (_lock)
            {
                return [.. _shown];
            }
        }
    }

    /// <summary>Shows a message for 6 seconds, 12 when it can be undone.</summary>
    public void Show(string text, Tone tone = Tone.Good, Func<Task>? undo = null)
    {
        var toast = new Toast(Guid.NewGuid(), text, tone, undo);
        lock (_lock)
        {
            _shown.Add(toast);
            _timers.Add(clock.CreateTimer(_ => Close(toast.Id), null, TimeSpan.FromSeconds(undo is null ? 6 : 12), Timeout.InfiniteTimeSpan));
        }

        Changed?.Invoke();
    }

    /// <summary>Takes a message away.</summary>
    public void Close(Guid id)
    {
        bool removed;
        lock (_lock)
        {
            removed = _shown.RemoveAll(toast => toast.Id == id) > 0;
        }

        if (removed)
        {
            Changed?.Invoke();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (_lock)
        {
            _timers.ForEach(timer => timer.Dispose());
            _timers.Clear();
        }
    }
}

namespace CallCenter.Infrastructure.Extensions;

/// <summary>One test call per extension at a time, and a pause after it, so that a button held down does not ring phones on and on. Per node.</summary>
internal sealed class MyPhoneCalls(TimeProvider time)
{
    internal static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, DateTimeOffset> _busyUntil = [];

    /// <summary>Null while another one is under way or was just placed. Dispose the answer when the PBX has answered.</summary>
    public IDisposable? Begin(Guid extensionId)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            foreach (var over in _busyUntil.Where(pair => pair.Value <= now).Select(pair => pair.Key).ToList())
            {
                _busyUntil.Remove(over);
            }

            return _busyUntil.TryAdd(extensionId, DateTimeOffset.MaxValue) ? new Call(this, extensionId) : null;
        }
    }

    private void End(Guid extensionId)
    {
        lock (_gate)
        {
            _busyUntil[extensionId] = time.GetUtcNow() + Pause;
        }
    }

    private sealed class Call(MyPhoneCalls owner, Guid extensionId) : IDisposable
    {
        public void Dispose() => owner.End(extensionId);
    }
}

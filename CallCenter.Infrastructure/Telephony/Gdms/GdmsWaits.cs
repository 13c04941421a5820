using System.Collections.Concurrent;
using CallCenter.Core.Telephony.Gdms;

namespace CallCenter.Infrastructure.Telephony.Gdms;

/// <summary>Until when GDMS asked each account to wait, and who wants to be told.</summary>
internal sealed class GdmsWaits(GdmsAddresses addresses, TimeProvider time)
{
    private const int EntriesKept = 1_000;

    private readonly ConcurrentDictionary<Key, DateTimeOffset> _until = new();
    private readonly ConcurrentDictionary<Watcher, byte> _watchers = new();

    /// <summary>Null: no need to wait.</summary>
    public DateTime? Until(GdmsAccount account) =>
        _until.TryGetValue(KeyOf(account), out var until) && until > time.GetUtcNow() ? until.UtcDateTime : null;

    /// <summary>Notes a pause that GDMS asked for, or that follows a refusal without one.</summary>
    public void Note(GdmsAccount account, TimeSpan pause)
    {
        var now = time.GetUtcNow();
        if (_until.Count > EntriesKept)
        {
            foreach (var old in _until.Where(entry => entry.Value <= now))
            {
                _until.TryRemove(old);
            }
        }

        var key = KeyOf(account);
        _until[key] = now + pause;
        foreach (var watcher in _watchers.Keys.Where(watcher => watcher.Key == key))
        {
            watcher.Changed();
        }
    }

    /// <summary>Calls back, on the calling thread, when the account has to wait. Dispose the answer to stop.</summary>
    public IDisposable Watch(GdmsAccount account, Action changed)
    {
        var watcher = new Watcher(this, KeyOf(account), changed);
        _watchers[watcher] = 0;
        return watcher;
    }

    private Key KeyOf(GdmsAccount account) => new(addresses.Of(account), account.UserName, account.ApiId);

    private sealed record Key(Uri Address, string UserName, string ApiId);

    private sealed class Watcher(GdmsWaits owner, Key key, Action changed) : IDisposable
    {
        public Key Key => key;

        public Action Changed => changed;

        public void Dispose() => owner._watchers.TryRemove(this, out _);
    }
}

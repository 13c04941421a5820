using System.Collections.Concurrent;

namespace CallCenter.Infrastructure.Recordings;

/// <summary>
/// Who is listening to what: a player asks for many ranges of one recording, and the audit log wants one entry. Forgets after a while
/// without a request, so that hearing it again tomorrow is an act of its own.
/// </summary>
internal sealed class Listening(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(Guid UserId, Guid RecordingId, string Act), DateTimeOffset> _heard = new();

    /// <summary>Notes a request; true when it begins a listening.</summary>
    public bool Begins(Guid userId, Guid recordingId, string act)
    {
        var now = time.GetUtcNow();
        foreach (var (key, at) in _heard)
        {
            if (now - at > Pause)
            {
                _heard.TryRemove(new KeyValuePair<(Guid, Guid, string), DateTimeOffset>(key, at));
            }
        }

        var begins = false;
        _heard.AddOrUpdate(
            (userId, recordingId, act),
            _ =>
            {
                begins = true;
                return now;
            },
            (_, _) =>
            {
                begins = false;
                return now;
            });
        return begins;
    }
}

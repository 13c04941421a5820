using System.Diagnostics;

namespace CallCenter.Simulators.Media;

/// <summary>
/// Everyone in it hears everyone else; who is alone hears music. A waiting queue, a conference, a parking place and the far end of a trunk are all
/// one of these.
/// </summary>
internal sealed class MediaRoom : IAsyncDisposable
{
    // What came late or in a burst is played, but nobody lags behind for ever.
    private const int LongestQueue = 5;
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(20);

    private readonly Lock _gate = new();
    private readonly Dictionary<MediaSession, Member> _members = [];
    private readonly List<MediaVoice> _voices = [];
    private readonly MediaVoice _music = MediaVoice.OfMusic();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _mixing;

    public MediaRoom() => _mixing = MixAsync();

    /// <summary>People in it: browsers and voices.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _members.Count + _voices.Count;
            }
        }
    }

    public void Join(MediaSession session)
    {
        var member = new Member();
        lock (_gate)
        {
            _members[session] = member;
        }

        session.Heard += member.Take;
    }

    public void Join(MediaVoice voice)
    {
        lock (_gate)
        {
            _voices.Add(voice);
        }
    }

    /// <summary>Voices do not stay among themselves: true when nobody is left.</summary>
    public bool Leave(MediaSession session)
    {
        lock (_gate)
        {
            if (_members.Remove(session, out var member))
            {
                session.Heard -= member.Take;
            }

            return _members.Count == 0;
        }
    }

    public void Leave(MediaVoice voice)
    {
        lock (_gate)
        {
            _voices.Remove(voice);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _mixing;
        _stop.Dispose();
    }

    private async Task MixAsync()
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            // By the clock and not by counting pauses: a busy machine wakes us late, and the sound must not fall behind.
            for (var frames = 1L; ; frames++)
            {
                var wait = (frames * Frame) - Stopwatch.GetElapsedTime(started);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, TimeProvider.System, _stop.Token);
                }

                Mix();
                _stop.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException)
        {
            // Over.
        }
    }

    private void Mix()
    {
        List<(MediaSession Session, byte[] Frame)> sent = [];
        lock (_gate)
        {
            var sum = new int[MediaVoice.FrameSamples];
            foreach (var voice in _voices.Select(voice => voice.Next()))
            {
                Add(sum, voice);
            }

            var said = _members.ToDictionary(member => member.Key, member => member.Value.Next());
            foreach (var frame in said.Values.OfType<short[]>())
            {
                Add(sum, frame);
            }

            var alone = _members.Count + _voices.Count == 1 ? _music.Next() : null;
            foreach (var (session, own) in said)
            {
                var frame = new byte[MediaVoice.FrameSamples];
                for (var i = 0; i < frame.Length; i++)
                {
                    frame[i] = MuLaw.Encode(alone?[i] ?? sum[i] - (own?[i] ?? 0));
                }

                sent.Add((session, frame));
            }
        }

        sent.ForEach(one => one.Session.Say(one.Frame));
    }

    private static void Add(int[] sum, short[] frame)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += frame[i];
        }
    }

    private sealed class Member
    {
        private readonly Lock _gate = new();
        private readonly Queue<short[]> _frames = [];

        public void Take(byte[] audio)
        {
            lock (_gate)
            {
                for (var at = 0; at + MediaVoice.FrameSamples <= audio.Length; at += MediaVoice.FrameSamples)
                {
                    _frames.Enqueue([.. audio.AsSpan(at, MediaVoice.FrameSamples).ToArray().Select(MuLaw.Decode)]);
                }

                while (_frames.Count > LongestQueue)
                {
                    _frames.Dequeue();
                }
            }
        }

        public short[]? Next()
        {
            lock (_gate)
            {
                return _frames.TryDequeue(out var frame) ? frame : null;
            }
        }
    }
}

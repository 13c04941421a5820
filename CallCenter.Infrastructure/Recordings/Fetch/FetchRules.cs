using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Recordings.Fetch;

/// <summary>What becomes of a recording after a failed attempt. Pure.</summary>
internal static class FetchRules
{
    /// <summary>Attempts before a file that is not there counts as missing; and its call must be a day old.</summary>
    public const int AttemptsUntilMissing = 8;

    /// <summary>Attempts before what is no whole audio counts as corrupt.</summary>
    public const int AttemptsUntilCorrupt = 5;

    private static readonly TimeSpan LateFor = TimeSpan.FromDays(1);

    // A file appears seconds after its name, at times hours.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6),
    ];

    public static TimeSpan PauseAfter(int attempts) => Pauses[Math.Clamp(attempts - 1, 0, Pauses.Length - 1)];

    /// <param name="error">One of <see cref="PbxRecordingErrors"/>.</param>
    /// <param name="attempts">This one included.</param>
    /// <param name="startedAtUtc">When the audio begins.</param>
    /// <param name="nowUtc">Now.</param>
    /// <returns>The state, and whether it is tried again.</returns>
    public static (RecordingState State, bool Again) After(Error error, int attempts, DateTime startedAtUtc, DateTime nowUtc)
    {
        if (error == PbxRecordingErrors.NoSuchFile)
        {
            return attempts >= AttemptsUntilMissing && nowUtc - startedAtUtc > LateFor
                ? (RecordingState.Missing, false)
                : (RecordingState.Waiting, true);
        }

        if (error == PbxRecordingErrors.NotAudio || error == PbxRecordingErrors.Cut)
        {
            return attempts >= AttemptsUntilCorrupt ? (RecordingState.Corrupt, false) : (RecordingState.Failed, true);
        }

        return (RecordingState.Failed, error != PbxRecordingErrors.NameUnusable);
    }
}

using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Recordings;

/// <summary>
/// The recordings of the current tenant as people use them. Needs <see cref="Permissions.Recordings.Play"/>; what lies outside the
/// caller's reach of calls, and what belongs to another tenant, is not found.
/// </summary>
public interface IRecordings
{
    /// <summary>A call's recordings, the first first.</summary>
    /// <returns>The recordings, or <see cref="AccessErrors.Denied"/> or <see cref="RecordingErrors.NotFound"/> for the call.</returns>
    Task<Result<IReadOnlyList<RecordingRow>>> OfCallAsync(Guid callId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Opens a recording's audio. Listening is noted in the audit log once per person and while; taking the file along, which needs
    /// <see cref="Permissions.Recordings.Download"/>, each time. A stored file that is gone or damaged is <see cref="RecordingState.Lost"/>
    /// from then on.
    /// </summary>
    /// <returns>
    /// The audio, to be disposed; or <see cref="AccessErrors.Denied"/>, <see cref="RecordingErrors.NotFound"/> (also when nothing is stored),
    /// <see cref="RecordingErrors.FileMissing"/>, <see cref="RecordingErrors.FileCorrupt"/> or <see cref="RecordingErrors.StoreFailed"/>.
    /// </returns>
    Task<Result<OpenRecording>> OpenAsync(Guid id, bool download, CancellationToken cancellationToken = default);

    /// <summary>
    /// Opens a recording's audio with its marked stretches, which <see cref="OpenAsync"/> leaves silent for whoever may not hear them and
    /// for playing. Needs <see cref="Permissions.Recordings.PlayMarked"/>; noted in the audit log once per person and while.
    /// </summary>
    Task<Result<OpenRecording>> OpenWholeAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>How fetching stands, and the newest recordings of a state within the caller's reach.</summary>
    /// <param name="state">Null for all states.</param>
    /// <param name="count">1 to 200; clamped.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<Result<RecordingOverview>> LookAsync(RecordingState? state, int count, CancellationToken cancellationToken = default);

    /// <summary>
    /// Tries again what failed, is missing or corrupt: one recording, or all with null. Needs
    /// <see cref="Permissions.Recordings.Retention"/>.
    /// </summary>
    /// <returns>How many, or <see cref="AccessErrors.Denied"/>.</returns>
    Task<Result<int>> RetryAsync(Guid? id, CancellationToken cancellationToken = default);
}

/// <summary>A recording as shown.</summary>
/// <param name="Id">Its key.</param>
/// <param name="CallId">Its call.</param>
/// <param name="State">How far it got.</param>
/// <param name="StartedAtUtc">When the audio begins, UTC.</param>
/// <param name="DurationSeconds">Length; of the leg until it is stored.</param>
/// <param name="SizeBytes">Bytes; 0 until it is stored.</param>
/// <param name="Failure">Code of the last failure; may be empty.</param>
/// <param name="NextAttemptUtc">When it is tried (again), UTC; null when it is not.</param>
/// <param name="Peaks">Outline, 0 to 255 each; empty until it is stored, and for audio that cannot be drawn.</param>
public sealed record RecordingRow(
    Guid Id, Guid CallId, RecordingState State, DateTime StartedAtUtc, int DurationSeconds, long SizeBytes, string Failure, DateTime? NextAttemptUtc, byte[] Peaks)
{
    /// <summary>Its call with both parties and their clients, in lists; null where one call is looked at, or it is gone.</summary>
    public CallRow? Call { get; init; }

    /// <summary>Marks that touch the recording, by time.</summary>
    public IReadOnlyList<PauseView> Pauses { get; init; } = [];
}

/// <summary>Audio for a listener.</summary>
/// <param name="Audio">Can seek.</param>
/// <param name="Sha256">Of what is stored; marks the version for range requests.</param>
/// <param name="StoredAtUtc">When it was stored, UTC.</param>
/// <param name="FileName">A name that says which call, in the tenant's zone.</param>
public sealed record OpenRecording(Stream Audio, string Sha256, DateTime StoredAtUtc, string FileName);

/// <summary>How fetching stands.</summary>
/// <param name="Counts">Recordings by state, within the caller's reach.</param>
/// <param name="StoredBytes">Bytes of stored audio within the reach.</param>
/// <param name="FetchingEnabled">Whether the tenant fetches at all.</param>
/// <param name="StoreTrouble">Why the store takes nothing; null when it does.</param>
/// <param name="Rows">The newest.</param>
public sealed record RecordingOverview(
    IReadOnlyDictionary<RecordingState, int> Counts, long StoredBytes, bool FetchingEnabled, Error? StoreTrouble, IReadOnlyList<RecordingRow> Rows);

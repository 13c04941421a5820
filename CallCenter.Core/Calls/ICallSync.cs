using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Calls;

/// <summary>Fetches the current tenant's calls from its PBX. One run per PBX at a time, whoever starts it.</summary>
public interface ICallSync
{
    /// <summary>Starts a run, or joins the one under way. Returns at once; the run outlives the page.</summary>
    /// <returns>
    /// The progress so far, <see cref="AccessErrors.Denied"/>, <see cref="TelephonyErrors.NotConfigured"/>, another failure to read the settings,
    /// or <see cref="CallErrors.SyncRunsElsewhere"/>.
    /// </returns>
    Task<Result<CallSyncProgress>> StartAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends the run under way after the current step; what is stored stays.</summary>
    /// <returns>Success, <see cref="AccessErrors.Denied"/> or <see cref="CallErrors.SyncNotRunning"/>.</returns>
    Task<Result> CancelAsync(CancellationToken cancellationToken = default);

    /// <summary>The run under way and how the last one went.</summary>
    /// <returns>The status or <see cref="AccessErrors.Denied"/>.</returns>
    Task<Result<CallSyncStatus>> GetStatusAsync(CancellationToken cancellationToken = default);

    /// <summary>Calls back, at most a few times a second, when the status or the calls changed: read again. Dispose the answer to stop.</summary>
    IDisposable Subscribe(Func<Task> changed);
}

/// <summary>What a run is doing.</summary>
public enum CallSyncPhase
{
    /// <summary>Asking for the oldest row, or waiting for its turn.</summary>
    Preparing = 1,

    /// <summary>Reading history for the first time, oldest first.</summary>
    History = 2,

    /// <summary>Reading what is new or may have changed.</summary>
    Recent = 3,

    /// <summary>Waiting before it tries a failed step again.</summary>
    Waiting = 4,

    /// <summary>Ended well.</summary>
    Done = 5,

    /// <summary>Ended by a failure.</summary>
    Failed = 6,

    /// <summary>Ended by a person or by the portal's shutdown.</summary>
    Cancelled = 7,
}

/// <summary>A run at one moment.</summary>
/// <param name="Phase">What it is doing.</param>
/// <param name="StartedAtUtc">Start of the run, UTC.</param>
/// <param name="WindowFromUtc">Start of the span of call starts being read, UTC; null while preparing.</param>
/// <param name="WindowToUtc">Its end, UTC.</param>
/// <param name="PagesRead">Pages read.</param>
/// <param name="LegsRead">Legs read, those seen before included.</param>
/// <param name="CallsWritten">Calls added or changed.</param>
/// <param name="SkippedRows">Rows that could not be understood.</param>
/// <param name="Fraction">Part of the time span that is done, 0 to 1; null while unknown.</param>
/// <param name="Error">Why it waits or failed; else null.</param>
public sealed record CallSyncProgress(
    CallSyncPhase Phase,
    DateTime StartedAtUtc,
    DateTime? WindowFromUtc = null,
    DateTime? WindowToUtc = null,
    long PagesRead = 0,
    long LegsRead = 0,
    long CallsWritten = 0,
    long SkippedRows = 0,
    double? Fraction = null,
    Error? Error = null)
{
    /// <summary>True until the run ended.</summary>
    public bool IsRunning => Phase < CallSyncPhase.Done;

    /// <summary>Time to the end if it goes on as before; null when that cannot be said yet.</summary>
    public TimeSpan? Remaining(DateTime nowUtc) =>
        Fraction is > 0.02 and < 1 && nowUtc > StartedAtUtc ? (nowUtc - StartedAtUtc) * ((1 - Fraction.Value) / Fraction.Value) : null;
}

/// <summary>State of the sync with the tenant's PBX.</summary>
/// <param name="IsConfigured">Whether there is a PBX connection.</param>
/// <param name="Running">The run under way in this process; null when none.</param>
/// <param name="CursorUtc">Calls that started before this are complete, UTC; null before the first run.</param>
/// <param name="IsCaughtUp">False until the first run reached the present.</param>
/// <param name="LastSucceededAtUtc">UTC; null before the first success.</param>
/// <param name="LastFailedAtUtc">UTC; null when none failed.</param>
/// <param name="LastErrorCode">Code of the last failure; null while the last run went well.</param>
/// <param name="FailedAttempts">Failed runs in a row.</param>
/// <param name="NextAttemptAtUtc">When the job tries again, UTC; null when at its next turn.</param>
/// <param name="IsStopped">The job rests until the settings change.</param>
/// <param name="SkippedRows">Rows the last run could not understand.</param>
public sealed record CallSyncStatus(
    bool IsConfigured,
    CallSyncProgress? Running,
    DateTime? CursorUtc,
    bool IsCaughtUp,
    DateTime? LastSucceededAtUtc,
    DateTime? LastFailedAtUtc,
    string? LastErrorCode,
    int FailedAttempts,
    DateTime? NextAttemptAtUtc,
    bool IsStopped,
    long SkippedRows);

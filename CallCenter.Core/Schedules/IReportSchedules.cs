using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Schedules;

/// <summary>
/// Reports of the current tenant that are made by themselves. Everything needs <see cref="Permissions.Reports.Schedule"/> and
/// <see cref="Permissions.Reports.Export"/>, else <see cref="AccessErrors.Denied"/>. Those who see all calls see all schedules, others their own.
/// </summary>
public interface IReportSchedules
{
    /// <summary>All, by name.</summary>
    Task<Result<IReadOnlyList<ScheduleRow>>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes one that runs from now on, with the caller's rights.</summary>
    /// <returns>Its key, an error of <see cref="ScheduleFormValidator"/> with its field, or <see cref="Mail.MailErrors.RecipientNotAllowed"/>.</returns>
    Task<Result<Guid>> CreateAsync(ScheduleForm form, CancellationToken cancellationToken = default);

    /// <summary>Changes one. Whoever saves becomes its owner; one that was stopped runs again.</summary>
    /// <param name="id">Which.</param>
    /// <param name="form">How it shall be.</param>
    /// <param name="version">From <see cref="ScheduleRow.Version"/>; another one answers <see cref="ScheduleErrors.Conflict"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task<Result> ChangeAsync(Guid id, ScheduleForm form, int version, CancellationToken cancellationToken = default);

    /// <summary>Keeps it from running; times that pass meanwhile are not made up for.</summary>
    Task<Result> PauseAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Lets a paused one run again. One that was stopped is saved anew instead.</summary>
    Task<Result> ResumeAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Makes the report at once, as if it were due; its next time stays. <see cref="ScheduleErrors.StillMaking"/> while one is being made.</summary>
    Task<Result> RunNowAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Deletes it with its runs; exports stay until they expire.</summary>
    Task<Result> DeleteAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>The last runs, newest first.</summary>
    Task<Result<IReadOnlyList<ScheduleRunRow>>> ListRunsAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Whether a mail server is set up.</summary>
    Task<bool> CanMailAsync(CancellationToken cancellationToken = default);

    /// <summary>Calls back after changes, in the subscriber's culture. Dispose the answer to stop.</summary>
    IDisposable Subscribe(Func<Task> changed);
}

/// <summary>A schedule as listed; members mean what they mean on <see cref="ReportSchedule"/>, times are UTC.</summary>
public sealed record ScheduleRow(
    Guid Id,
    string Name,
    string Report,
    string Filter,
    CallRange Range,
    ExportFormat Format,
    string Language,
    SchedulePlan Plan,
    IReadOnlyList<string> Recipients,
    bool AttachFile,
    string OwnerName,
    bool IsOwn,
    ScheduleState State,
    string StopReason,
    DateTime? NextRunUtc,
    ScheduleRunRow? LastRun,
    int Version)
{
    /// <summary>To be edited.</summary>
    public ScheduleForm ToForm() => new()
    {
        Name = Name,
        Report = Report,
        Filter = Filter,
        Range = Range,
        Format = Format,
        Language = Language,
        Rhythm = Plan.Rhythm,
        Weekday = Plan.Weekday,
        MonthDay = Plan.MonthDay,
        Time = ScheduleTime.Write(Plan.Time),
        Recipients = string.Join('\n', Recipients),
        AttachFile = AttachFile,
    };
}

/// <summary>A run as listed; members mean what they mean on <see cref="ScheduleRun"/>.</summary>
/// <param name="Id">Key.</param>
/// <param name="DueAtUtc">Due time.</param>
/// <param name="IsManual">Asked for by hand.</param>
/// <param name="Missed">Times that passed before it.</param>
/// <param name="State">How far.</param>
/// <param name="Failure">What was wrong.</param>
/// <param name="Refused">Recipients who may not get mail any more.</param>
/// <param name="ExportId">Its export.</param>
/// <param name="MailsSent">Mails that a server took.</param>
/// <param name="MailsWaiting">Mails still to be sent.</param>
/// <param name="MailsFailed">Mails given up.</param>
/// <param name="MailFailure">Code of the last failure of a mail; empty for none.</param>
public sealed record ScheduleRunRow(
    Guid Id, DateTime DueAtUtc, bool IsManual, int Missed, ScheduleRunState State, string Failure, int Refused, Guid ExportId, int MailsSent, int MailsWaiting, int MailsFailed, string MailFailure);

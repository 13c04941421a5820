namespace CallCenter.Core.Schedules;

/// <summary>How often a schedule is due. Stored in the database.</summary>
public enum ScheduleRhythm
{
    /// <summary>Each day.</summary>
    Daily = 1,

    /// <summary>Once a week, on a weekday.</summary>
    Weekly = 2,

    /// <summary>Once a month, on a day; the last one where the month is shorter.</summary>
    Monthly = 3,
}

/// <summary>Whether a schedule runs. Stored in the database.</summary>
public enum ScheduleState
{
    /// <summary>It runs.</summary>
    Active = 1,

    /// <summary>Somebody paused it.</summary>
    Paused = 2,

    /// <summary>The portal stopped it, see <see cref="ReportSchedule.StopReason"/>.</summary>
    Stopped = 3,
}

/// <summary>How far a run got. Stored in the database.</summary>
public enum ScheduleRunState
{
    /// <summary>The file is being made.</summary>
    Making = 1,

    /// <summary>The file is there, and mails are in the outbox where they were wanted.</summary>
    Done = 2,

    /// <summary>There is no file, see <see cref="ScheduleRun.Failure"/>.</summary>
    Failed = 3,
}

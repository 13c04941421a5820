using CallCenter.Core.Primitives;

namespace CallCenter.Core.Schedules;

/// <summary>Expected failures of scheduled reports.</summary>
public static class ScheduleErrors
{
    /// <summary>No such schedule here; another tenant's answers the same.</summary>
    public static readonly Error NotFound = new("schedules.not_found", "The schedule was not found.");

    /// <summary>Somebody else changed it, or it ran, meanwhile.</summary>
    public static readonly Error Conflict = new("schedules.conflict", "The schedule was changed meanwhile. Open it again.");

    /// <summary>The tenant has <see cref="ReportSchedule.MaxPerTenant"/>.</summary>
    public static readonly Error TooMany = new("schedules.too_many", "There are too many schedules. Delete one first.");

    /// <summary>No name.</summary>
    public static readonly Error NameNeeded = new("schedules.name_needed", "Give the schedule a name.");

    /// <summary>Longer than <see cref="ReportSchedule.NameMaxLength"/>.</summary>
    public static readonly Error NameTooLong = new("schedules.name_too_long", "The name is too long.");

    /// <summary>No such report, or what narrows it cannot be understood.</summary>
    public static readonly Error ReportGone = new("schedules.report_gone", "There is no such report.");

    /// <summary>Not among <see cref="ReportSchedule.Ranges"/>.</summary>
    public static readonly Error RangeUnknown = new("schedules.range_unknown", "Choose one of the ranges offered.");

    /// <summary>Neither CSV nor Excel.</summary>
    public static readonly Error FormatUnknown = new("schedules.format_unknown", "Choose CSV or Excel.");

    /// <summary>Not a rhythm.</summary>
    public static readonly Error RhythmUnknown = new("schedules.rhythm_unknown", "Choose how often.");

    /// <summary>Outside 1 to 31.</summary>
    public static readonly Error MonthDayRange = new("schedules.month_day_range", "Enter a day from 1 to 31.");

    /// <summary>Not a time of day.</summary>
    public static readonly Error TimeInvalid = new("schedules.time_invalid", "Enter a time such as 07:00.");

    /// <summary>More than <see cref="ReportSchedule.MaxRecipients"/>.</summary>
    public static readonly Error TooManyRecipients = new("schedules.too_many_recipients", "A schedule has at most 20 recipients.");

    /// <summary>The owner may no longer schedule reports: another role, a closed place, a closed account.</summary>
    public static readonly Error OwnerLostRights = new("schedules.owner_lost_rights", "The owner may no longer have reports made. Save the schedule to take it over.");

    /// <summary>One is being made already.</summary>
    public static readonly Error StillMaking = new("schedules.still_making", "The last run is not over yet.");
}

/// <summary>Acts on schedules in the audit log. Permanent, as they are stored.</summary>
public static class ScheduleAuditActions
{
    /// <summary>Made.</summary>
    public const string Created = "schedules.created";

    /// <summary>Changed.</summary>
    public const string Changed = "schedules.changed";

    /// <summary>Paused by a person.</summary>
    public const string Paused = "schedules.paused";

    /// <summary>Let run again.</summary>
    public const string Resumed = "schedules.resumed";

    /// <summary>Run by hand.</summary>
    public const string RunNow = "schedules.run_now";

    /// <summary>Deleted.</summary>
    public const string Deleted = "schedules.deleted";

    /// <summary>Stopped by the portal.</summary>
    public const string Stopped = "schedules.stopped";
}

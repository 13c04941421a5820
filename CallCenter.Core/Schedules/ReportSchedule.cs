using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Schedules;

/// <summary>A report that is made by itself, with the rights of its owner, into the list of exports and by mail.</summary>
public sealed class ReportSchedule : ITenantOwned
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameMaxLength = 80;

    /// <summary>Longest list of recipients, in characters.</summary>
    public const int RecipientsMaxLength = 2000;

    /// <summary>Most recipients.</summary>
    public const int MaxRecipients = 20;

    /// <summary>Most schedules of a tenant.</summary>
    public const int MaxPerTenant = 100;

    /// <summary>Ranges that a schedule can report on: whole ones that are over.</summary>
    public static readonly IReadOnlyList<CallRange> Ranges = [CallRange.Yesterday, CallRange.LastWeek, CallRange.LastMonth];

    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Name as people see it.</summary>
    public required string Name { get; set; }

    /// <summary>Who saved it last; their rights decide what is in the report.</summary>
    public required Guid OwnerId { get; set; }

    /// <summary>Their name then.</summary>
    public required string OwnerName { get; set; }

    /// <summary>Key of the report.</summary>
    public required string Report { get; set; }

    /// <summary>What narrows it, as the query of an address without days.</summary>
    public required string Filter { get; set; }

    /// <summary>Days of the report, counted from the day on which it is due.</summary>
    public required CallRange Range { get; set; }

    /// <summary>What kind of file.</summary>
    public required ExportFormat Format { get; set; }

    /// <summary>Language of file and mail, <c>en</c> or <c>ar</c>.</summary>
    public required string Language { get; set; }

    /// <summary>How often.</summary>
    public required ScheduleRhythm Rhythm { get; set; }

    /// <summary>Day of weekly ones.</summary>
    public required DayOfWeek Weekday { get; set; }

    /// <summary>Day of monthly ones, 1 to 31.</summary>
    public required int MonthDay { get; set; }

    /// <summary>Time of day in the tenant's zone.</summary>
    public required TimeOnly Time { get; set; }

    /// <summary>Mail addresses, one a line; empty for no mail.</summary>
    public required string Recipients { get; set; }

    /// <summary>The file goes along with the mail where it is small enough.</summary>
    public required bool AttachFile { get; set; }

    /// <summary>Whether it runs.</summary>
    public ScheduleState State { get; set; } = ScheduleState.Active;

    /// <summary>Code of why the portal stopped it; empty unless it did.</summary>
    public string StopReason { get; set; } = "";

    /// <summary>When it is due next, UTC; null while it does not run.</summary>
    public DateTime? NextRunUtc { get; set; }

    /// <summary>Zone in which <see cref="NextRunUtc"/> was reckoned; another zone of the tenant means to reckon anew.</summary>
    public required string TimeZoneId { get; set; }

    /// <summary>Counts changes; each run is one, so that of two nodes one starts it.</summary>
    public int Version { get; init; } = 1;

    /// <summary>When it was made, UTC.</summary>
    public required DateTime CreatedAtUtc { get; init; }

    /// <summary>When it is due.</summary>
    public SchedulePlan Plan => new(Rhythm, Weekday, MonthDay, Time);

    /// <summary>Lets it run from now on.</summary>
    public void Activate(DateTime nowUtc, TimeZoneInfo zone)
    {
        (State, StopReason, TimeZoneId) = (ScheduleState.Active, "", zone.Id);
        NextRunUtc = Plan.NextAfter(nowUtc, zone);
    }

    /// <summary>Keeps it from running.</summary>
    /// <param name="reason">Code of why, when the portal does it; empty when a person does.</param>
    public void Halt(string reason)
    {
        (State, StopReason) = (reason.Length == 0 ? ScheduleState.Paused : ScheduleState.Stopped, reason);
        NextRunUtc = null;
    }
}

/// <summary>One run of a schedule. There is one for each due time, whatever happens.</summary>
public sealed class ScheduleRun : ITenantOwned
{
    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Of which schedule.</summary>
    public required Guid ScheduleId { get; init; }

    /// <summary>The due time, UTC; unique in a schedule. Of one that was asked for, when that was.</summary>
    public required DateTime DueAtUtc { get; init; }

    /// <summary>Somebody asked for it.</summary>
    public required bool IsManual { get; init; }

    /// <summary>Due times before it that passed while the portal was down; they are not made up for.</summary>
    public required int Missed { get; init; }

    /// <summary>The export that it made.</summary>
    public required Guid ExportId { get; init; }

    /// <summary>How far it got.</summary>
    public required ScheduleRunState State { get; set; }

    /// <summary>Code of what was wrong; of one that is done, why no mail was written.</summary>
    public string Failure { get; set; } = "";

    /// <summary>Recipients who may not get mail any more.</summary>
    public int Refused { get; set; }

    /// <summary>When it was begun, UTC.</summary>
    public required DateTime CreatedAtUtc { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTime? FinishedAtUtc { get; set; }
}

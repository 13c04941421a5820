using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Core.Mail;
using CallCenter.Core.Primitives;
using CallCenter.Core.Reports;
using FluentValidation;

namespace CallCenter.Core.Schedules;

/// <summary>A schedule as a person edits it.</summary>
public sealed class ScheduleForm
{
    /// <summary>Name.</summary>
    public string Name { get; set; } = "";

    /// <summary>Key of the report.</summary>
    public string Report { get; set; } = "queues";

    /// <summary>What narrows it, as the query of an address; days in it do not count.</summary>
    public string Filter { get; set; } = "";

    /// <summary>Days of the report.</summary>
    public CallRange Range { get; set; } = CallRange.Yesterday;

    /// <summary>What kind of file.</summary>
    public ExportFormat Format { get; set; } = ExportFormat.Xlsx;

    /// <summary>Language of file and mail.</summary>
    public string Language { get; set; } = "en";

    /// <summary>How often.</summary>
    public ScheduleRhythm Rhythm { get; set; } = ScheduleRhythm.Daily;

    /// <summary>Day of weekly ones.</summary>
    public DayOfWeek Weekday { get; set; } = DayOfWeek.Sunday;

    /// <summary>Day of monthly ones; null while the box is empty.</summary>
    public int? MonthDay { get; set; } = 1;

    /// <summary>Time of day, <c>07:00</c>.</summary>
    public string Time { get; set; } = "07:00";

    /// <summary>Addresses, separated by lines, blanks, commas or semicolons.</summary>
    public string Recipients { get; set; } = "";

    /// <summary>The file goes along.</summary>
    public bool AttachFile { get; set; }
}

/// <summary>Rules of <see cref="ScheduleForm"/>.</summary>
public sealed class ScheduleFormValidator : AbstractValidator<ScheduleForm>
{
    /// <summary>Builds the rules.</summary>
    public ScheduleFormValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(f => f.Name).Must(name => name.Trim().Length > 0).As(ScheduleErrors.NameNeeded)
            .Must(name => name.Trim().Length <= ReportSchedule.NameMaxLength).As(ScheduleErrors.NameTooLong);
        RuleFor(f => f.Report).Must(report => ReportCatalogue.Find(report) is not null).As(ScheduleErrors.ReportGone);
        RuleFor(f => f.Range).Must(range => ReportSchedule.Ranges.Contains(range)).As(ScheduleErrors.RangeUnknown);
        RuleFor(f => f.Format).Must(format => format is ExportFormat.Csv or ExportFormat.Xlsx).As(ScheduleErrors.FormatUnknown);
        RuleFor(f => f.Rhythm).IsInEnum().As(ScheduleErrors.RhythmUnknown);
        RuleFor(f => f.Weekday).IsInEnum().As(ScheduleErrors.RhythmUnknown);
        RuleFor(f => f.MonthDay).Must(day => day is >= 1 and <= 31).As(ScheduleErrors.MonthDayRange).When(f => f.Rhythm == ScheduleRhythm.Monthly);
        RuleFor(f => f.Time).Must(text => ScheduleTime.Read(text) is not null).As(ScheduleErrors.TimeInvalid);
        RuleFor(f => f.Recipients).Must(text => MailAddresses.Split(text).Count <= ReportSchedule.MaxRecipients && text.Length <= ReportSchedule.RecipientsMaxLength).As(ScheduleErrors.TooManyRecipients)
            .Must(text => MailAddresses.Split(text).All(MailAddresses.IsAddress)).As(MailErrors.AddressInvalid);
    }
}

/// <summary>Times of day as forms have them.</summary>
public static class ScheduleTime
{
    /// <summary>Of <c>07:00</c>, as browsers send it; null when it is none.</summary>
    public static TimeOnly? Read(string text) =>
        TimeOnly.TryParseExact(text.Trim(), ["HH:mm", "HH:mm:ss"], System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var time)
            ? new TimeOnly(time.Hour, time.Minute)
            : null;

    /// <summary>As <c>07:00</c>.</summary>
    public static string Write(TimeOnly time) => time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}

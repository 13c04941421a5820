using System.Globalization;
using CallCenter.Core.Exports;
using CallCenter.Core.Mail;
using CallCenter.Core.Primitives;
using CallCenter.Core.Reports;
using CallCenter.Core.Schedules;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Mail;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Schedules;

/// <summary>What a mail about a report says: which, of which days, its totals, and where the file is. In a scope with the owner's rights.</summary>
internal sealed class ScheduleMail(IReports reports, IExportWords words, ITenantContext tenant, IOptions<MailOptions> options)
{
    private const int MostFigures = 6;

    public async Task<ComposedMail> ComposeAsync(ReportSchedule schedule, Export export, CancellationToken cancellationToken)
    {
        var language = schedule.Language;
        var values = ExportFilterText.Read(export.Filter).GroupBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(export.TimeZoneId);
        var ask = ReportAskText.Read(values.GetValueOrDefault, LocalDay.Of(export.CreatedAtUtc, zone), Weekdays.FirstOf(tenant.Tenant.CountryCode));
        var table = await reports.ReadAsync(export.Report, ask, cancellationToken);
        var days = ask.From == ask.To ? Day(ask.From) : $"{Day(ask.From)} – {Day(ask.To)}";
        var title = Word($"Report.{export.Report}");
        IReadOnlyList<(string Name, string Value)> figures = table is { Succeeded: true, Value.Total: { } total }
            ? [.. table.Value.Columns.Zip(total.Values).Where(pair => pair.Second is not null).Take(MostFigures).Select(pair => (Word($"Column.{pair.First.Key}"), Text(pair.First.Cell, pair.Second!.Value)))]
            : [];
        var attaches = schedule.AttachFile && export.State == ExportState.Done && export.SizeBytes > 0 && export.SizeBytes <= options.Value.AttachmentMaxBytes;
        var link = options.Value.PortalAddress is { } portal ? new Uri(portal, $"{tenant.Tenant.Slug}/exports?export={export.Id}").ToString() : null;
        var lead = string.Format(CultureInfo.InvariantCulture, Word("Mail.Lead"), title, days, tenant.Tenant.Name);
        var foot = string.Format(CultureInfo.InvariantCulture, Word(schedule.AttachFile && !attaches ? "Mail.FootTooLarge" : "Mail.Foot"), schedule.Name, export.OwnerName);
        var text = string.Join("\r\n", [lead, "", .. figures.Select(figure => $"{figure.Name}: {figure.Value}"), "", link is null ? Word("Mail.NoLink") : $"{Word("Mail.Link")}: {link}", "", foot]);
        var subject = $"{schedule.Name}: {days}";
        return new ComposedMail(
            subject.Length <= OutboxMail.SubjectMaxLength ? subject : subject[..OutboxMail.SubjectMaxLength],
            text,
            MailHtml.Page(language, lead, figures, link, Word("Mail.Link"), link is null ? $"{Word("Mail.NoLink")} {foot}" : foot),
            attaches);

        string Word(string key) => words[language, key];
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(ExportCell cell, double value) => cell switch
    {
        ExportCell.Percent => (value * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %",
        ExportCell.Duration => TimeSpan.FromSeconds(Math.Round(value)) is var time ? string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}") : "",
        ExportCell.Bytes => (value / 1_000_000).ToString("N1", CultureInfo.InvariantCulture) + " MB",
        ExportCell.Fraction => value.ToString("0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("N0", CultureInfo.InvariantCulture),
    };
}

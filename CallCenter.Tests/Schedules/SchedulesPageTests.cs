using Bunit;
using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Core.Mail;
using CallCenter.Core.Primitives;
using CallCenter.Core.Schedules;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Schedules;
using CallCenter.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Schedules;

public sealed class SchedulesPageTests : PortalContext
{
    private readonly IReportSchedules _schedules = Substitute.For<IReportSchedules>();

    public SchedulesPageTests()
    {
        EnterAs(TenantRole.Manager);
        Services.AddSingleton(_schedules);
        _schedules.Subscribe(default!).ReturnsForAnyArgs(Substitute.For<IDisposable>());
        Answer();
    }

    [Fact]
    public void List_Failed_SaysSoAndTriesAgain()
    {
        _schedules.ListAsync(default).ReturnsForAnyArgs(AccessErrors.Denied);
        var page = Open();
        Assert.NotEmpty(page.FindAll("[role=alert]"));

        Answer(Row());
        page.Find(".failed button").Click();

        Assert.Contains("Each morning", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void List_Empty_TeachesTheNextStep() => Assert.Contains("No schedules yet", Open().Markup, StringComparison.Ordinal);

    [Fact]
    public void List_StoppedWithAFailedMail_ShowsBothReasons()
    {
        var run = new ScheduleRunRow(Guid.NewGuid(), Now, false, 2, ScheduleRunState.Done, "", 1, Guid.NewGuid(), 1, 0, 1, MailErrors.RecipientRejected.Code);
        Answer(Row() with { State = ScheduleState.Stopped, StopReason = ScheduleErrors.OwnerLostRights.Code, NextRunUtc = null, LastRun = run });

        var text = Open().Find("tbody").TextContent;

        Assert.Contains("Stopped", text, StringComparison.Ordinal);
        Assert.Contains("may no longer have reports made", text, StringComparison.Ordinal);
        Assert.Contains("refuses the recipient", text, StringComparison.Ordinal);
        Assert.Contains("Mails: 1 sent, 0 waiting, 1 failed", text, StringComparison.Ordinal);
        Assert.Contains("missed while it was down: 2", text, StringComparison.Ordinal);
    }

    [Fact]
    public void List_RecipientsWithoutAMailServer_IsWarnedOf()
    {
        Answer(Row());
        Assert.Empty(Open().FindAll("a[href='riyadh/settings/mail']"));

        _schedules.CanMailAsync(default).ReturnsForAnyArgs(false);

        Assert.NotEmpty(Open().FindAll("a[href='riyadh/settings/mail']"));
    }

    [Fact]
    public void Save_WrongTime_ShowsTheErrorAtItsFieldAndKeepsWhatWasTyped()
    {
        _schedules.CreateAsync(default!, default).ReturnsForAnyArgs(ScheduleErrors.TimeInvalid with { Field = nameof(ScheduleForm.Time) });
        var page = Open();

        page.Find(".page-actions button, header button").Click();
        page.Find("#schedule-name").Input("Weekly figures");
        page.Find("#schedule-time").Input("");
        page.Find("dialog form").Submit();

        Assert.Contains("Enter a time", page.Find("#schedule-time-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("Weekly figures", page.Find("#schedule-name").GetAttribute("value"));
    }

    [Fact]
    public void NewFromAReport_BeginsWithItsFilter()
    {
        Navigation.NavigateTo("riyadh/reports/schedules?new=agents&filter=queue%3D6500");

        var page = Open();
        page.Find("#schedule-name").Input("Agents");
        page.Find("dialog form").Submit();

        _schedules.Received().CreateAsync(Arg.Is<ScheduleForm>(form => form.Report == "agents" && form.Filter == "queue=6500"), Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Delete_AsksFirst()
    {
        Answer(Row());
        var page = Open();
        var dialogs = Services.GetRequiredService<Dialogs>();

        page.FindAll("tbody td.actions button")[^1].Click();

        Assert.NotNull(dialogs.Current);
        _schedules.DidNotReceiveWithAnyArgs().DeleteAsync(default, default);
    }

    private static ScheduleRow Row() => new(
        Guid.NewGuid(), "Each morning", "queues", "", CallRange.Yesterday, ExportFormat.Csv, "en", new SchedulePlan(ScheduleRhythm.Daily, default, 1, new TimeOnly(8, 0)), ["boss@example.org"], false, "Mona", true,
        ScheduleState.Active, "", Now.AddHours(4), null, 1);

    private void Answer(params ScheduleRow[] rows)
    {
        _schedules.ListAsync(default).ReturnsForAnyArgs(Ok<ScheduleRow>(rows));
        _schedules.CanMailAsync(default).ReturnsForAnyArgs(true);
        _schedules.ListRunsAsync(default, default).ReturnsForAnyArgs(Ok<ScheduleRunRow>([]));
    }

    private static Result<IReadOnlyList<T>> Ok<T>(T[] rows) => rows;

    private IRenderedComponent<SchedulesPage> Open() => Render<SchedulesPage>(page => page.Add(p => p.Slug, "riyadh"));
}

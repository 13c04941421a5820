using System.Text;
using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Core.Mail;
using CallCenter.Core.Schedules;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Schedules;
using CallCenter.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Schedules;

public sealed class ScheduleTests
{
    [Fact]
    public async Task Schedule_WhenDue_MakesTheReportOfYesterdayOnceIntoTheListOfExports()
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        fixture.GoTo(day: 3, hour: 7);
        await fixture.CreateScheduleAsync();

        await fixture.RoundAsync();
        Assert.Empty(await fixture.RunsAsync());

        fixture.GoTo(day: 3, hour: 8);
        await fixture.RoundAsync();
        await fixture.RoundAsync();

        var export = Assert.Single((await fixture.Exports.WithAsync(e => e.ListAsync())).Value);
        Assert.Equal((ExportState.Done, "queues", "from=2026-03-02&to=2026-03-02"), (export.State, export.Report, export.Filter));
        Assert.StartsWith("Column.Name", Encoding.UTF8.GetString(await fixture.Exports.DownloadAsync(export.Id)).TrimStart('\uFEFF'), StringComparison.Ordinal);
        var row = await fixture.RowAsync();
        Assert.Equal((ScheduleRunState.Done, export.Id), (row.LastRun!.State, row.LastRun.ExportId));
        Assert.Equal(new DateTime(2026, 3, 4, 5, 0, 0, DateTimeKind.Utc), row.NextRunUtc);
        Assert.Equal(row.Id, export.ScheduleId);
    }

    [Theory]
    [InlineData(CallRange.LastWeek, "from=2026-02-22&to=2026-02-28")]
    [InlineData(CallRange.LastMonth, "from=2026-02-01&to=2026-02-28")]
    public async Task Schedule_OtherRanges_AreWholeOnesThatAreOver(CallRange range, string filter)
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        fixture.GoTo(day: 3, hour: 7);
        var form = ScheduleFixture.Form();
        (form.Range, form.Filter) = (range, "range=today&queue=6500");
        await fixture.CreateScheduleAsync(form);

        fixture.GoTo(day: 3, hour: 8);
        await fixture.RoundAsync();

        Assert.Equal($"queue=6500&{filter}", Assert.Single((await fixture.Exports.WithAsync(e => e.ListAsync())).Value).Filter);
    }

    [Fact]
    public async Task Schedule_PortalWasDownForDays_CatchesUpOnceForTheLastDueTime()
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        fixture.GoTo(day: 3, hour: 7);
        await fixture.CreateScheduleAsync();

        fixture.GoTo(day: 7, hour: 6);
        await fixture.RoundAsync();
        await fixture.RoundAsync();

        var run = Assert.Single(await fixture.RunsAsync());
        Assert.Equal((new DateTime(2026, 3, 6, 5, 0, 0, DateTimeKind.Utc), 3), (run.DueAtUtc, run.Missed));
        Assert.Equal("from=2026-03-05&to=2026-03-05", Assert.Single((await fixture.Exports.WithAsync(e => e.ListAsync())).Value).Filter);
        Assert.Equal(new DateTime(2026, 3, 7, 5, 0, 0, DateTimeKind.Utc), (await fixture.RowAsync()).NextRunUtc);
    }

    [Fact]
    public async Task Schedule_TwoNodesAtOnce_StartItOnce()
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        fixture.GoTo(day: 3, hour: 7);
        var id = await fixture.CreateScheduleAsync();
        fixture.GoTo(day: 3, hour: 8);
        var starter = fixture.Exports.Identity.Services.GetRequiredService<ScheduleStarter>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => starter.StartAsync(fixture.Tenant, id, isManual: false, CancellationToken.None))));

        Assert.Single(await fixture.RunsAsync());
        Assert.Single((await fixture.Exports.WithAsync(e => e.ListAsync())).Value);
    }

    [Theory]
    [InlineData("demoted")]
    [InlineData("closed")]
    [InlineData("account")]
    public async Task Schedule_OwnerLostTheRight_StopsWithTheReasonAndMakesNothing(string how)
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        fixture.GoTo(day: 3, hour: 7);
        await fixture.CreateScheduleAsync();
        await LoseAsync(fixture, how);
        fixture.GoTo(day: 3, hour: 8);

        await fixture.RoundAsync();

        Assert.Empty(await fixture.RunsAsync());
        var other = await fixture.Exports.Identity.AddPersonAsync(fixture.Tenant, "omar", TenantRole.Manager);
        var row = Assert.Single((await fixture.WithAsync(s => s.ListAsync(), userId: other)).Value);
        Assert.Equal((ScheduleState.Stopped, ScheduleErrors.OwnerLostRights.Code, (DateTime?)null), (row.State, row.StopReason, row.NextRunUtc));
        Assert.Contains(ScheduleAuditActions.Stopped, await fixture.Exports.Identity.ActionsAsync(Core.Audit.AuditChain.Tenant, fixture.Tenant));
        Assert.Equal(ScheduleErrors.OwnerLostRights, (await fixture.WithAsync(s => s.ResumeAsync(row.Id), userId: other)).Error);

        Assert.Null((await fixture.WithAsync(s => s.ChangeAsync(row.Id, row.ToForm(), row.Version), userId: other)).Error);

        fixture.GoTo(day: 4, hour: 8);
        await fixture.RoundAsync();
        Assert.Equal(ExportState.Done, Assert.Single((await fixture.Exports.WithAsync(e => e.ListAsync(), userId: other)).Value).State);
    }

    [Fact]
    public async Task Schedule_OwnerDemotedWhileTheFileIsMade_RunFailsAndSaysSo()
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        await fixture.SetUpMailAsync();
        fixture.GoTo(day: 3, hour: 7);
        var id = await fixture.CreateScheduleAsync(ScheduleFixture.Form("boss@example.org"));
        fixture.GoTo(day: 3, hour: 8);
        await fixture.Exports.Identity.Services.GetRequiredService<ScheduleStarter>().StartAsync(fixture.Tenant, id, isManual: false, CancellationToken.None);
        await LoseAsync(fixture, "demoted");

        await fixture.RoundAsync();

        var run = Assert.Single(await fixture.RunsAsync());
        Assert.Equal((ScheduleRunState.Failed, ExportErrors.OwnerLostRights.Code), (run.State, run.Failure));
        Assert.Empty(await fixture.OutboxAsync());
    }

    [Fact]
    public async Task Schedule_PausedResumedRunByHandAndDeleted_DoesAsTold()
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        fixture.GoTo(day: 3, hour: 7);
        var id = await fixture.CreateScheduleAsync();

        Assert.Null((await fixture.WithAsync(s => s.PauseAsync(id))).Error);
        fixture.GoTo(day: 5, hour: 9);
        await fixture.RoundAsync();
        Assert.Empty(await fixture.RunsAsync());

        Assert.Null((await fixture.WithAsync(s => s.RunNowAsync(id))).Error);
        Assert.Equal(ScheduleErrors.StillMaking, (await fixture.WithAsync(s => s.RunNowAsync(id))).Error);
        await fixture.RoundAsync();
        Assert.Equal((true, ScheduleRunState.Done), ((await fixture.RowAsync()).LastRun!.IsManual, (await fixture.RowAsync()).LastRun!.State));

        Assert.Null((await fixture.WithAsync(s => s.ResumeAsync(id))).Error);
        Assert.Equal(new DateTime(2026, 3, 6, 5, 0, 0, DateTimeKind.Utc), (await fixture.RowAsync()).NextRunUtc);
        await fixture.RoundAsync();
        Assert.Single(await fixture.RunsAsync());

        Assert.Null((await fixture.WithAsync(s => s.DeleteAsync(id))).Error);
        Assert.Empty((await fixture.WithAsync(s => s.ListAsync())).Value);
        Assert.Empty(await fixture.RunsAsync());
        Assert.Single((await fixture.Exports.WithAsync(e => e.ListAsync())).Value);
    }

    [Fact]
    public async Task Change_OfAnOlderVersion_IsAConflict()
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        var id = await fixture.CreateScheduleAsync();
        var row = await fixture.RowAsync();
        var form = row.ToForm();
        form.Name = "Renamed";
        Assert.Null((await fixture.WithAsync(s => s.ChangeAsync(id, form, row.Version))).Error);

        Assert.Equal(ScheduleErrors.Conflict, (await fixture.WithAsync(s => s.ChangeAsync(id, row.ToForm(), row.Version))).Error);
    }

    [Fact]
    public async Task Create_RecipientOutsideTheTenant_IsRefusedUnlessTheSettingsAllowIt()
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        Assert.Equal(MailErrors.RecipientNotAllowed.Code, (await fixture.WithAsync(s => s.CreateAsync(ScheduleFixture.Form("boss@example.org")))).Error?.Code);

        await fixture.SetUpMailAsync();

        Assert.Null((await fixture.WithAsync(s => s.CreateAsync(ScheduleFixture.Form("boss@example.org; MONA@example.com")))).Error);
        Assert.Equal(MailErrors.RecipientNotAllowed.Code, (await fixture.WithAsync(s => s.CreateAsync(ScheduleFixture.Form("eve@example.net")))).Error?.Code);
    }

    [Theory]
    [InlineData("", "queues", "08:00", 1, "schedules.name_needed")]
    [InlineData("n", "nothing", "08:00", 1, "schedules.report_gone")]
    [InlineData("n", "queues", "25:00", 1, "schedules.time_invalid")]
    [InlineData("n", "queues", "08:00", 32, "schedules.month_day_range")]
    public async Task Create_WrongForm_SaysWhichField(string name, string report, string time, int monthDay, string code)
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        var form = new ScheduleForm { Name = name, Report = report, Time = time, MonthDay = monthDay, Rhythm = ScheduleRhythm.Monthly };

        var error = (await fixture.WithAsync(s => s.CreateAsync(form))).Error;

        Assert.Equal(code, error?.Code);
        Assert.NotNull(error?.Field);
    }

    [Theory]
    [InlineData(TenantRole.Agent)]
    [InlineData(TenantRole.Supervisor)]
    public async Task Everything_WithoutThePermission_IsDenied(TenantRole role)
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        var id = await fixture.CreateScheduleAsync();

        Assert.Equal(AccessErrors.Denied, (await fixture.WithAsync(s => s.ListAsync(), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await fixture.WithAsync(s => s.CreateAsync(ScheduleFixture.Form()), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await fixture.WithAsync(s => s.ChangeAsync(id, ScheduleFixture.Form(), 1), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await fixture.WithAsync(s => s.PauseAsync(id), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await fixture.WithAsync(s => s.ResumeAsync(id), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await fixture.WithAsync(s => s.RunNowAsync(id), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await fixture.WithAsync(s => s.DeleteAsync(id), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await fixture.WithAsync(s => s.ListRunsAsync(id), role)).Error);
    }

    [Fact]
    public async Task OtherTenants_Schedule_IsNotFoundAndNotRun()
    {
        await using var fixture = await ScheduleFixture.CreateAsync();
        fixture.GoTo(day: 3, hour: 7);
        var id = await fixture.CreateScheduleAsync();
        var other = await fixture.Exports.Identity.Database.AddTenantAsync("other");
        var stranger = await fixture.Exports.Identity.AddPersonAsync(other, "eve", TenantRole.Owner);

        Assert.Empty((await fixture.WithAsync(s => s.ListAsync(), TenantRole.Owner, stranger, other)).Value);
        Assert.Equal(ScheduleErrors.NotFound, (await fixture.WithAsync(s => s.PauseAsync(id), TenantRole.Owner, stranger, other)).Error);
        Assert.Equal(ScheduleErrors.NotFound, (await fixture.WithAsync(s => s.RunNowAsync(id), TenantRole.Owner, stranger, other)).Error);
        Assert.Equal(ScheduleErrors.NotFound, (await fixture.WithAsync(s => s.DeleteAsync(id), TenantRole.Owner, stranger, other)).Error);
        Assert.Equal(ScheduleErrors.NotFound, (await fixture.WithAsync(s => s.ListRunsAsync(id), TenantRole.Owner, stranger, other)).Error);
        fixture.GoTo(day: 3, hour: 8);
        await fixture.Exports.Identity.Services.GetRequiredService<ScheduleStarter>().StartAsync(other, id, isManual: false, CancellationToken.None);
        Assert.Empty(await fixture.RunsAsync());
    }

    private static async Task LoseAsync(ScheduleFixture fixture, string how)
    {
        var identity = fixture.Exports.Identity;
        if (how == "account")
        {
            await Exports.ExportFixture.ExecuteAsync(identity.Database, $"""UPDATE "Users" SET "DisabledAtUtc" = now() WHERE "Id" = '{fixture.Exports.Manager}'""");
            return;
        }

        var person = await identity.PersonAsync(fixture.Tenant, fixture.Exports.Manager);
        await using var scope = identity.As(fixture.Tenant, TenantRole.Owner);
        var people = IdentityFixture.People(scope);
        Assert.Null((how == "demoted" ? await people.ChangeRoleAsync(person.UserId, TenantRole.Supervisor, person.Version) : await people.DisableAsync(person.UserId, person.Version)).Error);
    }
}

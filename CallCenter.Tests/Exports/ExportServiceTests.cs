using System.Text;
using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Exports;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Exports;

public sealed class ExportServiceTests
{
    private static readonly DateTime Start = new(2026, 2, 20, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Export_OfCalls_IsTheGoldenFile()
    {
        await using var fixture = await ExportFixture.CreateAsync();
        await ExportFixture.AddCallsAsync(fixture.Identity.Database, fixture.Tenant.Id, 2, Start);

        var id = await fixture.StartAsync();
        await fixture.RunAsync();

        Assert.Equal(
            [
                "Column.Start (Asia/Riyadh),Column.Offset,Column.Direction,Column.Outcome,Column.From,Column.FromName,Column.To,Column.AnsweredBy,Column.Client,Column.Queue,Column.Path,Column.Trunk,Column.Wait,Column.Talk,Column.Duration,Column.Answered (Asia/Riyadh),Column.Ended (Asia/Riyadh),Column.Recorded,Column.CallKey",
                "2026-02-20 12:00:01,UTC+03:00,Value.direction.Inbound,Value.outcome.Answered,+966 50 123 4567,عميل 1,+966 11 234 5678,1001,,6500,Step.Queue 6500 › Step.Answered 1001,ITSP,0:00:10,0:01:05,0:01:15,2026-02-20 12:00:11,2026-02-20 12:01:16,Yes,k1",
                "2026-02-20 12:00:00,UTC+03:00,Value.direction.Inbound,Value.outcome.Answered,+966 50 123 4567,عميل 0,+966 11 234 5678,1001,,6500,Step.Queue 6500 › Step.Answered 1001,ITSP,0:00:10,0:01:05,0:01:15,2026-02-20 12:00:10,2026-02-20 12:01:15,Yes,k0",
            ],
            await fixture.LinesAsync(id));
        var row = await fixture.RowAsync(id);
        Assert.Equal((ExportState.Done, 2, 2L), (row.State, row.RowsDone, row.RowsOf));
        Assert.True(row.SizeBytes > 100);
        Assert.Equal(fixture.Identity.Clock.GetUtcNow().UtcDateTime.AddDays(7), row.ExpiresAtUtc);
    }

    [Fact]
    public async Task Export_OverMoreThanAPage_HasEveryCallOnce()
    {
        await using var fixture = await ExportFixture.CreateAsync();
        await ExportFixture.AddCallsAsync(fixture.Identity.Database, fixture.Tenant.Id, 5_432, Start);

        var id = await fixture.StartAsync();
        await fixture.RunAsync();

        var keys = (await fixture.LinesAsync(id)).Skip(1).Select(line => line[(line.LastIndexOf(',') + 1)..]).ToList();
        Assert.Equal(Enumerable.Range(0, 5_432).Reverse().Select(i => $"k{i}"), keys);
    }

    [Theory]
    [InlineData("from=2026-02-20&to=2026-02-20", 2)]
    [InlineData("from=2026-02-21", 0)]
    [InlineData("outcome=Busy", 0)]
    [InlineData("q=1234567", 2)]
    public async Task Export_OfASelection_HoldsNoMore(string filter, int calls)
    {
        await using var fixture = await ExportFixture.CreateAsync();
        await ExportFixture.AddCallsAsync(fixture.Identity.Database, fixture.Tenant.Id, 2, Start);

        var id = await fixture.StartAsync(filter: filter);
        await fixture.RunAsync();

        Assert.Equal(calls, (await fixture.LinesAsync(id)).Length - 1);
    }

    [Fact]
    public async Task StartAsync_RangeCountedFromToday_IsFrozen()
    {
        await using var fixture = await ExportFixture.CreateAsync();

        var id = await fixture.StartAsync(filter: "range=last-7-days&queue=6500");

        Assert.Equal("queue=6500&from=2026-02-24&to=2026-03-02", (await fixture.RowAsync(id)).Filter);
    }

    [Fact]
    public async Task Excel_File_HasRealDatesInTheTenantsZone()
    {
        await using var fixture = await ExportFixture.CreateAsync();
        await ExportFixture.AddCallsAsync(fixture.Identity.Database, fixture.Tenant.Id, 1, Start);

        var id = await fixture.StartAsync(ExportFormat.Xlsx, language: "ar");
        await fixture.RunAsync();

        var sheet = new XlsxBook(new MemoryStream(await fixture.DownloadAsync(id))).Sheets[0];
        Assert.True(sheet.IsRightToLeft);
        Assert.Equal("Column.Start (Asia/Riyadh)", sheet.Cells["A1"].Value);
        Assert.Equal(new DateTime(2026, 2, 20, 12, 0, 0, DateTimeKind.Unspecified), DateTime.FromOADate(double.Parse(sheet.Cells["A2"].Value, System.Globalization.CultureInfo.InvariantCulture)), TimeSpan.FromMilliseconds(1));
        Assert.Equal("+966501234567", sheet.Cells["E2"].Value);
    }

    [Fact]
    public async Task Print_OfMoreThanTheLimit_SaysSo()
    {
        await using var fixture = await ExportFixture.CreateAsync(settings: new Dictionary<string, string?> { ["Exports:PrintRows"] = "3" });
        await ExportFixture.AddCallsAsync(fixture.Identity.Database, fixture.Tenant.Id, 5, Start, fromNumber: "<b>&");

        var id = await fixture.StartAsync(ExportFormat.Print, language: "ar");
        await fixture.RunAsync();

        var page = Encoding.UTF8.GetString(await fixture.DownloadAsync(id));
        Assert.Equal(3, page.Split("<tr><td").Length - 1);
        Assert.Contains("Print.Cut", page, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\">", page, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;&amp;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TenantRole.Agent)]
    [InlineData(TenantRole.Supervisor)]
    public async Task Everything_WithoutThePermission_IsDenied(TenantRole role)
    {
        await using var fixture = await ExportFixture.CreateAsync();
        var id = await fixture.StartAsync();

        Assert.Equal(AccessErrors.Denied, (await fixture.WithAsync(e => e.StartAsync(new ExportOrder(ExportKind.Calls, ExportFormat.Csv, "", "en")), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await fixture.WithAsync(e => e.ListAsync(), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await fixture.WithAsync(e => e.OpenAsync(id), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await fixture.WithAsync(e => e.CancelAsync(id), role)).Error);
        Assert.Equal(AccessErrors.Denied, (await fixture.WithAsync(e => e.DeleteAsync(id), role)).Error);
    }

    [Fact]
    public async Task OtherTenants_Export_IsNotFoundAndHoldsTheirCallsOnly()
    {
        await using var fixture = await ExportFixture.CreateAsync();
        var other = await fixture.Identity.Database.AddTenantAsync("other");
        await ExportFixture.AddCallsAsync(fixture.Identity.Database, other.Id, 3, Start);
        var id = await fixture.StartAsync();
        await fixture.RunAsync();
        await using var scope = fixture.Identity.As(other, TenantRole.Owner, fixture.Manager);
        var theirs = scope.ServiceProvider.GetRequiredService<IExports>();

        Assert.Equal(ExportErrors.NotFound, (await theirs.OpenAsync(id)).Error);
        Assert.Equal(ExportErrors.NotFound, (await theirs.CancelAsync(id)).Error);
        Assert.Equal(ExportErrors.NotFound, (await theirs.DeleteAsync(id)).Error);
        Assert.Equal(ExportErrors.NotFound, (await theirs.FindAsync(id)).Error);
        Assert.Empty((await theirs.ListAsync()).Value);
        Assert.Single(await fixture.LinesAsync(id));
    }

    [Fact]
    public async Task OpenAsync_CallerSeesLessThanItHolds_IsRefused()
    {
        await using var fixture = await ExportFixture.CreateAsync(services => services.AddScoped<ICallReaches, NarrowReaches>());
        var id = await fixture.StartAsync();
        await fixture.RunAsync();
        await fixture.ChangeAsync(id, export => export.Reach = "1001,1002|6500");

        var opened = await fixture.WithAsync(exports => exports.OpenAsync(id));

        Assert.Equal(ExportErrors.ReachNarrower, opened.Error);
    }

    [Fact]
    public async Task Run_OwnerLostTheRightMeanwhile_FailsAndLeavesNoFile()
    {
        await using var fixture = await ExportFixture.CreateAsync();
        var id = await fixture.StartAsync();
        await ExportFixture.ExecuteAsync(fixture.Identity.Database, $"""UPDATE "Memberships" SET "Role" = {(int)TenantRole.Supervisor} WHERE "UserId" = '{fixture.Manager}'""");

        await fixture.RunAsync();

        var row = await fixture.RowAsync(id);
        Assert.Equal((ExportState.Failed, ExportErrors.OwnerLostRights.Code), (row.State, row.Failure));
        Assert.Empty(fixture.Files());
    }

    [Fact]
    public async Task Run_OwnerLosesTheRightWhileItIsWritten_FailsAndLeavesNoFile()
    {
        var gate = new CallGate();
        await using var fixture = await GatedAsync(gate);
        var id = await fixture.StartAsync();
        var run = fixture.RunAsync();
        await gate.Reached.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal((ExportState.Running, 5_000L), ((await fixture.RowAsync(id)).State, (await fixture.RowAsync(id)).RowsOf));
        Assert.Single(fixture.Files(), name => name.EndsWith(".tmp", StringComparison.Ordinal));

        await ExportFixture.ExecuteAsync(fixture.Identity.Database, $"""UPDATE "Memberships" SET "DisabledAtUtc" = now() WHERE "UserId" = '{fixture.Manager}'""");
        gate.Open.SetResult();
        await run;

        var row = await fixture.RowAsync(id);
        Assert.Equal((ExportState.Failed, ExportErrors.OwnerLostRights.Code), (row.State, row.Failure));
        Assert.Empty(fixture.Files());
    }

    [Fact]
    public async Task CancelAsync_WhileItIsWritten_EndsItAndLeavesNoFile()
    {
        var gate = new CallGate();
        await using var fixture = await GatedAsync(gate);
        var id = await fixture.StartAsync();
        var run = fixture.RunAsync();
        await gate.Reached.Task.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Null((await fixture.WithAsync(exports => exports.CancelAsync(id))).Error);
        gate.Open.SetResult();
        await run;

        Assert.Equal(ExportState.Cancelled, (await fixture.RowAsync(id)).State);
        Assert.Empty(fixture.Files());
        Assert.Equal(ExportErrors.AlreadyOver, (await fixture.WithAsync(exports => exports.CancelAsync(id))).Error);
        Assert.Equal(ExportErrors.NoFile, (await fixture.WithAsync(exports => exports.OpenAsync(id))).Error);
    }

    [Fact]
    public async Task Run_ByTwoNodesAtOnce_MakesItOnce()
    {
        var gate = new CallGate();
        await using var fixture = await GatedAsync(gate);
        var id = await fixture.StartAsync();
        var first = fixture.RunAsync();
        await gate.Reached.Task.WaitAsync(TimeSpan.FromSeconds(60));

        await fixture.RunAsync();
        gate.Open.SetResult();
        await first;

        Assert.Equal(ExportState.Done, (await fixture.RowAsync(id)).State);
        Assert.Equal($"{id:N}-1.csv", Assert.Single(fixture.Files()));
    }

    [Fact]
    public async Task Run_LeftByANodeThatDied_BeginsAnewUnderAnotherName()
    {
        await using var fixture = await ExportFixture.CreateAsync();
        await ExportFixture.AddCallsAsync(fixture.Identity.Database, fixture.Tenant.Id, 3, Start);
        var id = await fixture.StartAsync();
        await fixture.ChangeAsync(id, export => (export.State, export.Attempts, export.RowsDone) = (ExportState.Running, 1, 2));

        await fixture.RunAsync();

        Assert.Equal(4, (await fixture.LinesAsync(id)).Length);
        Assert.Equal($"{id:N}-2.csv", Assert.Single(fixture.Files()));
    }

    [Fact]
    public async Task Run_BegunTooOften_IsGivenUp()
    {
        await using var fixture = await ExportFixture.CreateAsync();
        var id = await fixture.StartAsync();
        await fixture.ChangeAsync(id, export => (export.State, export.Attempts) = (ExportState.Running, Export.MaxAttempts));

        await fixture.RunAsync();

        Assert.Equal((ExportState.Failed, ExportErrors.GivenUp.Code), ((await fixture.RowAsync(id)).State, (await fixture.RowAsync(id)).Failure));
    }

    [Fact]
    public async Task Run_FolderCannotBeWritten_FailsWithItsReason()
    {
        var file = Path.GetTempFileName();
        await using var fixture = await ExportFixture.CreateAsync(settings: new Dictionary<string, string?> { ["Exports:Folder"] = file });
        Directory.CreateDirectory(fixture.Folder);
        var id = await fixture.StartAsync();

        await fixture.RunAsync();
        File.Delete(file);

        Assert.Equal((ExportState.Failed, ExportErrors.StoreFailed.Code), ((await fixture.RowAsync(id)).State, (await fixture.RowAsync(id)).Failure));
    }

    [Fact]
    public async Task Job_AfterItsTime_DeletesTheFileAndKeepsTheRow()
    {
        await using var fixture = await ExportFixture.CreateAsync();
        var id = await fixture.StartAsync();
        await fixture.RunAsync();
        var job = ActivatorUtilities.CreateInstance<ExportJob>(fixture.Identity.Services);
        await job.RunForAllAsync(CancellationToken.None);
        Assert.Single(fixture.Files());

        fixture.Identity.Clock.Advance(TimeSpan.FromDays(7));
        await job.RunForAllAsync(CancellationToken.None);

        Assert.Empty(fixture.Files());
        Assert.Equal(ExportState.Expired, (await fixture.RowAsync(id)).State);
        Assert.Equal(ExportErrors.NoFile, (await fixture.WithAsync(exports => exports.OpenAsync(id))).Error);
    }

    [Fact]
    public async Task Files_AreForThePortalsAccountOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var fixture = await ExportFixture.CreateAsync();
        await fixture.StartAsync();
        await fixture.RunAsync();

        var folder = new DirectoryInfo(fixture.Folder).EnumerateDirectories().Single();
        Assert.Equal(fixture.Tenant.Id.ToString("N"), folder.Name);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, folder.UnixFileMode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, folder.EnumerateFiles().Single().UnixFileMode);
    }

    [Fact]
    public async Task Acts_OnAnExport_AreAudited()
    {
        await using var fixture = await ExportFixture.CreateAsync();
        var id = await fixture.StartAsync();
        await fixture.RunAsync();
        await fixture.DownloadAsync(id);
        await (await fixture.WithAsync(exports => exports.OpenAsync(id, isContinued: true))).Value.Content.DisposeAsync();
        Assert.Null((await fixture.WithAsync(exports => exports.DeleteAsync(id))).Error);

        var actions = (await fixture.Identity.ActionsAsync(AuditChain.Tenant, fixture.Tenant)).Where(action => action.StartsWith("exports.", StringComparison.Ordinal));
        Assert.Equal([ExportAuditActions.Created, ExportAuditActions.Downloaded, ExportAuditActions.Deleted], actions);
        Assert.Empty(fixture.Files());
        Assert.Equal(ExportErrors.NotFound, (await fixture.WithAsync(exports => exports.FindAsync(id))).Error);
    }

    [Fact]
    public async Task StartAsync_TooManyWaiting_IsRefused()
    {
        await using var fixture = await ExportFixture.CreateAsync(settings: new Dictionary<string, string?> { ["Exports:MaxWaiting"] = "1" });
        await fixture.StartAsync();

        var second = await fixture.WithAsync(exports => exports.StartAsync(new ExportOrder(ExportKind.Calls, ExportFormat.Csv, "", "en")));

        Assert.Equal(ExportErrors.TooMany, second.Error);
    }

    [Fact]
    public async Task Exports_OfTwoTenants_TouchEachOwnRowsOnly()
    {
        await using var fixture = await ExportFixture.CreateAsync();
        var other = await fixture.Identity.Database.AddTenantAsync("other");
        var boss = await fixture.Identity.AddPersonAsync(other, "boss", TenantRole.Owner);
        var ours = await fixture.StartAsync();
        await using var scope = fixture.Identity.As(other, TenantRole.Owner, boss);
        var theirs = (await scope.ServiceProvider.GetRequiredService<IExports>().StartAsync(new ExportOrder(ExportKind.Calls, ExportFormat.Csv, "", "en"))).Value;

        await fixture.RunAsync();
        fixture.Identity.Clock.Advance(TimeSpan.FromDays(8));
        await ActivatorUtilities.CreateInstance<ExportJob>(fixture.Identity.Services).RunForAllAsync(CancellationToken.None);

        Assert.Equal(ExportState.Expired, (await fixture.RowAsync(ours)).State);
        Assert.Equal(ExportState.Queued, (await scope.ServiceProvider.GetRequiredService<IExports>().FindAsync(theirs)).Value.State);
    }

    [Theory]
    [InlineData("from=2026-03-02&to=2026-03-01")]
    public async Task StartAsync_BadSelection_IsRefused(string filter)
    {
        await using var fixture = await ExportFixture.CreateAsync();

        Assert.Equal(ExportErrors.BadSelection, (await fixture.WithAsync(exports => exports.StartAsync(new ExportOrder(ExportKind.Calls, ExportFormat.Csv, filter, "en")))).Error);
    }

    private static Task<ExportFixture> GatedAsync(CallGate gate) => ExportFixture.CreateAsync(
        services => services.AddSingleton(gate).AddScoped<ICallLog, GatedCallLog>(), new Dictionary<string, string?> { ["Exports:ProgressInterval"] = "00:00:00.01" });

    private sealed class NarrowReaches : ICallReaches
    {
        public Task<CallReach> ReadAsync(CancellationToken cancellationToken = default) => Task.FromResult(new CallReach(false, ["1001"], ["6500"]));
    }
}

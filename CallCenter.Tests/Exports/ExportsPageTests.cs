using Bunit;
using CallCenter.Core.Exports;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Exports;
using CallCenter.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Exports;

public sealed class ExportsPageTests : PortalContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly ExportRow Done = new(
        Guid.NewGuid(), ExportKind.Calls, ExportFormat.Csv, "direction=Inbound", "", "", ExportState.Done, 1234, 1234, 98_304, "", "Mona Salem", true, null,
        Now.AddMinutes(-9), Now.AddMinutes(-8), Now.AddMinutes(-7), Now.AddDays(7));

    private static readonly ExportRow Running = Done with { Id = Guid.NewGuid(), State = ExportState.Running, RowsDone = 250, RowsOf = 1000, SizeBytes = 0, ExpiresAtUtc = null };

    private readonly IExports _exports = Substitute.For<IExports>();
    private Func<Task> _changed = () => Task.CompletedTask;

    public ExportsPageTests()
    {
        Services.AddSingleton(_exports);
        EnterAs(TenantRole.Manager);
        _exports.Subscribe(Arg.Do<Func<Task>>(changed => _changed = changed)).ReturnsForAnyArgs(Substitute.For<IDisposable>());
    }

    private ManualClock Clock => (ManualClock)Services.GetRequiredService<TimeProvider>();

    [Fact]
    public void List_BeforeItIsRead_ShowsTheShapeOfWhatComesThenSaysWhatToDo()
    {
        var reading = new TaskCompletionSource<Result<IReadOnlyList<ExportRow>>>();
        _exports.ListAsync(default).ReturnsForAnyArgs(reading.Task);

        var page = Open();

        Assert.NotEmpty(page.FindAll(".skeleton"));
        reading.SetResult(Array.Empty<ExportRow>());
        page.WaitForAssertion(() => Assert.Equal("riyadh/calls", page.Find(".empty a").GetAttribute("href")), Patience);
    }

    [Fact]
    public void List_Failed_SaysSoAndTriesAgain()
    {
        _exports.ListAsync(default).ReturnsForAnyArgs(AccessErrors.Denied);
        var page = Open();

        Answer(Done);
        page.Find(".failed button").Click();

        Assert.Single(page.FindAll("tbody tr"));
    }

    [Fact]
    public void Row_OfEveryState_OffersWhatCanBeDone()
    {
        Answer(
            Done, Done with { Id = Guid.NewGuid(), Format = ExportFormat.Print }, Running, Running with { Id = Guid.NewGuid(), State = ExportState.Queued },
            Done with { Id = Guid.NewGuid(), State = ExportState.Failed, Failure = ExportErrors.StoreFull.Code }, Done with { Id = Guid.NewGuid(), State = ExportState.Expired, SizeBytes = 0 });

        var rows = Open().FindAll("tbody tr");

        Assert.EndsWith($"/exports/{Done.Id}/file", rows[0].QuerySelector("a[download]")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.EndsWith("/print", rows[1].QuerySelector("a[target=_blank]")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal("25", rows[2].QuerySelector("progress")!.GetAttribute("value"));
        Assert.Contains("250", rows[2].TextContent, StringComparison.Ordinal);
        Assert.Equal([false, false, true, true, false, false], rows.Select(row => row.TextContent.Contains("Cancel", StringComparison.Ordinal)));
        Assert.Contains("folder of exports is full", rows[4].TextContent, StringComparison.Ordinal);
        Assert.All(rows.Skip(2), row => Assert.Empty(row.QuerySelectorAll("a[href*='/exports/']")));
    }

    [Fact]
    public void Progress_ANoticeOrTheClock_ReadsAgainUntilItIsDone()
    {
        Answer(Running);
        var page = Open();

        Answer(Running with { RowsDone = 500 });
        page.InvokeAsync(_changed);
        page.WaitForAssertion(() => Assert.Equal("50", page.Find("progress").GetAttribute("value")), Patience);

        // Another node writes it: nobody tells this one.
        Answer(Done with { Id = Running.Id });
        Clock.Advance(TimeSpan.FromSeconds(2));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("progress")), Patience);
        _exports.ClearReceivedCalls();
        Clock.Advance(TimeSpan.FromMinutes(1));
        _exports.DidNotReceiveWithAnyArgs().ListAsync(default);
    }

    [Fact]
    public void Cancel_EndedMeanwhile_SaysSo()
    {
        Answer(Running);
        _exports.CancelAsync(Running.Id, Arg.Any<CancellationToken>()).Returns((Result)ExportErrors.AlreadyOver, Result.Success);
        var page = Open();

        page.Find("tbody button").Click();
        Assert.Contains("ended already", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        page.Find("tbody button").Click();

        Assert.Empty(page.FindAll("[role=alert]"));
        Assert.Single(Services.GetRequiredService<Toasts>().Shown);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Delete_AsksFirst(bool confirmed)
    {
        Answer(Done);
        _exports.DeleteAsync(Done.Id, Arg.Any<CancellationToken>()).Returns(Result.Success);
        var dialogs = Services.GetRequiredService<Dialogs>();
        var page = Open();

        var clicked = page.Find("tbody button").ClickAsync(new());
        Assert.Single(dialogs.Current!.Losses);
        await page.InvokeAsync(() => dialogs.Answer(confirmed));
        await clicked;

        await _exports.Received(confirmed ? 1 : 0).DeleteAsync(Done.Id, Arg.Any<CancellationToken>());
    }

    private void Answer(params ExportRow[] rows) => _exports.ListAsync(default).ReturnsForAnyArgs(Ok(rows));

    private static Result<IReadOnlyList<ExportRow>> Ok(ExportRow[] rows) => rows;

    private IRenderedComponent<ExportsPage> Open() => Render<ExportsPage>(page => page.Add(p => p.Slug, "riyadh"));
}

using Bunit;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Recordings;
using CallCenter.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Recordings.Retention;

public sealed class RetentionPageTests : PortalContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly RetentionPreview Nothing = new([], [], 0, 0);

    private static readonly RetentionPreview Due = new(
        [new RetentionRule(30, Now.AddDays(-30), ["6500"], []), new RetentionRule(90, Now.AddDays(-90), [], ["6500"])],
        [new RetentionShare(new DateOnly(2025, 11, 1), "6500", 12, 10, 3600, 5_000_000), new RetentionShare(new DateOnly(2025, 11, 1), "", 3, 3, 600, 1_000_000)],
        2, 0);

    private readonly IRetention _retention = Substitute.For<IRetention>();
    private readonly IRecordingHolds _holds = Substitute.For<IRecordingHolds>();

    public RetentionPageTests()
    {
        Services.AddSingleton(_retention).AddSingleton(_holds);
        EnterAs(TenantRole.Owner);
        Holds();
        Runs();
    }

    private ManualClock Clock => (ManualClock)Services.GetRequiredService<TimeProvider>();

    [Fact]
    public void Preview_BeforeItIsRead_ShowsTheShapeOfWhatComesThenThatNothingGoes()
    {
        var reading = new TaskCompletionSource<Result<RetentionPreview>>();
        _retention.PreviewAsync(default).ReturnsForAnyArgs(reading.Task);

        var page = Open();

        Assert.NotEmpty(page.FindAll(".skeleton"));
        reading.SetResult(Nothing);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".empty")), Patience);
        Assert.Contains("Everything is kept", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".btn-danger"));
    }

    [Fact]
    public void Preview_Failed_SaysSoAndTriesAgain()
    {
        _retention.PreviewAsync(default).ReturnsForAnyArgs(RecordingErrors.StoreFailed);
        var page = Open();
        Assert.Contains("store cannot be reached", page.Find(".failed").TextContent, StringComparison.Ordinal);

        Answer(Due);
        page.Find(".failed button").Click();

        Assert.Empty(page.FindAll(".failed"));
    }

    [Fact]
    public void Preview_Filled_NamesRulesFiguresAndEachMonthAndQueue()
    {
        Answer(Due);

        var page = Open();

        Assert.Equal(2, page.FindAll(".retention-rules li").Count);
        Assert.Contains("Queues 6500: 30 days", page.Find(".retention-rules").TextContent, StringComparison.Ordinal);
        Assert.Equal(["15", "1:10:00", "2"], [.. page.FindAll(".run-figures dd").Select(figure => figure.TextContent).Where((_, i) => i != 2)]);
        Assert.Equal(2, page.FindAll("tbody tr").Count);
    }

    [Fact]
    public async Task Run_Confirmed_IsAskedForAndFollowedUntilItsEnd()
    {
        Answer(Due);
        var dialogs = Services.GetRequiredService<Dialogs>();
        _retention.RequestAsync(default).ReturnsForAnyArgs(Guid.NewGuid());
        var page = Open();

        var refused = page.Find(".btn-danger").ClickAsync(new());
        Assert.Equal(2, dialogs.Current!.Losses.Count);
        await page.InvokeAsync(() => dialogs.Answer(false));
        await refused;
        await _retention.DidNotReceiveWithAnyArgs().RequestAsync(default);

        Runs(Run(RetentionRunState.Running, deleted: 4));
        var asked = page.Find(".btn-danger").ClickAsync(new());
        await page.InvokeAsync(() => dialogs.Answer(true));
        await asked;
        Assert.Contains("under way", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".btn-danger"));

        Runs(Run(RetentionRunState.Failed, deleted: 9, RecordingErrors.StoreFailed));
        Answer(Due with { Unfinished = 1 });
        Clock.Advance(TimeSpan.FromSeconds(2));
        page.WaitForAssertion(() => Assert.Contains("store cannot be reached", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains("interrupted", page.Find(".notice").TextContent, StringComparison.Ordinal);
        _retention.ClearReceivedCalls();
        Clock.Advance(TimeSpan.FromMinutes(1));
        await _retention.DidNotReceiveWithAnyArgs().PreviewAsync(default);
    }

    [Fact]
    public void Hold_InTheList_LeadsToItsCall()
    {
        Answer(Nothing);
        var hold = new HoldView(Guid.NewGuid(), Now.AddDays(-40), "+353209100123", "1001", "Court case", "Mona Salem", Now, 2, 0);
        Holds(hold);

        var page = Open();
        page.Find("tbody button.row-open").Click();

        Assert.EndsWith($"riyadh/calls/{hold.CallId}", Navigation.Uri, StringComparison.Ordinal);
    }

    private static RetentionRun Run(RetentionRunState state, int deleted, Error? failure = null) =>
        new() { StartedAtUtc = Now, ByName = "Mona Salem", State = state, Deleted = deleted, Failure = failure?.Code ?? "" };

    private void Answer(RetentionPreview preview) => _retention.PreviewAsync(default).ReturnsForAnyArgs(preview);

    private void Runs(params RetentionRun[] runs) => _retention.ListRunsAsync(default).ReturnsForAnyArgs(Ok<RetentionRun>(runs));

    private void Holds(params HoldView[] holds) => _holds.ListAsync(default).ReturnsForAnyArgs(Ok<HoldView>(holds));

    private static Result<IReadOnlyList<T>> Ok<T>(T[] rows) => rows;

    private IRenderedComponent<RetentionPage> Open() => Render<RetentionPage>(page => page.Add(p => p.Slug, "riyadh"));
}

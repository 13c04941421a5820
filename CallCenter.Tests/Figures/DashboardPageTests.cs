using Bunit;
using CallCenter.Core.Calls;
using CallCenter.Core.Figures;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Dashboard;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Figures;

public sealed class DashboardPageTests : PortalContext
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    private readonly IDashboard _dashboard = Substitute.For<IDashboard>();
    private readonly IFigureProofs _proofs = Substitute.For<IFigureProofs>();
    private readonly ICallSync _sync = Substitute.For<ICallSync>();

    public DashboardPageTests()
    {
        EnterAs(TenantRole.Admin);
        _dashboard.ReadAsync(default).ReturnsForAnyArgs(Data());
        _proofs.ReadAsync(default).ReturnsForAnyArgs(new FigureProof(Now, 38, null, []));
        Services.AddSingleton(_dashboard).AddSingleton(_proofs).AddSingleton(_sync);
    }

    [Fact]
    public void Page_FiguresOfToday_ShowsTilesWithUsualRuleAndLinks()
    {
        var page = Render();

        var offered = page.Find("section[aria-label='Offered']");
        Assert.Equal("100", offered.QuerySelector(".tile-value")!.TextContent);
        Assert.Contains("usual 80", offered.QuerySelector(".tile-note")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("riyadh/calls?from=2026-03-02&to=2026-03-02&set=Offered", offered.QuerySelector("a")!.GetAttribute("href"));
        var level = page.Find("section[aria-label='Service level']");
        Assert.Equal("70%", level.QuerySelector(".tile-value")!.TextContent);
        Assert.Contains("80% in 20 s, Abandons count against it", level.TextContent, StringComparison.Ordinal);
        Assert.Contains("Counted for the target", level.QuerySelector(".how-body")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("short, apart: 5", page.Find("section[aria-label='Abandoned']").TextContent, StringComparison.Ordinal);
        Assert.Contains("Sales", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Chart_AsTable_ShowsTheSameFigures()
    {
        var page = Render();

        page.Find(".chart figcaption button").Click();

        var row = page.FindAll(".chart-table tbody tr")[12];
        Assert.Equal(["12:00", "30", "4", "1", "20", "10"], row.Children.Select(cell => cell.TextContent.Trim()));
    }

    [Theory]
    [InlineData("en", "ArrowRight", 1)]
    [InlineData("en", "ArrowLeft", 0)]
    [InlineData("ar", "ArrowLeft", 1)]
    [InlineData("en", "End", 23)]
    public void Chart_Keys_WalkFromHourToHour(string language, string key, int at)
    {
        Language(language);
        var page = Render();

        page.Find(".chart-plot").KeyDown(key);

        Assert.Equal(at.ToString(System.Globalization.CultureInfo.InvariantCulture), page.Find(".chart-plot").GetAttribute("aria-valuenow"));
    }

    [Fact]
    public void Page_ReadingFails_SaysSoAndTriesAgain()
    {
        _dashboard.ReadAsync(default).ReturnsForAnyArgs(AccessErrors.Denied);
        var page = Render();
        Assert.NotNull(page.Find("[role=alert]"));
        _dashboard.ReadAsync(default).ReturnsForAnyArgs(Data());

        page.Find("[role=alert] button").Click();

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".tile")));
    }

    [Fact]
    public void Page_NoCallsYet_TeachesInsteadOfZeros()
    {
        _dashboard.ReadAsync(default).ReturnsForAnyArgs(Data(empty: true));

        var page = Render();

        Assert.Contains("No calls today yet", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".tile"));
    }

    [Fact]
    public void Page_ProofFoundDifferences_AdminsAreTold()
    {
        _proofs.ReadAsync(default).ReturnsForAnyArgs(new FigureProof(
            Now, 38, null, [new FigureDifference { PbxId = Guid.NewGuid(), Day = Today.AddDays(-3), FoundAtUtc = Now, Rows = 2, CallsKept = 9, CallsCounted = 10 }]));

        Assert.Contains("27 Feb 2026", Render().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_CallsArriveInABurst_ReadsAgainOnceAfterARest()
    {
        Func<Task>? changed = null;
        _sync.Subscribe(Arg.Do<Func<Task>>(callback => changed = callback));
        var page = Render();
        _dashboard.ClearReceivedCalls();

        page.InvokeAsync(() => changed!());
        page.InvokeAsync(() => changed!());
        _dashboard.DidNotReceiveWithAnyArgs().ReadAsync(default);
        ((ManualClock)Services.GetRequiredService<TimeProvider>()).Advance(TimeSpan.FromSeconds(4));

        page.WaitForAssertion(() => _dashboard.ReceivedWithAnyArgs(1).ReadAsync(default), TimeSpan.FromSeconds(20));
    }

    private IRenderedComponent<DashboardPage> Render() => Render<DashboardPage>(parameters => parameters.Add(page => page.Slug, "riyadh"));

    private static Result<DashboardFigures> Data(bool empty = false)
    {
        var target = ServiceLevelTarget.Default;
        var figures = empty ? CallFigures.None : new CallFigures
        {
            Calls = 120,
            Offered = 100,
            Answered = 85,
            Abandoned = 15,
            ShortAbandoned = 5,
            AnsweredInTime = 70,
            AbandonedInTime = 10,
            ServiceLevel = new Share(70, 100),
            AnsweredWaitSeconds = 850,
            TalkSeconds = 8_500,
            LongestWaitSeconds = 125,
        };
        var basis = new FigureBasis(Now.Date, Now.Date.AddDays(1), "Asia/Riyadh", Now.AddMinutes(-2), FigureSource.RollUps, [target]);
        var hours = Enumerable.Range(0, 24).Select(hour => new DashboardHour(
            hour,
            hour > 18 ? null : hour == 12 && !empty ? new CallFigures { Calls = 35, Offered = 35, Answered = 30, Abandoned = 4, FlowedOut = 1 } : CallFigures.None,
            hour == 12 && !empty ? new CallFigures { Calls = 20, Offered = 20 } : CallFigures.None,
            hour == 12 && !empty ? new CallFigures { Calls = 40, Offered = 40 } : CallFigures.None)).ToList();
        var usual = empty ? CallFigures.None : new CallFigures { Calls = 400, Offered = 320, Answered = 300 };
        IReadOnlyList<FigureLine> queues = empty ? [] : [new FigureLine("6500", "Sales", null, null, figures, target, new CallFilter { From = Today, To = Today, Queue = "6500" })];
        return new DashboardFigures(basis, Today, figures, usual, 4, Now, hours, queues, [], new RepeatCallers(3, 4, 70));
    }
}

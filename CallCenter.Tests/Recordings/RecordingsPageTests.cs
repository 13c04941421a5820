using Bunit;
using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Recordings;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Recordings;

public sealed class RecordingsPageTests : PortalContext
{
    private static readonly CallRow Call = new(
        Guid.NewGuid(), Now.AddHours(-1), CallDirection.Inbound, CallOutcome.Answered, "+353209100123", "", "+353209100100", "1001", "", 4, 187, true)
    {
        Clients = [new ClientName(Guid.NewGuid(), "Ana Demo", "")],
    };

    private static readonly RecordingRow Row =
        new(Guid.NewGuid(), Call.Id, RecordingState.Stored, Now.AddHours(-1), 187, 3_000_000, "", null, [1, 200]) { Call = Call };

    private readonly IRecordings _recordings = Substitute.For<IRecordings>();

    public RecordingsPageTests()
    {
        Services.AddSingleton(_recordings);
        EnterAs(TenantRole.Manager);
    }

    [Fact]
    public void Render_Rows_NameBothPartiesAndTheClient()
    {
        var row = RenderPage(Row).Find("tbody tr");

        Assert.Contains("+353 20 910 0123", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("1001", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Ana Demo", row.TextContent, StringComparison.Ordinal);
        Assert.Equal($"riyadh/calls/{Call.Id}", row.QuerySelector(".actions a")!.GetAttribute("href"));
    }

    [Fact]
    public void Play_InTheRow_OpensThePlayerBelowItAndClosesIt()
    {
        var page = RenderPage(Row, Row with { Id = Guid.NewGuid(), State = RecordingState.Skipped });
        var play = page.FindAll(".actions button");
        Assert.Single(play);

        play[0].Click();

        Assert.EndsWith($"/recordings/{Row.Id}/audio", page.Find("tr.row-detail audio").GetAttribute("src"), StringComparison.Ordinal);
        Assert.Equal("6", page.Find("tr.row-detail td").GetAttribute("colspan"));
        Assert.False(page.Find("dialog").HasAttribute("data-open"));
        page.Find(".actions button").Click();
        Assert.Empty(page.FindAll("tr.row-detail"));
    }

    [Fact]
    public void Render_NotFetchedByAge_SaysSoHonestly()
    {
        var page = RenderPage(Row with { State = RecordingState.Skipped });

        Assert.Contains("Not fetched", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("Older than what is fetched", page.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("full", "store is full")]
    [InlineData("away", "store cannot be reached")]
    public void Render_StoreTakesNothing_SaysWhyAboveTheList(string trouble, string words)
    {
        var page = RenderPage(trouble == "full" ? RecordingErrors.StoreFull : RecordingErrors.StoreFailed, Row);

        Assert.Contains(words, page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll("tbody tr"));
    }

    [Fact]
    public void Render_MissingDamagedAndLost_EachSaysItsOwnAndOffersToTryAgain()
    {
        Scope.EnterTenant(Riyadh, TenantRole.Admin);
        RecordingState[] states = [RecordingState.Missing, RecordingState.Corrupt, RecordingState.Lost, RecordingState.Failed];

        var page = RenderPage([.. states.Select(state => Row with { Id = Guid.NewGuid(), State = state, Failure = state == RecordingState.Failed ? RecordingErrors.StoreFull.Code : "" })]);

        var said = page.FindAll("tbody tr").Select(row => row.TextContent).ToList();
        Assert.Equal(states.Length, said.Distinct().Count());
        Assert.Contains("store is full", said[3], StringComparison.Ordinal);
        Assert.Contains("3", page.Find(".page-actions button").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ReadingFailsOrNothingIsThere_SaysSo()
    {
        _recordings.LookAsync(default, default).ReturnsForAnyArgs(AccessErrors.Denied);
        var page = Render<RecordingsPage>(parameters => parameters.Add(p => p.Slug, "riyadh"));
        Assert.NotEmpty(page.FindAll(".failed"));

        Answer(null);
        page.Find(".failed button").Click();

        Assert.NotEmpty(page.FindAll(".empty"));
    }

    [Fact]
    public void Render_CallGone_SaysSo() =>
        Assert.Contains("The call is gone", RenderPage(Row with { Call = null }).Find("tbody tr").TextContent, StringComparison.Ordinal);

    private void Answer(Error? trouble, params RecordingRow[] rows) => _recordings.LookAsync(default, default).ReturnsForAnyArgs(
        (Result<RecordingOverview>)new RecordingOverview(rows.CountBy(row => row.State).ToDictionary(), 3_000_000, true, trouble, rows));

    private IRenderedComponent<RecordingsPage> RenderPage(params RecordingRow[] rows) => RenderPage(null, rows);

    private IRenderedComponent<RecordingsPage> RenderPage(Error? trouble, params RecordingRow[] rows)
    {
        Answer(trouble, rows);
        return Render<RecordingsPage>(parameters => parameters.Add(page => page.Slug, "riyadh"));
    }
}

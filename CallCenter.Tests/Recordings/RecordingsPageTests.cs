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

    [Fact]
    public void Render_CallGone_SaysSo() =>
        Assert.Contains("The call is gone", RenderPage(Row with { Call = null }).Find("tbody tr").TextContent, StringComparison.Ordinal);

    private IRenderedComponent<RecordingsPage> RenderPage(params RecordingRow[] rows)
    {
        _recordings.LookAsync(default, default).ReturnsForAnyArgs((Result<RecordingOverview>)new RecordingOverview(
            rows.CountBy(row => row.State).ToDictionary(), 3_000_000, true, null, rows));
        return Render<RecordingsPage>(parameters => parameters.Add(page => page.Slug, "riyadh"));
    }
}

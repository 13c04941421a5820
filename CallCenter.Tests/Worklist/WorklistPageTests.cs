using Bunit;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Worklist;
using CallCenter.Tests.Support;

using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Worklist;

public sealed class WorklistPageTests : PortalContext
{
    private static readonly WorklistRow Waiting = new(
        Guid.NewGuid(), "+353209100123", Now.AddHours(-2), Now.AddHours(-1), 3, 95, ["6500"], WorklistState.Open)
    { E164 = 353209100123 };

    private readonly IWorklist _worklist = Substitute.For<IWorklist>();
    private Func<Task> _changed = () => Task.CompletedTask;

    public WorklistPageTests()
    {
        Services.AddSingleton(_worklist);
        EnterAs(TenantRole.Agent);
        _worklist.Subscribe(Arg.Do<Func<Task>>(changed => _changed = changed)).Returns(Substitute.For<IDisposable>());
        Show(Waiting);
    }

    [Fact]
    public void Render_Failed_SaysSo()
    {
        _worklist.ListAsync(new WorklistFilter()).ReturnsForAnyArgs((Result<Core.Worklist.WorklistPage>)AccessErrors.Denied);

        var page = RenderPage();

        Assert.Empty(page.FindAll("tbody tr"));
        Assert.NotEmpty(page.FindAll("[role=alert], .error-state, .empty"));
    }

    [Fact]
    public void Render_NobodyWaits_SaysSo()
    {
        Show();

        Assert.Contains("Nobody waits", RenderPage().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Waiting_ShowsCallerCountAndQueueByName()
    {
        var row = RenderPage().Find("tbody tr");

        Assert.Contains("+353 20 910 0123", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Support", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("1:35", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Waits", row.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Claim_SomebodyWasFaster_SaysSo()
    {
        _worklist.ClaimAsync(Waiting.Id, Arg.Any<CancellationToken>()).Returns((Result)WorklistErrors.Claimed);
        var page = RenderPage();
        page.Find("tbody button").Click();

        page.Find("dialog .btn-primary").Click();

        Assert.Contains("Somebody else is calling", page.Find("dialog").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_EntryOfAnother_OffersNoClaim()
    {
        Show(Waiting with { ClaimedBy = "Liam Byrne", ClaimedUntilUtc = Now.AddMinutes(5) });
        var page = RenderPage();
        page.Find("tbody button").Click();

        Assert.Contains("Liam Byrne calls back", page.Find("dialog").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("dialog .btn-primary"));
    }

    [Fact]
    public async Task Notice_FromTheService_ReadsAgain()
    {
        var page = RenderPage();
        Show();

        await page.InvokeAsync(() => _changed());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("tbody tr")));
    }

    private void Show(params WorklistRow[] rows) => _worklist.ListAsync(new WorklistFilter()).ReturnsForAnyArgs(
        (Result<Core.Worklist.WorklistPage>)new Core.Worklist.WorklistPage(new KeysetPage<WorklistRow>(rows, null, null, rows.Length, 10_000), [("6500", "Support")]));

    private IRenderedComponent<Web.Features.Worklist.WorklistPage> RenderPage() =>
        Render<Web.Features.Worklist.WorklistPage>(parameters => parameters.Add(page => page.Slug, "riyadh"));
}

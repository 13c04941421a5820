using Bunit;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Work;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Work;

public sealed class DispositionsPageTests : PortalContext
{
    private static readonly DispositionRow Sale = new(Guid.NewGuid(), "Sale", "عملية بيع", true, false, true, 4);
    private static readonly DispositionRow Complaint = new(Guid.NewGuid(), "Complaint", "", false, true, false, 1);

    private readonly IDispositions _dispositions = Substitute.For<IDispositions>();

    public DispositionsPageTests()
    {
        Services.AddSingleton(_dispositions);
        EnterAs(TenantRole.Admin);
        _dispositions.ListAsync().ReturnsForAnyArgs((Result<IReadOnlyList<DispositionRow>>)new[] { Sale, Complaint });
    }

    [Fact]
    public void Render_Failed_SaysSoAndRetries()
    {
        _dispositions.ListAsync().ReturnsForAnyArgs((Result<IReadOnlyList<DispositionRow>>)AccessErrors.Denied);
        var page = RenderPage();
        Assert.NotNull(page.Find(".failed[role=alert]"));

        _dispositions.ListAsync().ReturnsForAnyArgs((Result<IReadOnlyList<DispositionRow>>)new[] { Sale });
        page.Find(".failed button").Click();

        Assert.Single(page.FindAll("tbody tr"));
    }

    [Fact]
    public void Render_List_ShowsBothNamesAndWhatRetired()
    {
        var rows = RenderPage().FindAll("tbody tr");

        Assert.Contains("عملية بيع", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Retired", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_NameTaken_SaysSoAtTheFieldAndKeepsWhatWasTyped()
    {
        _dispositions.CreateAsync(default!).ReturnsForAnyArgs((Result<Guid>)WorkErrors.NameTaken);
        var page = RenderPage();
        page.Find("header .btn-primary").Click();

        page.Find("#disposition-english").Input("Sale");
        page.Find("form").Submit();

        Assert.NotEmpty(page.FindAll("#disposition-english-error"));
        Assert.Equal("Sale", page.Find("#disposition-english").GetAttribute("value"));
    }

    [Fact]
    public void Change_Retired_SavesWithTheVersionThatWasSeen()
    {
        _dispositions.ChangeAsync(default, default!, default).ReturnsForAnyArgs(Result.Success);
        var page = RenderPage();
        page.Find(".row-open").Click();

        page.Find("#disposition-active").Change(false);
        page.Find("form").Submit();

        _dispositions.Received(1).ChangeAsync(Sale.Id, Arg.Is<DispositionForm>(form => form.NameEnglish == "Sale" && !form.Active), 4, Arg.Any<CancellationToken>());
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public void Move_Down_SwapsWithTheNext()
    {
        _dispositions.OrderAsync([]).ReturnsForAnyArgs(Result.Success);
        var page = RenderPage();
        page.Find(".row-open").Click();
        var buttons = page.FindAll("form button[type=button]");
        Assert.True(buttons[0].HasAttribute("disabled"));

        buttons[1].Click();

        _dispositions.Received(1).OrderAsync(Arg.Is<IReadOnlyList<Guid>>(ids => ids.SequenceEqual(new[] { Complaint.Id, Sale.Id })), Arg.Any<CancellationToken>());
    }

    private IRenderedComponent<DispositionsPage> RenderPage() => Render<DispositionsPage>(parameters => parameters.Add(page => page.Slug, "riyadh"));
}

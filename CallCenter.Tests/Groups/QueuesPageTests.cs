using Bunit;
using CallCenter.Core.Figures;
using CallCenter.Core.Groups;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Groups;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Groups;

public sealed class QueuesPageTests : PortalContext
{
    private readonly IGroups _groups = Substitute.For<IGroups>();
    private readonly PbxGroup _sales = new() { PbxId = Guid.NewGuid(), Number = "6500", Kind = PbxGroupKind.Queue, Name = "Sales", Members = "1001,1002", SeenAtUtc = Now };

    public QueuesPageTests()
    {
        _groups.ListAsync(default).ReturnsForAnyArgs(new List<PbxGroup> { _sales });
        _groups.PreviewAsync(default, null!, default).ReturnsForAnyArgs(call => new GroupPreview(
            new CallFigures { Offered = 100, ServiceLevel = new Share(70, 100) },
            new CallFigures { Offered = 100, ServiceLevel = new Share(call.Arg<GroupForm>().TargetSeconds, 100) }));
        _groups.SaveAsync(default, null!, default, default).ReturnsForAnyArgs(Result.Success);
        Services.AddSingleton(_groups);
    }

    [Fact]
    public void Rule_Changed_ShowsWhatLastWeekWouldBeAndSavesOnlyOnDemand()
    {
        EnterAs(TenantRole.Admin);
        var page = Open();
        Assert.Contains("70%", page.Find(".preview").TextContent, StringComparison.Ordinal);

        page.Find("#group-target").Change("9");

        page.WaitForAssertion(() => Assert.Equal("300%", page.Find(".preview strong").TextContent));
        _groups.DidNotReceiveWithAnyArgs().SaveAsync(default, null!, default, default);
        page.Find(".overlay-foot .btn-primary").Click();
        _groups.Received(1).SaveAsync(_sales.Id, GroupForm.Of(_sales) with { TargetSeconds = 300 }, 0, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Save_Refused_KeepsTheFormAndSaysWhy()
    {
        EnterAs(TenantRole.Admin);
        _groups.SaveAsync(default, null!, default, default).ReturnsForAnyArgs(GroupErrors.Changed);
        var page = Open();
        page.Find("#group-days").Input("30");

        page.Find(".overlay-foot .btn-primary").Click();

        Assert.NotEmpty(page.FindAll("[role=alert]"));
        Assert.Equal("30", page.Find("#group-days").GetAttribute("value"));
    }

    [Fact]
    public void Page_ManagerWithoutEdit_SeesAndCannotSave()
    {
        EnterAs(TenantRole.Manager);

        var page = Open();

        Assert.Empty(page.FindAll(".overlay-foot .btn-primary"));
        Assert.True(page.Find("#group-target").HasAttribute("disabled"));
    }

    [Fact]
    public void Page_Fails_SaysSo()
    {
        EnterAs(TenantRole.Admin);
        _groups.ListAsync(default).ReturnsForAnyArgs(AccessErrors.Denied);

        Assert.NotNull(Render<QueuesPage>().Find("[role=alert]"));
    }

    private IRenderedComponent<QueuesPage> Open()
    {
        var page = Render<QueuesPage>(parameters => parameters.Add(p => p.Slug, "riyadh"));
        page.Find("button.row-open").Click();
        return page;
    }
}

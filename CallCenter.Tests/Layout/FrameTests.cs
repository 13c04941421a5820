using Bunit;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Worklist;
using CallCenter.Tests.Support;
using CallCenter.Web.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Layout;

public sealed class FrameTests : PortalContext
{
    private readonly ITenantDirectory _tenants = Substitute.For<ITenantDirectory>();
    private readonly IConnectionStatusFeed _status = Substitute.For<IConnectionStatusFeed>();
    private readonly IWorklist _worklist = Substitute.For<IWorklist>();
    private Func<Task> _worklistChanged = () => Task.CompletedTask;

    public FrameTests()
    {
        _tenants.ListForAsync(default).ReturnsForAnyArgs([]);
        _status.GetAsync().ReturnsForAnyArgs(new ConnectionStatus(ConnectionState.Connected, Now.AddMinutes(-1), Now, Now, null, null, 0, null));
        _worklist.CountOpenAsync().ReturnsForAnyArgs(0);
        _worklist.Subscribe(Arg.Do<Func<Task>>(changed => _worklistChanged = changed)).Returns(Substitute.For<IDisposable>());
        Services.AddSingleton(_tenants).AddSingleton(_status).AddSingleton(_worklist);
    }

    [Theory]
    [InlineData(TenantRole.Agent, "Calls,Abandoned calls,Recordings,Clients")]
    [InlineData(TenantRole.Manager, "Dashboard,Calls,Abandoned calls,Recordings,Clients,Extensions,Devices,Queues,Settings,Mail server,Users,Teams,Reports,Scheduled reports,Exports")]
    [InlineData(TenantRole.Admin, "Dashboard,Calls,Abandoned calls,Recordings,Clients,Extensions,Devices,Queues,Settings,Mail server,Users,Teams,Call results,Reports,Scheduled reports,Exports,Audit log")]
    public void Navigation_Role_ShowsOnlyWhatMayBeOpened(TenantRole role, string expected)
    {
        EnterAs(role);

        var nav = Render<NavMenu>();

        Assert.Equal(expected, string.Join(',', nav.FindAll("a").Select(a => a.TextContent.Trim())));
        Assert.All(nav.FindAll("a"), a => Assert.StartsWith("riyadh/", a.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("riyadh/calls", "riyadh/calls")]
    [InlineData("riyadh/calls?outcome=Busy", "riyadh/calls")]
    [InlineData("riyadh/calls/0197f3aa-0000-7000-8000-000000000001", "riyadh/calls")]
    [InlineData("riyadh/calls/abandoned", "riyadh/calls/abandoned")]
    [InlineData("riyadh/calls/abandoned/?part=Settled", "riyadh/calls/abandoned")]
    [InlineData("riyadh/callsheet", null)]
    public void Navigation_OnePage_HasOneCurrentEntry(string page, string? expected)
    {
        EnterAs(TenantRole.Owner);
        var nav = Render<NavMenu>();

        Navigation.NavigateTo(page);

        Assert.Equal(expected, nav.FindAll("[aria-current=page]").Select(entry => entry.GetAttribute("href")).SingleOrDefault());
        Assert.Equal(expected, nav.FindAll(".nav-link.active").Select(entry => entry.GetAttribute("href")).SingleOrDefault());
    }

    [Fact]
    public async Task Badge_CallersWait_CountsThemAndFollowsNoticesAndNavigation()
    {
        EnterAs(TenantRole.Agent);
        _worklist.CountOpenAsync().ReturnsForAnyArgs(3);
        var nav = Render<NavMenu>();
        Assert.Contains("Callers who wait: 3", nav.Find("a[href='riyadh/calls/abandoned']").TextContent, StringComparison.Ordinal);

        _worklist.CountOpenAsync().ReturnsForAnyArgs(99);
        await nav.InvokeAsync(_worklistChanged);
        Assert.Equal("99+", nav.Find(".nav-badge [aria-hidden]").TextContent);

        _worklist.CountOpenAsync().ReturnsForAnyArgs(0);
        Navigation.NavigateTo("riyadh/clients");
        nav.WaitForAssertion(() => Assert.Empty(nav.FindAll(".nav-badge")));
    }

    [Fact]
    public void Badge_AMinutePasses_ReadsAgain()
    {
        EnterAs(TenantRole.Agent);
        var clock = new HeldTimers(new DateTimeOffset(Now));
        Services.AddSingleton<TimeProvider>(clock);
        var nav = Render<NavMenu>();
        Assert.Empty(nav.FindAll(".nav-badge"));

        _worklist.CountOpenAsync().ReturnsForAnyArgs(1);
        for (var beat = 0; beat < 3; beat++)
        {
            clock.Fire(TimeSpan.FromSeconds(20));
        }

        nav.WaitForAssertion(() => Assert.Equal("1", nav.Find(".nav-badge [aria-hidden]").TextContent));
    }

    [Fact]
    public void Navigation_PlatformAdministrator_SeesTenants()
    {
        Scope.SignIn(Guid.NewGuid(), "Pat", true, null);

        Assert.Contains("platform/tenants", Render<NavMenu>().FindAll("a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public void Chip_Connected_SaysWordAndAge()
    {
        EnterAs(TenantRole.Manager);

        var chip = Render<ConnectionChip>().Find(".chip");

        Assert.Contains("tone-good", chip.ClassName, StringComparison.Ordinal);
        Assert.Contains("Connected 1 min ago", chip.TextContent, StringComparison.Ordinal);
        Assert.Equal("riyadh/settings/call-center", chip.GetAttribute("href"));
    }

    [Fact]
    public void Chip_Agent_DoesNotLinkToSettings()
    {
        EnterAs(TenantRole.Agent);

        Assert.False(Render<ConnectionChip>().Find(".chip").HasAttribute("href"));
    }

    [Fact]
    public void Search_Enter_OpensCallsWithTheText()
    {
        EnterAs(TenantRole.Agent);
        var bar = Render<AppBar>();

        bar.Find("[data-global-search]").Input("+353 20");
        bar.Find("form").Submit();

        Assert.EndsWith("/riyadh/calls?q=%2B353%2020", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Language_Link_ComesBackToTheSamePage()
    {
        Navigation.NavigateTo("/riyadh/users?role=Agent");

        var link = Render<LanguageMenu>().Find("a[lang=ar]").GetAttribute("href");

        Assert.Equal("culture?c=ar&r=%2Friyadh%2Fusers%3Frole%3DAgent", link);
    }

    [Fact]
    public void Boundary_PageFails_ShowsAReferenceAndRecoversElsewhere()
    {
        var boundary = Render<PortalErrorBoundary>(p => p.AddChildContent<Failing>());

        Assert.Matches("[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", boundary.Find(".reference").TextContent);
        Assert.DoesNotContain("secret detail", boundary.Markup, StringComparison.Ordinal);
        Failing.Now = false;
        Navigation.NavigateTo("/elsewhere");
        boundary.WaitForAssertion(() => Assert.Contains("fine", boundary.Markup, StringComparison.Ordinal));
    }

    private sealed class Failing : ComponentBase
    {
        public static bool Now { get; set; } = true;

        protected override void OnParametersSet()
        {
            if (Now)
            {
                throw new InvalidOperationException("secret detail");
            }
        }

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) => builder.AddContent(0, "fine");
    }
}

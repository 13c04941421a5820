using AngleSharp.Dom;
using Bunit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Extensions;
using CallCenter.Web.Shared;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Extensions;

public sealed class DifferencesPageTests : PortalContext
{
    private static readonly Guid Different = Guid.NewGuid();
    private static readonly Guid Missing = Guid.NewGuid();
    private static readonly Guid Found = Guid.NewGuid();

    private readonly IExtensionComparison _comparison = Substitute.For<IExtensionComparison>();
    private Func<Task> _changed = () => Task.CompletedTask;

    public DifferencesPageTests()
    {
        _comparison.Subscribe(Arg.Do<Func<Task>>(changed => _changed = changed)).Returns(Substitute.For<IDisposable>());
        _comparison.SettleAsync(default, default!, default).ReturnsForAnyArgs(Result.Success);
        _comparison.ForgetAsync(default, default).ReturnsForAnyArgs(Result.Success);
        Show(View());
        Services.AddSingleton(_comparison);
        EnterAs(TenantRole.Admin);
    }

    [Fact]
    public void Render_Everything_ShowsThreeSectionsWithBothValues()
    {
        var page = RenderPage();

        Assert.Equal("3", page.Find(".count").TextContent);
        Assert.Contains("1001", page.Find("[data-section=differ] summary").TextContent, StringComparison.Ordinal);
        var field = page.Find("[data-field=CallerId]");
        Assert.Equal(["PBX default", "3500"], field.QuerySelectorAll("bdi").Select(value => value.TextContent));
        Assert.Contains("1002", page.Find("[data-section=missing] li").TextContent, StringComparison.Ordinal);
        Assert.Contains("1003", page.Find("[data-section=found] li").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Arabic_IsArabic()
    {
        Language("ar");

        Assert.Contains("البوابة والمقسم", RenderPage().Find("h1").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NothingDiffers_SaysThatBothAgree()
    {
        Show(View() with { Different = [], Missing = [], Found = [] });

        Assert.Contains("Portal and PBX agree", RenderPage().Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NeverRead_DoesNotClaimThatBothAgree()
    {
        Show(View() with { Different = [], Missing = [], Found = [], ReadAtUtc = null });

        Assert.Contains("not been read yet", RenderPage().Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Failed_SaysSoAndRetries()
    {
        _comparison.GetAsync(default).ReturnsForAnyArgs(AccessErrors.Denied);
        var page = RenderPage();
        Assert.NotNull(page.Find(".failed[role=alert]"));

        Show(View());
        page.Find(".failed button").Click();

        Assert.NotNull(page.Find("[data-section=differ]"));
    }

    [Fact]
    public void Render_PbxOutOfReach_SaysSo()
    {
        Show(View() with { ReadErrorCode = TelephonyErrors.Unreachable.Code });

        Assert.Contains("cannot be read now", RenderPage().Find(".notice").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_MayOnlyLook_HasNoActs()
    {
        Services.AddSingleton<ICaller>(Substitute.For<ICaller>());

        var panel = Render<ExtensionDifferencesPanel>(p => p.Add(x => x.Difference, View().Different[0]));

        Assert.Empty(panel.FindAll("input"));
        Assert.Empty(panel.FindAll("button"));
        Assert.Equal(2, panel.FindAll("fieldset").Count);
    }

    [Fact]
    public void Settle_ChosenPerField_SendsEachDirection()
    {
        var page = RenderPage();
        page.Find("[data-field=Name] input[value=portal]").Change("portal");
        Assert.True(Act(page, "settle").HasAttribute("disabled"));
        Assert.NotNull(page.Find(".differences p[role=status]"));

        page.Find("[data-field=CallerId] input[value=pbx]").Change("pbx");
        Act(page, "settle").Click();

        _ = _comparison.Received(1).SettleAsync(
            Different,
            Arg.Is<IReadOnlyDictionary<string, SettleDirection>>(choices =>
                choices.Count == 2 && choices["Name"] == SettleDirection.WriteToPbx && choices["CallerId"] == SettleDirection.TakeFromPbx),
            7, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Settle_Refused_SaysWhyAndReadsAgain()
    {
        _comparison.SettleAsync(default, default!, default).ReturnsForAnyArgs(ExtensionErrors.Conflict);
        var page = RenderPage();
        _comparison.ClearReceivedCalls();

        Act(page, "take").Click();

        Assert.NotNull(page.Find(".differences [role=alert]"));
        _ = _comparison.Received(1).GetAsync(Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Settle_LockedAccount_OffersNoWrite()
    {
        var view = View();
        Show(view with { Different = [view.Different[0] with { Row = view.Different[0].Row with { Locked = true } }] });
        var page = RenderPage();

        Assert.True(Act(page, "write").HasAttribute("disabled"));
        Assert.True(page.Find("[data-field=Name] input[value=portal]").HasAttribute("disabled"));
        Assert.False(Act(page, "take").HasAttribute("disabled"));
    }

    [Fact]
    public async Task SettleAll_Confirmed_SettlesEach()
    {
        var view = View();
        Show(view with { Different = [view.Different[0], view.Different[0] with { Row = Row(Guid.NewGuid(), "1005") }] });
        var page = RenderPage();
        var dialogs = Services.GetRequiredService<Dialogs>();

        var click = page.Find("[data-act=take-all]").ClickAsync();
        _ = _comparison.DidNotReceiveWithAnyArgs().SettleAsync(default, default!, default);
        await page.InvokeAsync(() => dialogs.Answer(true));
        await click;

        _ = _comparison.ReceivedWithAnyArgs(2).SettleAsync(default, default!, default);
    }

    [Fact]
    public void Adopt_OneRefused_SaysSoAtItsRow()
    {
        _comparison.AdoptAsync(default!).ReturnsForAnyArgs(new List<(Guid, Error?)> { (Found, ExtensionErrors.NotOnPbx) });
        var page = RenderPage();
        Assert.True(Act(page, "adopt").HasAttribute("disabled"));

        page.Find("[data-section=found] input[type=checkbox]").Change(true);
        Act(page, "adopt").Click();

        Assert.Contains("does not have", page.Find("[data-section=found] li [role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Forget_Asked_HappensOnlyWhenConfirmed(bool confirmed)
    {
        var page = RenderPage();
        var click = page.FindAll("[data-section=missing] button")[1].ClickAsync();
        _ = _comparison.DidNotReceiveWithAnyArgs().ForgetAsync(default, default);

        await page.InvokeAsync(() => Services.GetRequiredService<Dialogs>().Answer(confirmed));
        await click;

        _ = _comparison.Received(confirmed ? 1 : 0).ForgetAsync(Missing, 7, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Compare_Runs_ShowsProgressAndCanBeCancelled()
    {
        IProgress<(int, int)>? progress = null;
        _comparison.CompareAsync(default, default).ReturnsForAnyArgs(async call =>
        {
            progress = call.Arg<IProgress<(int, int)>?>();
            await Task.Delay(Timeout.Infinite, call.Arg<CancellationToken>());
            return Result.Success;
        });
        var page = RenderPage();

        page.Find("header .btn-primary").Click();
        progress!.Report((40, 500));

        page.WaitForAssertion(() => Assert.Contains("40 of 500", page.Find(".sync-run").TextContent, StringComparison.Ordinal));
        await page.Find(".sync-run button").ClickAsync();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".sync-run")));
    }

    [Fact]
    public async Task Notice_SomethingChanged_ReadsAgain()
    {
        var page = RenderPage();
        Show(View() with { Different = [], Missing = [], Found = [] });

        await _changed();

        page.WaitForAssertion(() => Assert.NotNull(page.Find(".empty")));
    }

    private static ExtensionRow Row(Guid id, string number, ExtensionState state = ExtensionState.Active, DateTime? missing = null) => new(
        id, number, $"Person {number}", null, null, "SIP(WebRTC)", true, true, state, ExtensionOperation.None, ExtensionStep.None, null, [], null,
        ExtensionOrigin.Portal, 2, missing, LineStatus.Idle, Now, "", "", false, false, Now, null, 7);

    private static ExtensionComparisonView View() => new(
        [new ExtensionDifference(Row(Different, "1001"), [new FieldChange("Name", "Person 1001", "Changed"), new FieldChange("CallerId", "", "3500")], Now.AddMinutes(-3))],
        [Row(Missing, "1002", missing: Now.AddHours(-1))],
        [Row(Found, "1003", ExtensionState.Found)],
        Now.AddHours(-2), 12, Now, null);

    private static IElement Act(IRenderedComponent<DifferencesPage> page, string act) => page.Find($"[data-act={act}]");

    private void Show(ExtensionComparisonView view) => _comparison.GetAsync(default).ReturnsForAnyArgs(view);

    private IRenderedComponent<DifferencesPage> RenderPage() => Render<DifferencesPage>(p => p.Add(x => x.Slug, "riyadh"));
}

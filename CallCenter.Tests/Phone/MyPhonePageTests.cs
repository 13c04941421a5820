using Bunit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Phone;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Phone;

public sealed class MyPhonePageTests : PortalContext
{
    private const string SipSecret = "Sip-Secret#77";

    private readonly IMyPhone _own = Substitute.For<IMyPhone>();
    private readonly HeldTimers _clock = new(new DateTimeOffset(Now));
    private Func<Task> _changed = () => Task.CompletedTask;

    public MyPhonePageTests()
    {
        Services.AddSingleton(_own);
        Services.AddSingleton(Substitute.For<CallCenter.Core.Recordings.IRecordingPauses>());
        Services.AddSingleton<TimeProvider>(_clock);
        EnterAs(TenantRole.Agent);
        _own.Subscribe(Arg.Do<Func<Task>>(changed => _changed = changed)).Returns(Substitute.For<IDisposable>());
        Have(Row());
    }

    [Fact]
    public void Load_OwnExtension_ShowsNumberStateAndHowToConnect()
    {
        var page = Render<MyPhonePage>();

        Assert.Contains("1001", page.Find(".own-number").TextContent, StringComparison.Ordinal);
        Assert.Contains("Registered", page.Find(".phone-line").TextContent, StringComparison.Ordinal);
        Assert.Equal(["pbx.example.com", "5070", "1001", "1001"], page.FindAll(".facts dd bdi").Select(e => e.TextContent));
        Assert.DoesNotContain(SipSecret, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Transport_Tls_ShowsItsPort()
    {
        var page = Render<MyPhonePage>();

        page.Find("input[value=tls]").Change("tls");

        Assert.Equal("5071", page.FindAll(".facts dd bdi")[1].TextContent);
    }

    [Fact]
    public void Load_NoExtension_SaysWhomToAsk()
    {
        _own.GetAsync(default).ReturnsForAnyArgs(ExtensionErrors.NoOwnExtension);

        var page = Render<MyPhonePage>();

        Assert.Contains("You have no extension yet", page.Find(".empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Failed_OffersToTryAgain()
    {
        _own.GetAsync(default).ReturnsForAnyArgs(AccessErrors.Denied);
        var page = Render<MyPhonePage>();

        Have(Row());
        page.Find("[role=alert] button").Click();

        Assert.Contains("1001", page.Find(".own-number").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notice_StateChanged_FollowsByItself()
    {
        var page = Render<MyPhonePage>();

        Have(Row() with { Status = LineStatus.Offline });
        await _changed();

        page.WaitForAssertion(() => Assert.Contains("Not registered", page.Find(".phone-line").TextContent, StringComparison.Ordinal));
    }

    public static TheoryData<string, string> Troubles => new()
    {
        { "missing", "no longer has your extension" },
        { "failed", "refused the last change" },
        { "creating", "being created" },
        { "deleting", "being deleted" },
        { "locked", "has locked your extension" },
        { "disabled", "out of service" },
        { "changing", "on its way to the PBX" },
        { "unknown", "not known at the moment" },
        { "lost", "no longer connected" },
        { "never", "No phone has connected yet" },
    };

    [Theory]
    [MemberData(nameof(Troubles))]
    public void Advice_Trouble_SaysWhatToDo(string trouble, string words)
    {
        var row = Row() with { Status = LineStatus.Offline };
        Have(trouble switch
        {
            "missing" => row with { MissingSinceUtc = Now },
            "failed" => row with { State = ExtensionState.Failed },
            "creating" => row with { State = ExtensionState.Creating },
            "deleting" => row with { State = ExtensionState.Deleting },
            "locked" => row with { Locked = true },
            "disabled" => row with { Enabled = false },
            "changing" => row with { State = ExtensionState.Changing },
            "unknown" => row with { Status = LineStatus.Unknown },
            "lost" => row,
            _ => row with { LastRegisteredAtUtc = null },
        });

        var page = Render<MyPhonePage>();

        Assert.Contains(words, Assert.Single(page.FindAll(".notice")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Secret_RightPassword_IsShownUntilTheDialogCloses()
    {
        Answer(new PhoneCredentials("pbx.example.com", 5070, "udp", "1001", new Secret(SipSecret), "<svg id=\"code\"></svg>"));
        var page = Render<MyPhonePage>();

        OpenAndType(page, "my password");

        Assert.Contains(SipSecret, page.Find("dialog").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("#code"));
        Assert.DoesNotContain("my password", page.Markup, StringComparison.Ordinal);
        page.Find("dialog .btn-primary").Click();
        Assert.DoesNotContain(SipSecret, page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#code"));
        page.Find("[aria-haspopup=dialog]").Click();
        Assert.NotNull(page.Find("#phone-account-password"));
    }

    [Fact]
    public void Secret_LeftOpen_ClosesByItself()
    {
        Answer(new PhoneCredentials("pbx.example.com", 5070, "udp", "1001", new Secret(SipSecret), "<svg></svg>"));
        var page = Render<MyPhonePage>();
        OpenAndType(page, "my password");

        _clock.Fire(PhoneSecretDialog.ShownFor);

        page.WaitForAssertion(() => Assert.DoesNotContain(SipSecret, page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("dialog[data-open]"));
        Assert.DoesNotContain(PhoneSecretDialog.ShownFor, _clock.Due);
    }

    [Fact]
    public void Secret_WrongPassword_SaysSoAtTheFieldAndForgetsIt()
    {
        Answer(IdentityErrors.WrongPassword);
        var page = Render<MyPhonePage>();

        OpenAndType(page, "my password");

        Assert.Equal("true", page.Find("#phone-account-password").GetAttribute("aria-invalid"));
        Assert.DoesNotContain("my password", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExtensionState.Changing, true, "once the change on its way is done")]
    [InlineData(ExtensionState.Active, false, "The portal does not know it")]
    public void Secret_NotToBeShown_SaysWhyInsteadOfAsking(ExtensionState state, bool known, string words)
    {
        Have(Row() with { State = state }, hasSecret: known);

        var page = Render<MyPhonePage>();

        Assert.Contains(words, page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[aria-haspopup=dialog]"));
    }

    [Fact]
    public async Task TestCall_FollowsTheLine()
    {
        _own.CallEchoAsync(default).ReturnsForAnyArgs(Result.Success);
        var page = Render<MyPhonePage>();

        page.Find("section[aria-labelledby=test-title] .form-actions button").Click();
        Assert.Contains("Your phone rings", page.Find(".test-steps .is-now").TextContent, StringComparison.Ordinal);
        Have(Row() with { Status = LineStatus.InUse });
        await _changed();
        page.WaitForAssertion(() => Assert.Contains("Speak", page.Find(".test-steps .is-now").TextContent, StringComparison.Ordinal));
        Have(Row());
        await _changed();

        page.WaitForAssertion(() => Assert.Contains("The test call has ended", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void TestCall_Refused_SaysWhyAndCanBeAskedAgain()
    {
        _own.CallEchoAsync(default).ReturnsForAnyArgs(ExtensionErrors.EchoBusy);
        var page = Render<MyPhonePage>();

        page.Find("section[aria-labelledby=test-title] .form-actions button").Click();

        Assert.Contains("placed just now", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.False(page.Find("section[aria-labelledby=test-title] .form-actions button").HasAttribute("disabled"));
    }

    [Fact]
    public void TestCall_NoEchoNumber_IsNotOffered()
    {
        Have(Row(), echo: "");

        var page = Render<MyPhonePage>();

        Assert.Empty(page.FindAll(".test-steps"));
        Assert.Contains("No echo number is set up", page.Markup, StringComparison.Ordinal);
    }

    private static ExtensionRow Row() => new(
        Guid.NewGuid(), "1001", "Aoife Brennan", Guid.NewGuid(), "Aoife Brennan", "SIP(WebRTC)", true, true, ExtensionState.Active, ExtensionOperation.None,
        ExtensionStep.None, null, [], null, ExtensionOrigin.Portal, 0, null, LineStatus.Idle, Now.AddHours(-2), "192.0.2.10:5060", "GXP1625", false, false,
        Now.AddHours(-2), null, 1);

    private static void OpenAndType(IRenderedComponent<MyPhonePage> page, string password)
    {
        page.Find("[aria-haspopup=dialog]").Click();
        page.Find("#phone-account-password").Input(password);
        page.Find("dialog form").Submit();
    }

    private void Have(ExtensionRow row, bool hasSecret = true, string echo = "*43") => _own.GetAsync(default).ReturnsForAnyArgs(
        new MyPhone(row, new ExtensionProfile { Name = row.Name }, "pbx.example.com", 5070, 5071, echo, hasSecret, [new RegistrationRow(Now.AddHours(-2), Now, null, row.Address, row.Model)]));

    private void Answer(Result<PhoneCredentials> answer) => _own.ShowSecretAsync(Arg.Any<Secret>(), Arg.Any<CancellationToken>()).Returns(answer);
}

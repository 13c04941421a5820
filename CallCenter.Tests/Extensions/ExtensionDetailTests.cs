using Bunit;
using CallCenter.Core.Devices;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Features.Extensions;
using NSubstitute;

namespace CallCenter.Tests.Extensions;

public sealed class ExtensionDetailTests : ExtensionPageContext
{
    [Fact]
    public void Open_Address_ShowsLineSettingsSecretAndRecord()
    {
        var row = Row();
        Show(row);

        var drawer = Open($"/{row.Id}").Find("dialog.drawer");

        foreach (var text in new[] { "Registered", "GRP2614", "192.0.2.10:5060", "National calls", "PBX default", "In force since", "Nora Quinn" })
        {
            Assert.Contains(text, drawer.TextContent, StringComparison.Ordinal);
        }

        Assert.Equal("riyadh/audit?on=1005", drawer.QuerySelector("a[href*=audit]")!.GetAttribute("href"));
    }

    [Fact]
    public void Devices_WithTheNumber_AreShownWithTheirState()
    {
        var row = Row();
        Show(row);
        HaveDevices(new ExtensionDevice("1005", "00005E005310", "Front desk", "GRP2615", GdmsDeviceStatus.Offline, "Dublin", null, Now));

        var device = Open($"/{row.Id}").Find("section[aria-labelledby='extension-devices-title']");

        Assert.Equal("riyadh/devices/00005E005310", device.QuerySelector("a")!.GetAttribute("href"));
        foreach (var text in new[] { "Front desk", "GRP2615", "Dublin", "Offline" })
        {
            Assert.Contains(text, device.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Failure_WithHints_SaysEachCauseAndWhatToDo()
    {
        var row = FailedRow(ExtensionOperation.Create, ExtensionHints.WeakSecret, ExtensionHints.NoWritePermission);
        Show(row);

        var failure = Open($"/{row.Id}").Find(".ext-failure");

        Assert.Contains("Not created", failure.TextContent, StringComparison.Ordinal);
        Assert.Contains("refused the values without saying which", failure.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, failure.QuerySelectorAll(".ext-hints li").Length);
        Assert.Contains("give the API user the write permission", failure.TextContent, StringComparison.Ordinal);
        Assert.Equal("riyadh/settings/call-center", Assert.Single(failure.QuerySelectorAll("a")).GetAttribute("href"));
    }

    [Fact]
    public void Retry_Failed_AsksAgainWithTheVersionShown()
    {
        var row = FailedRow(ExtensionOperation.Create);
        Show(row);
        var page = Open($"/{row.Id}");

        Button(page, "Try again").Click();

        Extensions.Received(1).RetryAsync(row.Id, 3, Arg.Any<CancellationToken>());
        Assert.Equal("1005 is being tried again", Assert.Single(Toasts.Shown).Text);
    }

    [Theory]
    [InlineData(ExtensionOperation.Create, "What the PBX may have of it is removed")]
    [InlineData(ExtensionOperation.Change, "go back to what the PBX had")]
    [InlineData(ExtensionOperation.Delete, "stays as it is")]
    public async Task GiveUp_Failed_SaysWhatItMeansFirst(ExtensionOperation operation, string means)
    {
        var row = FailedRow(operation);
        Show(row);
        var page = Open($"/{row.Id}");

        var asked = await PressAndAnswerAsync(page, "Give up", answer: true);

        Assert.Contains(means, asked.Body, StringComparison.Ordinal);
        await Extensions.Received(1).GiveUpAsync(row.Id, 3, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Rotate_AsksWithTheConsequences()
    {
        var row = Row();
        Show(row);
        var page = Open($"/{row.Id}");

        var asked = await PressAndAnswerAsync(page, "New secret", answer: true);

        Assert.Contains("lose their registration", asked.Losses[0], StringComparison.Ordinal);
        await Extensions.Received(1).RotateSecretAsync(row.Id, 3, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Rotate_NotConfirmed_DoesNothing()
    {
        var row = Row();
        Show(row);
        var page = Open($"/{row.Id}");

        await PressAndAnswerAsync(page, "New secret", answer: false);

        await Extensions.DidNotReceiveWithAnyArgs().RotateSecretAsync(default, default);
    }

    [Fact]
    public async Task Delete_NamesWhatIsLostAndWhoseItWas()
    {
        var row = Row() with { UserId = Guid.NewGuid(), UserName = "Liam Byrne" };
        Show(row);
        var page = Open($"/{row.Id}");

        var asked = await PressAndAnswerAsync(page, "Delete", answer: true);

        Assert.Equal("Delete 1005 Aoife Brennan?", asked.Title);
        Assert.Contains(asked.Losses, loss => loss.Contains("voicemail", StringComparison.Ordinal));
        Assert.Contains(asked.Losses, loss => loss.Contains("Liam Byrne", StringComparison.Ordinal));
        await Extensions.Received(1).DeleteAsync(row.Id, 3, evenInCall: false, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Delete_CallBeganMeanwhile_AsksAgainBeforeCuttingIt()
    {
        var row = Row();
        Show(row);
        Extensions.DeleteAsync(row.Id, 3, false, Arg.Any<CancellationToken>()).Returns(ExtensionErrors.InCall);
        var page = Open($"/{row.Id}");

        var click = Button(page, "Delete").ClickAsync();
        page.WaitForState(() => Dialogs.Current is not null);
        Assert.DoesNotContain(Dialogs.Current!.Losses, loss => loss.Contains("on a call", StringComparison.Ordinal));
        Dialogs.Answer(true);
        page.WaitForState(() => Dialogs.Current is not null);
        Assert.Contains("on a call", Dialogs.Current!.Losses[0], StringComparison.Ordinal);
        Assert.Equal("Delete although in a call", Dialogs.Current.Confirm);
        Dialogs.Answer(true);
        await click;

        await Extensions.Received(1).DeleteAsync(row.Id, 3, evenInCall: true, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Delete_KnownToBeInACall_WarnsAtOnce()
    {
        var row = Row() with { Status = LineStatus.InUse };
        Show(row);
        var page = Open($"/{row.Id}");

        var asked = await PressAndAnswerAsync(page, "Delete", answer: true);

        Assert.Contains("on a call", asked.Losses[0], StringComparison.Ordinal);
        await Extensions.Received(1).DeleteAsync(row.Id, 3, evenInCall: true, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Assign_PersonChosen_TakesEffectAtOnce()
    {
        var liam = new ExtensionUser(Guid.NewGuid(), "Liam Byrne", "liam", null);
        Extensions.FindUsersAsync("", null).ReturnsForAnyArgs(Found(liam));
        var row = Row();
        Show(row);
        var page = Open($"/{row.Id}");

        page.Find("#assign-person").Input("li");
        page.Find("[role=option]").MouseDown();

        Extensions.Received(1).AssignAsync(row.Id, liam.UserId, 3, Arg.Any<CancellationToken>());
        Assert.Equal("1005 belongs to Liam Byrne now", Assert.Single(Toasts.Shown).Text);
    }

    [Fact]
    public async Task Release_Confirmed_MakesItNobodys()
    {
        var row = Row() with { UserId = Guid.NewGuid(), UserName = "Liam Byrne" };
        Show(row);
        var page = Open($"/{row.Id}");

        var asked = await PressAndAnswerAsync(page, "Release", answer: true);

        Assert.Equal("Take 1005 from Liam Byrne?", asked.Title);
        await Extensions.Received(1).AssignAsync(row.Id, null, 3, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Act_Refused_SaysWhyInTheDrawer()
    {
        var row = FailedRow(ExtensionOperation.Change);
        Show(row);
        Extensions.RetryAsync(row.Id, 3, Arg.Any<CancellationToken>()).Returns(ExtensionErrors.Conflict);
        var page = Open($"/{row.Id}");

        Button(page, "Try again").Click();

        Assert.Contains("Somebody changed this extension", page.Find("dialog.drawer [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Empty(Toasts.Shown);
        Extensions.Received(2).GetAsync(row.Id, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Edit_Saved_AsksForWhatWasTypedOnly()
    {
        var row = Row();
        Show(row);
        var page = OpenForm(row);

        page.Find("#edit-Name").Input("Front desk");
        Assert.Contains("Changed: Name", page.Find(".save-bar").TextContent, StringComparison.Ordinal);
        page.Find("form.ext-edit").Submit();

        Extensions.Received(1).ChangeAsync(row.Id, new ExtensionProfile { Name = "Front desk" }, 3, Arg.Any<CancellationToken>());
        Assert.Empty(page.FindAll("form.ext-edit"));
    }

    [Fact]
    public void Edit_Wrong_StaysOpenWithTheErrorAtTheField()
    {
        var row = Row();
        Show(row);
        var page = OpenForm(row);

        page.Find("#edit-Name").Input("a\"b");
        page.Find("form.ext-edit").Submit();

        Assert.StartsWith("The name may have", page.Find("#edit-Name-error").TextContent, StringComparison.Ordinal);
        Extensions.DidNotReceiveWithAnyArgs().ChangeAsync(default, default!, default);
    }

    [Fact]
    public void Edit_OthersChangedTheSameField_ShowsBothAndLosesNothing()
    {
        var row = Row();
        Show(row);
        var page = OpenForm(row);
        page.Find("#edit-Name").Input("Mine");
        Extensions.ChangeAsync(row.Id, Arg.Any<ExtensionProfile>(), 3, Arg.Any<CancellationToken>()).Returns(ExtensionErrors.Conflict);
        Extensions.GetAsync(row.Id, Arg.Any<CancellationToken>()).Returns(DetailOf(row with { Version = 4 }, new ExtensionProfile { Name = "Theirs", WebPhone = false }));

        page.Find("form.ext-edit").Submit();

        var conflict = page.Find(".conflict").TextContent;
        Assert.Contains("Theirs", conflict, StringComparison.Ordinal);
        Assert.Contains("Web phone: Off", conflict, StringComparison.Ordinal);
        Assert.Equal("Mine", page.Find("#edit-Name").GetAttribute("value"));
        page.Find("form.ext-edit").Submit();
        Extensions.Received(1).ChangeAsync(row.Id, new ExtensionProfile { Name = "Mine", WebPhone = false }, 4, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Edit_OnlyTheVersionMoved_SavesWithoutAsking()
    {
        var row = Row();
        Show(row);
        var page = OpenForm(row);
        page.Find("#edit-Name").Input("Mine");
        Extensions.ChangeAsync(row.Id, Arg.Any<ExtensionProfile>(), 3, Arg.Any<CancellationToken>()).Returns(ExtensionErrors.Conflict);
        Extensions.GetAsync(row.Id, Arg.Any<CancellationToken>()).Returns(DetailOf(row with { Version = 6 }));

        page.Find("form.ext-edit").Submit();

        Extensions.Received(1).ChangeAsync(row.Id, new ExtensionProfile { Name = "Mine" }, 6, Arg.Any<CancellationToken>());
        Assert.Empty(page.FindAll("form.ext-edit"));
    }

    [Fact]
    public async Task Edit_NoticeWhileTyping_KeepsWhatWasTyped()
    {
        var row = Row();
        Show(row);
        var page = OpenForm(row);
        page.Find("#edit-Name").Input("Half a na");

        Show(row with { Status = LineStatus.InUse, Version = 4 });
        await Changed();

        page.WaitForAssertion(() => Assert.Contains("In a call", page.Find("dialog.drawer .ext-line").TextContent, StringComparison.Ordinal));
        Assert.Equal("Half a na", page.Find("#edit-Name").GetAttribute("value"));
    }

    [Fact]
    public void Adopt_Found_TakesItUnderManagement()
    {
        var row = Row() with { State = ExtensionState.Found, Origin = ExtensionOrigin.Pbx };
        Show(row);
        Comparison.AdoptAsync(default!).ReturnsForAnyArgs(Adopted((row.Id, null)));
        var page = Open($"/{row.Id}");
        Assert.Empty(page.FindAll("dialog.drawer .ext-settings, dialog.drawer .ext-danger"));

        Button(page, "Adopt").Click();

        Assert.Equal("1005 is managed here now", Assert.Single(Toasts.Shown).Text);
    }

    [Fact]
    public async Task Missing_CanBeCreatedAgainOrDropped()
    {
        var row = Row() with { MissingSinceUtc = Now.AddDays(-1) };
        Show(row);
        var page = Open($"/{row.Id}");

        Button(page, "Create it again").Click();
        var asked = await PressAndAnswerAsync(page, "Drop it here", answer: true);

        await Comparison.Received(1).RecreateAsync(row.Id, 3, Arg.Any<CancellationToken>());
        await Comparison.Received(1).ForgetAsync(row.Id, 3, Arg.Any<CancellationToken>());
        Assert.NotEmpty(asked.Losses);
    }

    private static Result<IReadOnlyList<(Guid Id, Error? Error)>> Adopted(params (Guid Id, Error? Error)[] outcomes) => outcomes;

    private IRenderedComponent<ExtensionsPage> OpenForm(ExtensionRow row)
    {
        var page = Open($"/{row.Id}", TenantRole.Admin);
        page.Find(".ext-settings .btn-small").Click();
        return page;
    }
}

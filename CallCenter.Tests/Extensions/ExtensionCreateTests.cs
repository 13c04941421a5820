using Bunit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Features.Extensions;
using NSubstitute;

namespace CallCenter.Tests.Extensions;

public sealed class ExtensionCreateTests : ExtensionPageContext
{
    private static readonly ExtensionUser Liam = new(Guid.NewGuid(), "Liam Byrne", "liam", "liam@demo.example");

    private readonly List<NewExtension> _asked = [];

    public ExtensionCreateTests() => Extensions.CreateAsync(Arg.Do<NewExtension>(_asked.Add)).ReturnsForAnyArgs(Guid.NewGuid());

    [Fact]
    public void Create_PersonChosen_FillsNameAndAddressAndAsksForTheNextFreeNumber()
    {
        Extensions.FindUsersAsync("lia", null).ReturnsForAnyArgs(Found(Liam));
        var page = OpenForm();

        page.Find("#create-person").Input("lia");
        page.Find("[role=option]").MouseDown();
        Assert.Equal("Liam Byrne", page.Find("#create-Name").GetAttribute("value"));
        page.Find("dialog form").Submit();

        var asked = Assert.Single(_asked);
        Assert.Equal("", asked.Number);
        Assert.Equal(Liam.UserId, asked.UserId);
        Assert.Equal(new ExtensionProfile { Name = "Liam Byrne", Email = "liam@demo.example" }, asked.Profile);
        Assert.Equal("Extension 1007 is on its way to the PBX", Assert.Single(Toasts.Shown).Text);
        Assert.Empty(page.FindAll("#create-Name"));
    }

    [Fact]
    public void Picker_ByKeyboard_ChoosesWithEnterAndTakesBackWithTheCross()
    {
        Extensions.FindUsersAsync("", null).ReturnsForAnyArgs(Found(new ExtensionUser(Guid.NewGuid(), "Ana", "ana", null), Liam));
        var page = OpenForm();
        var box = page.Find("#create-person");

        box.Focus();
        page.Find("#create-person").KeyDown("ArrowDown");
        page.Find("#create-person").KeyDown("ArrowDown");
        Assert.Equal("create-person-option-1", page.Find("#create-person").GetAttribute("aria-activedescendant"));
        page.Find("#create-person").KeyDown("Enter");

        Assert.Equal("Liam Byrne", page.Find("#create-Name").GetAttribute("value"));
        page.Find(".picker-chosen button").Click();
        Assert.Equal("", page.Find("#create-Name").GetAttribute("value"));
    }

    [Fact]
    public void Picker_EveryoneHasAnExtension_SaysSo()
    {
        var page = OpenForm();

        page.Find("#create-person").Input("zz");

        Assert.Equal("Nobody without an extension matches.", page.Find(".picker-none").TextContent);
    }

    [Fact]
    public void Create_NameOfOnesOwn_StaysWhenAPersonIsChosen()
    {
        Extensions.FindUsersAsync("", null).ReturnsForAnyArgs(Found(Liam));
        var page = OpenForm();

        page.Find("#create-Name").Input("Front desk");
        page.Find("#create-person").Input("l");
        page.Find("[role=option]").MouseDown();

        Assert.Equal("Front desk", page.Find("#create-Name").GetAttribute("value"));
        Assert.Equal("liam@demo.example", page.Find("#create-Email").GetAttribute("value"));
    }

    [Fact]
    public void Create_NumberTyped_IsAskedForAsTyped()
    {
        var page = OpenForm();

        page.Find("#create-Number").Input("١٠ ٢٥");
        page.Find("#create-Name").Input("Lobby");
        page.Find("dialog form").Submit();

        Assert.Equal("1025", Assert.Single(_asked).Number);
    }

    [Fact]
    public void Create_NumberTypedAndTakenBack_UsesTheSuggestion()
    {
        var page = OpenForm();

        page.Find("#create-Number").Input("1025");
        page.Find(".number-pick button").Click();

        Assert.Equal("1007", page.Find("#create-Number").GetAttribute("value"));
        Assert.Empty(page.FindAll(".number-pick button"));
    }

    [Fact]
    public void Create_FieldsAreWrong_SaysSoAtEachWithoutAskingAndUnfoldsTheRareOnes()
    {
        var page = OpenForm();

        page.Find("#create-Number").Input("1x");
        page.Find("#create-Email").Input("nobody");
        page.Find("#create-RingTimeoutSeconds").Input("soon");
        page.Find("#create-ForwardBusy").Input("call me");
        page.Find("dialog form").Submit();

        Assert.Empty(_asked);
        Assert.Equal("An extension number has 2 to 18 digits.", page.Find("#create-Number-error").TextContent);
        Assert.Equal("Give the extension a name.", page.Find("#create-Name-error").TextContent);
        Assert.Equal("This is not an e-mail address.", page.Find("#create-Email-error").TextContent);
        Assert.Equal("The ring timeout is 3 to 600 seconds.", page.Find("#create-RingTimeoutSeconds-error").TextContent);
        Assert.StartsWith("A forwarding target has digits", page.Find("#create-ForwardBusy-error").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("details[open]"));
        Assert.True(page.Find("dialog form").HasAttribute("data-focus-invalid"));

        page.Find("#create-Name").Input("Lobby");
        Assert.Empty(page.FindAll("#create-Name-error"));
        page.Find("#create-RingTimeoutSeconds").Input("٣٠");
        Assert.Empty(page.FindAll("#create-RingTimeoutSeconds-error"));
    }

    [Fact]
    public void Create_NumberTakenMeanwhile_StandsAtTheFieldAndKeepsEverything()
    {
        Extensions.CreateAsync(default!).ReturnsForAnyArgs(ExtensionErrors.NumberTakenOnPbx);
        var page = OpenForm();

        page.Find("#create-Number").Input("1001");
        page.Find("#create-Name").Input("Lobby");
        page.Find("dialog form").Submit();

        Assert.StartsWith("The PBX already uses this number.", page.Find("#create-Number-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("1001", page.Find("#create-Number").GetAttribute("value"));
        Assert.Equal("Lobby", page.Find("#create-Name").GetAttribute("value"));
    }

    [Fact]
    public void Create_PbxNotConfigured_SaysSoAboveTheForm()
    {
        Extensions.CreateAsync(default!).ReturnsForAnyArgs(TelephonyErrors.NotConfigured);
        var page = OpenForm();

        page.Find("#create-Name").Input("Lobby");
        page.Find("dialog form").Submit();

        Assert.NotNull(page.Find("dialog form > .notice[role=alert]"));
    }

    [Fact]
    public void Create_NoRange_SaysWhereToSetOneAndStillTakesANumber()
    {
        Extensions.SuggestNumberAsync().ReturnsForAnyArgs(ExtensionErrors.NoRange);

        var page = OpenForm();

        Assert.Equal("riyadh/settings/call-center", page.Find("dialog .notice a").GetAttribute("href"));
        Assert.Equal("", page.Find("#create-Number").GetAttribute("value"));
    }

    [Fact]
    public void Cancel_Pressed_AsksForNothing()
    {
        var page = OpenForm();

        page.FindAll("dialog .form-actions button").First(button => button.TextContent == "Cancel").Click();

        Assert.Empty(_asked);
        Assert.Empty(page.FindAll("#create-Name"));
    }

    private IRenderedComponent<ExtensionsPage> OpenForm()
    {
        var page = Open(role: TenantRole.Admin);
        page.Find("[data-press=n]").Click();
        return page;
    }
}

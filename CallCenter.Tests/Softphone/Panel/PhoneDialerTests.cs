using Bunit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Softphone;
using CallCenter.Web.Features.Softphone.Panel;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components.Web;
using NSubstitute;

namespace CallCenter.Tests.Softphone.Panel;

/// <summary>Whom to call: the number field, keys, favourites, numbers in pages.</summary>
public sealed class PhoneDialerTests : PhonePanelContext
{
    [Fact]
    public void Dialler_Name_DialsTheHitThatArrowsChose()
    {
        Directory.SearchAsync("nora", Arg.Any<CancellationToken>()).Returns(Phones.Listed(Hit("1002", LineStatus.Busy), Hit("1003", LineStatus.Idle)));
        var panel = Open(Phones.Snapshot(1));

        panel.Find("#phone-number").Input("nora");
        panel.Find("#phone-number").KeyDown(new KeyboardEventArgs { Key = "ArrowDown" });
        panel.Find("#phone-number").KeyDown(new KeyboardEventArgs { Key = "ArrowDown" });
        Assert.Equal("phone-hit-1", panel.Find("#phone-number").GetAttribute("aria-activedescendant"));
        panel.Find("#phone-number").KeyDown(new KeyboardEventArgs { Key = "Enter" });

        Assert.Equal("""dial {"number":"1003"}""", Assert.Single(Sent));
        Assert.Empty(State.Typed);
    }

    [Fact]
    public void Dialler_Keys_TypeAndAPlusComesFromTheLongZero()
    {
        var panel = Open(Phones.Snapshot(1));

        panel.Find("[data-phone-plus]").Click();
        for (var key = 0; key < 3; key++)
        {
            panel.FindAll(".phone-dialer .phone-key")[key].Click();
        }

        Assert.Equal("+123", panel.Find("#phone-number").GetAttribute("value"));
        panel.Find(".phone-number-field .btn-icon").Click();
        panel.Find(".phone-number-field").Submit();
        Assert.Equal("+12", System.Text.Json.JsonDocument.Parse(Assert.Single(Sent)["dial ".Length..]).RootElement.GetProperty("number").GetString());
    }

    [Fact]
    public void Dialler_NotConnected_SaysWhyAndKeepsTheNumber()
    {
        Answer = new CommandResult(false, Error: "line.down");
        var panel = Open(Phones.Snapshot(1));

        panel.Find("#phone-number").Input("1002");
        panel.Find(".phone-number-field").Submit();

        Assert.Contains("No connection to the PBX", panel.Find(".phone-body [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("1002", State.Typed);
    }

    [Fact]
    public void Favourites_AddedCalledAndRemoved()
    {
        var id = Guid.NewGuid();
        Directory.AddFavouriteAsync("", "", default).ReturnsForAnyArgs(id);
        Directory.ListFavouritesAsync(default).ReturnsForAnyArgs(Phones.Listed<PhoneFavouriteRow>(), Phones.Listed(new PhoneFavouriteRow(id, "1002", "Reception", LineStatus.Idle)));
        var panel = Open(Phones.Snapshot(1));

        panel.Find(".phone-favourite-add input").Input("1002");
        panel.Find(".phone-favourite-add").Submit();
        Assert.Contains("Free", panel.Find(".phone-favourite").TextContent, StringComparison.Ordinal);
        panel.Find(".phone-favourite").Click();
        Button(panel, "Edit").Click();
        panel.Find(".phone-favourites .btn-icon").Click();

        Assert.Equal("""dial {"number":"1002"}""", Assert.Single(Sent));
        Directory.Received(1).RemoveFavouriteAsync(id, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Number_WithAPhone_DialsElseCopies()
    {
        var with = Render<PhoneNumber>(p => p.Add(n => n.Number, "+353201234567").AddCascadingValue(State));
        var without = Render<PhoneNumber>(p => p.Add(n => n.Number, "+353201234567"));

        with.Find(".dial-button").Click();

        Assert.StartsWith("dial ", Assert.Single(Sent), StringComparison.Ordinal);
        Assert.Equal("+353201234567", without.Find(".phone-number").GetAttribute("data-copy"));
    }

    [Fact]
    public void NumberOfARow_IsCalledByAButtonBesideTheOneThatOpensIt()
    {
        var with = Render<DialIcon>(p => p.Add(n => n.Number, "+353201234567").AddCascadingValue(State));

        Assert.Empty(Render<DialIcon>(p => p.Add(n => n.Number, "+353201234567")).Markup.Trim());
        Assert.Empty(Render<DialIcon>(p => p.Add(n => n.Number, "").AddCascadingValue(State)).Markup.Trim());
        Assert.Equal("Call +353 20 123 4567", with.Find("button").GetAttribute("aria-label"));
        with.Find("button").Click();
        Assert.StartsWith("dial ", Assert.Single(Sent), StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersInsideOfButtons_HaveADialButtonBeside()
    {
        // RecordingParties stands in the list of recordings, whose column has the button.
        string[] reviewed = ["CallNumber.razor", "RecordingParties.razor"];

        var lacking = System.IO.Directory.EnumerateFiles(Path.Combine(Architecture.Sources.Root, "CallCenter.Web", "Features"), "*.razor", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file) is var text && text.Contains("<CallNumber ", StringComparison.Ordinal) && !text.Contains("<DialIcon ", StringComparison.Ordinal))
            .Select(Path.GetFileName).Except(reviewed);

        Assert.Empty(lacking);
    }
}

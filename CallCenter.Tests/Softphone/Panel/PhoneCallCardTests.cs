using Bunit;
using CallCenter.Core.Calls;
using CallCenter.Core.Extensions;
using CallCenter.Core.Softphone;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Features.Softphone.Panel;
using Microsoft.AspNetCore.Components.Web;
using NSubstitute;

namespace CallCenter.Tests.Softphone.Panel;

/// <summary>Ringing and running calls: who it is, and which command each control gives.</summary>
public sealed class PhoneCallCardTests : PhonePanelContext
{
    [Fact]
    public void Incoming_SharedNumber_NamesAllClientsAndGuessesNone()
    {
        Directory.WhoIsAsync("", default).ReturnsForAnyArgs(new PhoneIdentity(
            "+353201234567", 353201234567, null, [new PhoneClient(Guid.NewGuid(), "Nora Quinn", "Quay Ltd", "", []), new PhoneClient(Guid.NewGuid(), "Liam Daly", "", "", [])],
            [], [new PhoneNote(Guid.NewGuid(), "Wants a refund", "Sara", Now)], Now.AddHours(-1)));

        var panel = Open(Phones.Snapshot(1, Phones.Call(state: PhoneCallState.Ringing)));

        var card = panel.Find(".phone-call.is-ringing");
        Assert.Contains("Number of 2 clients", card.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Nora Quinn", "Liam Daly"], card.QuerySelectorAll(".phone-who-list a").Select(a => a.TextContent));
        Assert.Contains("Wants a refund", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("Abandoned call waits", card.TextContent, StringComparison.Ordinal);
        Assert.Equal(["answer c1", "reject c1", "busy c1"], Acts(card));
        Assert.Contains("Incoming call", panel.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Incoming_OneClient_ShowsCompanyNotesAndLastCalls()
    {
        var client = Guid.NewGuid();
        var call = new CallRow(Guid.NewGuid(), Now.AddDays(-1), CallDirection.Inbound, CallOutcome.Abandoned, "+353201234567", "", "1001", "", "", 3, 0, false);
        Directory.WhoIsAsync("", default).ReturnsForAnyArgs(new PhoneIdentity(
            "+353201234567", 353201234567, null, [new PhoneClient(client, "Nora Quinn", "Quay Ltd", "Speaks Irish", [])],
            [call], [new PhoneNote(call.Id, "Wants a refund", "Sara", Now)], null));

        var panel = Open(Phones.Snapshot(1, Phones.Call(state: PhoneCallState.Ringing)));

        var card = panel.Find(".phone-call.is-ringing");
        Assert.EndsWith($"/clients/{client}", card.QuerySelector("strong a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.All(["Nora Quinn", "Quay Ltd", "Speaks Irish", "Wants a refund"], text => Assert.Contains(text, card.TextContent, StringComparison.Ordinal));
        Assert.Contains("Abandoned", card.QuerySelector(".phone-who-calls")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Incoming_Withheld_HasWordsInsteadOfANumber()
    {
        var panel = Open(Phones.Snapshot(1, Phones.Call(state: PhoneCallState.Ringing, number: "")));

        Assert.Contains("Number withheld", panel.Find(".phone-call").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void DirectoryFails_TheCallIsThereAllTheSame()
    {
        Directory.WhoIsAsync("", default).ReturnsForAnyArgs(AccessErrors.Denied);

        Assert.Equal(["answer c1", "reject c1", "busy c1"], Acts(Open(Phones.Snapshot(1, Phones.Call(state: PhoneCallState.Ringing))).Find(".phone-call")));
    }

    [Fact]
    public void Active_AllControls_AreTheCallsOwn()
    {
        var panel = Open(Phones.Snapshot(1, Phones.Call()));

        Assert.Equal(["mute c1", "hold c1", "hangUp c1"], Acts(panel.Find(".phone-call")));
        Assert.Equal("1772463605000", panel.Find(".phone-timer").GetAttribute("data-phone-since"));
        Button(panel, "Park").Click();
        Button(panel, "Keypad").Click();
        panel.FindAll(".phone-call .phone-key")[4].Click();
        panel.Find(".phone-call .phone-keys").KeyDown(new KeyboardEventArgs { Key = "٧" });
        panel.Find(".phone-call .phone-keys").KeyDown(new KeyboardEventArgs { Key = "x" });

        Assert.Equal(["""park {"callId":"c1"}""", """dtmf {"callId":"c1","tones":"5"}""", """dtmf {"callId":"c1","tones":"7"}"""], Sent);
    }

    [Fact]
    public void Active_HeldMutedAndPoor_SaysEach()
    {
        var poor = Phones.Call() with { Muted = true, Quality = new QualitySnapshot(2.4, 9, 40, 300) };
        var panel = Open(Phones.Snapshot(1, poor, Phones.Call("c2") with { LocalHold = true }));

        var cards = panel.FindAll(".phone-call");
        Assert.Contains("Nobody hears you", cards[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("The sound is bad", cards[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("On hold", cards[1].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("The sound is bad", cards[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoCalls_AreConnectedOrMergedByOnePress()
    {
        var panel = Open(Phones.Snapshot(1, Phones.Call() with { LocalHold = true }, Phones.Call("c2")));

        Button(panel, "Connect").Click();
        Button(panel, "Three-way").Click();

        Assert.Equal(["""transferTo {"callId":"c1","otherCallId":"c2"}""", """threeWay {"callId":"c1","otherCallId":"c2"}"""], Sent);
    }

    [Fact]
    public void TwoCalls_NoConferenceRoom_NoMerge()
    {
        State.Know(Phones.Info with { CanConfer = false, CanPark = false });

        var panel = Open(Phones.Snapshot(1, Phones.Call(), Phones.Call("c2")));

        Assert.DoesNotContain(panel.FindAll(".phone-acts button"), button => button.TextContent is "Three-way" or "Park");
    }

    [Fact]
    public void Transfer_ListShowsWhoIsFree_AndGivesTheCallAwayOrAsksFirst()
    {
        Directory.ListColleaguesAsync(default).ReturnsForAnyArgs(Phones.Listed(Hit("1002", LineStatus.Busy), Hit("1003", LineStatus.Idle)));
        var panel = Open(Phones.Snapshot(1, Phones.Call()));

        Button(panel, "Transfer").Click();
        var rows = panel.FindAll(".phone-transfer .phone-hit");
        Assert.Contains("Free", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("1003", rows[0].TextContent, StringComparison.Ordinal);
        rows[0].QuerySelectorAll("button")[0].Click();
        Button(panel, "Transfer").Click();
        panel.FindAll(".phone-transfer .phone-hit")[1].QuerySelectorAll("button")[1].Click();

        Assert.Equal(["""transfer {"callId":"c1","number":"1003"}""", """dial {"number":"1002"}"""], Sent);
    }

    [Fact]
    public async Task Transfer_ColleagueHangsUpMeanwhile_ShowsAsFree()
    {
        var changed = () => Task.CompletedTask;
        Directory.Subscribe(Arg.Do<Func<Task>>(raised => changed = raised)).Returns(Substitute.For<IDisposable>());
        Directory.ListColleaguesAsync(default).ReturnsForAnyArgs(Phones.Listed(Hit("1002", LineStatus.InUse)), Phones.Listed(Hit("1002", LineStatus.Idle)));
        var panel = Open(Phones.Snapshot(1, Phones.Call()));
        Button(panel, "Transfer").Click();
        Assert.DoesNotContain("Free", panel.Find(".phone-transfer .phone-hit").TextContent, StringComparison.Ordinal);

        await changed();

        panel.WaitForAssertion(() => Assert.Contains("Free", panel.Find(".phone-transfer .phone-hit").TextContent, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(TransferState.Ringing, null, "It rings at 1002")]
    [InlineData(TransferState.Failed, "transfer.refused", "the call is still yours · The transfer was refused")]
    public void Transfer_Progress_IsVisible(TransferState state, string? error, string words)
    {
        var panel = Open(Phones.Snapshot(1, Phones.Call() with { Transfer = new TransferSnapshot(TransferKind.Blind, "1002", state, 180, error) }));

        Assert.Contains(words, panel.Find(".phone-transfer-state").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Folded_InACall_HangUpIsOneClickAway()
    {
        var panel = Open(Phones.Snapshot(1, Phones.Call("held") with { LocalHold = true }, Phones.Call()));

        panel.Find(".phone-pill").Click();

        Assert.Empty(panel.FindAll(".phone-panel"));
        Assert.Equal(["hangUp c1"], Acts(panel.Find(".phone-corner")));
    }
}

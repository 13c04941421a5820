using Bunit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Softphone.Panel;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Softphone.Panel;

/// <summary>What the panel shows for each state, and which command each of its controls gives.</summary>
public sealed class PhonePanelTests : PortalContext
{
    private readonly IPhoneCalls _calls = Substitute.For<IPhoneCalls>();
    private readonly IPhoneDirectory _directory = Substitute.For<IPhoneDirectory>();
    private readonly IDispositions _dispositions = Substitute.For<IDispositions>();
    private readonly PhoneState _state = new();
    private readonly List<string> _sent = [];
    private CommandResult _answer = new(true);

    public PhonePanelTests()
    {
        _calls.FindAsync("", default).ReturnsForAnyArgs(PhoneErrors.CallNotFound);
        _calls.SaveWorkAsync("", "", null, default).ReturnsForAnyArgs(Result.Success);
        _directory.SearchAsync("", default).ReturnsForAnyArgs(Phones.Listed<PhoneHit>());
        _directory.ListFavouritesAsync(default).ReturnsForAnyArgs(Phones.Listed<PhoneFavouriteRow>());
        _directory.WhoIsAsync("", default).ReturnsForAnyArgs(call => new PhoneIdentity(call.Arg<string>(), 0, null, [], [], [], null));
        _dispositions.ListAsync(default).ReturnsForAnyArgs(Phones.Listed<DispositionRow>());
        Services.AddSingleton(_calls).AddSingleton(_directory).AddSingleton(_dispositions).AddSingleton(_state);
        Services.AddScoped<PhoneWords>();
        _state.Know(Phones.Info);
        _state.Connect((name, args) =>
        {
            _sent.Add($"{name} {System.Text.Json.JsonSerializer.Serialize(args)}");
            return Task.FromResult(_answer);
        });
        EnterAs(TenantRole.Agent);
    }

    [Theory]
    [InlineData(LineState.Registered, null, "Ready", "tone-good")]
    [InlineData(LineState.Reconnecting, "line.down", "Connection lost", "tone-warn")]
    [InlineData(LineState.AuthFailed, "line.credentials", "Refused by the PBX", "tone-bad")]
    [InlineData(LineState.Registering, null, "Signing on", "tone-note")]
    [InlineData(LineState.Standby, null, "Waiting for the other tab", "tone-quiet")]
    public void Line_EveryState_HasAWordATone(LineState line, string? cause, string word, string tone)
    {
        _state.Accept(Phones.Snapshot(1) with { Line = Phones.Line(line, cause, 403) });

        var pill = Render<PhonePanel>().Find(".phone-pill");

        Assert.Contains(word, pill.TextContent, StringComparison.Ordinal);
        Assert.Contains(tone, pill.ClassName, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongPassword_SaysWhatToDoAndTriesAgain()
    {
        var panel = Open(Phones.Snapshot(1) with { Line = Phones.Line(LineState.AuthFailed, "line.credentials", 403) });

        Assert.Contains("password of your extension has probably changed", panel.Markup, StringComparison.Ordinal);
        Assert.Contains("SIP 403", panel.Markup, StringComparison.Ordinal);
        panel.Find(".phone-body .notice .btn").Click();

        Assert.Equal("retry {}", Assert.Single(_sent));
    }

    [Fact]
    public void Incoming_SharedNumber_NamesAllClientsAndGuessesNone()
    {
        _directory.WhoIsAsync("", default).ReturnsForAnyArgs(new PhoneIdentity(
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
    public void Incoming_Withheld_HasWordsInsteadOfANumber()
    {
        var panel = Open(Phones.Snapshot(1, Phones.Call(state: PhoneCallState.Ringing, number: "")));

        Assert.Contains("Number withheld", panel.Find(".phone-call").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void DirectoryFails_TheCallIsThereAllTheSame()
    {
        _directory.WhoIsAsync("", default).ReturnsForAnyArgs(AccessErrors.Denied);

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

        Assert.Equal(["""park {"callId":"c1"}""", """dtmf {"callId":"c1","tones":"5"}""", """dtmf {"callId":"c1","tones":"7"}"""], _sent);
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

        Assert.Equal(["""transferTo {"callId":"c1","otherCallId":"c2"}""", """threeWay {"callId":"c1","otherCallId":"c2"}"""], _sent);
    }

    [Fact]
    public void TwoCalls_NoConferenceRoom_NoMerge()
    {
        _state.Know(Phones.Info with { CanConfer = false, CanPark = false });

        var panel = Open(Phones.Snapshot(1, Phones.Call(), Phones.Call("c2")));

        Assert.DoesNotContain(panel.FindAll(".phone-acts button"), button => button.TextContent is "Three-way" or "Park");
    }

    [Fact]
    public void Transfer_ListShowsWhoIsFree_AndGivesTheCallAwayOrAsksFirst()
    {
        _directory.SearchAsync("", default).ReturnsForAnyArgs(Phones.Listed(Hit("1002", LineStatus.Busy), Hit("1003", LineStatus.Idle)));
        var panel = Open(Phones.Snapshot(1, Phones.Call()));

        Button(panel, "Transfer").Click();
        var rows = panel.FindAll(".phone-transfer .phone-hit");
        Assert.Contains("Free", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("1003", rows[0].TextContent, StringComparison.Ordinal);
        rows[0].QuerySelectorAll("button")[0].Click();
        Button(panel, "Transfer").Click();
        panel.FindAll(".phone-transfer .phone-hit")[1].QuerySelectorAll("button")[1].Click();

        Assert.Equal(["""transfer {"callId":"c1","number":"1003"}""", """dial {"number":"1002"}"""], _sent);
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

    [Theory]
    [InlineData(EndCause.Busy, "Busy", true)]
    [InlineData(EndCause.HangUp, "Call ended", false)]
    [InlineData(EndCause.NoNetwork, "No network for sound", true)]
    public void End_SaysWhyAndOffersToCallAgain(EndCause cause, string words, bool again)
    {
        var panel = Open(Phones.Snapshot(1, Phones.Call("x", PhoneCallState.Dialing, direction: PhoneDirection.Out)));
        panel.InvokeAsync(() => _state.Accept(Phones.Snapshot(2) with { LastEnd = Phones.Ended("x", cause, 486) }));

        var notice = panel.WaitForElement(".phone-body .notice");
        Assert.Contains(words, notice.TextContent, StringComparison.Ordinal);
        Assert.Equal(again, notice.TextContent.Contains("Call again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WrapUp_NoteAndResult_AreSavedAfterTheCall()
    {
        var result = Guid.NewGuid();
        _dispositions.ListAsync(default).ReturnsForAnyArgs(Phones.Listed(new DispositionRow(result, "Sold", "تم البيع", true, false, true, 0)));
        var panel = Open(Phones.Snapshot(1, Phones.Call()));
        await panel.InvokeAsync(() => _state.Accept(Phones.Snapshot(2)));

        panel.Find("#phone-result-c1").Change(result.ToString());
        panel.Find("#phone-note-c1").Input("Calls back on Monday");
        panel.Find(".phone-work").Submit();
        await _calls.Received(1).SaveWorkAsync("c1", "Calls back on Monday", result, Arg.Any<CancellationToken>());
        Assert.Contains("Saved", panel.Find(".phone-work").TextContent, StringComparison.Ordinal);
        Button(panel, "Done").Click();

        Assert.Empty(panel.FindAll(".phone-work"));
    }

    [Fact]
    public async Task Note_HalfTypedWhenTheCallEnds_IsThereAndSavedByDone()
    {
        var panel = Open(Phones.Snapshot(1, Phones.Call()));
        panel.Find("#phone-note-c1").Input("Half a sen");

        await panel.InvokeAsync(() => _state.Accept(Phones.Snapshot(2)));
        Assert.Equal("Half a sen", panel.Find(".is-over #phone-note-c1").GetAttribute("value"));
        Button(panel, "Done").Click();

        await _calls.Received(1).SaveWorkAsync("c1", "Half a sen", null, Arg.Any<CancellationToken>());
        Assert.Empty(panel.FindAll(".is-over"));
    }

    [Fact]
    public void Ended_WhileNoCircuitWasThere_IsOfferedForWrapUp()
    {
        var panel = Open(Phones.Snapshot(1) with { Ended = [Phones.Ended("missed") with { AnsweredAt = null }, Phones.Ended("talked")] });

        Assert.NotNull(panel.Find(".is-over #phone-note-talked"));
        Assert.Single(panel.FindAll(".is-over"));
    }

    [Fact]
    public void WrapUp_NotSaved_SaysWhyAndKeepsTheText()
    {
        _calls.SaveWorkAsync("", "", null, default).ReturnsForAnyArgs(WorkErrors.NoteTooLong);
        var panel = Open(Phones.Snapshot(1, Phones.Call()));

        panel.Find("#phone-note-c1").Input("long");
        panel.Find(".phone-work").Submit();

        Assert.NotEmpty(panel.FindAll(".phone-work [role=alert]"));
        Assert.Equal("long", panel.Find("#phone-note-c1").GetAttribute("value"));
    }

    [Fact]
    public void Dialler_Name_DialsTheHitThatArrowsChose()
    {
        _directory.SearchAsync("nora", Arg.Any<CancellationToken>()).Returns(Phones.Listed(Hit("1002", LineStatus.Busy), Hit("1003", LineStatus.Idle)));
        var panel = Open(Phones.Snapshot(1));

        panel.Find("#phone-number").Input("nora");
        panel.Find("#phone-number").KeyDown(new KeyboardEventArgs { Key = "ArrowDown" });
        panel.Find("#phone-number").KeyDown(new KeyboardEventArgs { Key = "ArrowDown" });
        Assert.Equal("phone-hit-1", panel.Find("#phone-number").GetAttribute("aria-activedescendant"));
        panel.Find("#phone-number").KeyDown(new KeyboardEventArgs { Key = "Enter" });

        Assert.Equal("""dial {"number":"1003"}""", Assert.Single(_sent));
        Assert.Empty(_state.Typed);
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
        Assert.Equal("+12", System.Text.Json.JsonDocument.Parse(Assert.Single(_sent)["dial ".Length..]).RootElement.GetProperty("number").GetString());
    }

    [Fact]
    public void Dialler_NotConnected_SaysWhyAndKeepsTheNumber()
    {
        _answer = new CommandResult(false, Error: "line.down");
        var panel = Open(Phones.Snapshot(1));

        panel.Find("#phone-number").Input("1002");
        panel.Find(".phone-number-field").Submit();

        Assert.Contains("No connection to the PBX", panel.Find(".phone-body [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("1002", _state.Typed);
    }

    [Fact]
    public void Microphone_Denied_SaysWhereToAllowIt()
    {
        var panel = Open(Phones.Snapshot(1) with { Devices = Phones.Sound with { Permission = Permission.Denied } });

        Assert.Contains("allow the microphone", panel.Find(".phone-body .notice").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Microphone_NotAskedYet_OneButtonStartsThePhone()
    {
        var panel = Open(Phones.Snapshot(1) with { Devices = Phones.Sound with { Permission = Permission.Prompt } });

        Assert.Equal("Start phone", panel.Find("[data-phone-prepare]").TextContent);
    }

    [Fact]
    public void OtherTab_HasThePhone_CanBeTakenOverUnlessInACall()
    {
        var panel = Open(Phones.Snapshot(1) with { Leader = false });

        Button(panel, "Use this tab").Click();
        Assert.Equal("takeOver {}", Assert.Single(_sent));
        panel.InvokeAsync(() => _state.Accept(Phones.Snapshot(2, Phones.Call()) with { Leader = false }));

        panel.WaitForAssertion(() => Assert.DoesNotContain("Use this tab", panel.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Menu_DndAndDevices()
    {
        var panel = Open(Phones.Snapshot(1) with { Devices = Phones.Sound with { Level = 0.4 } });

        Button(panel, "Do not disturb").Click();
        Button(panel, "Microphone and sound").Click();
        panel.Find("#phone-microphone").Change("mic-1");
        panel.Find("#phone-ringer").Change("");

        Assert.Equal(["""dnd {"on":true}""", """devices {"microphone":"mic-1"}""", """devices {"ringer":null}"""], _sent);
        Assert.Equal("0.4", panel.Find("meter").GetAttribute("value"));
    }

    [Fact]
    public void Favourites_AddedCalledAndRemoved()
    {
        var id = Guid.NewGuid();
        _directory.AddFavouriteAsync("", "", default).ReturnsForAnyArgs(id);
        _directory.ListFavouritesAsync(default).ReturnsForAnyArgs(Phones.Listed<PhoneFavouriteRow>(), Phones.Listed(new PhoneFavouriteRow(id, "1002", "Reception", LineStatus.Idle)));
        var panel = Open(Phones.Snapshot(1));

        panel.Find(".phone-favourite-add input").Input("1002");
        panel.Find(".phone-favourite-add").Submit();
        Assert.Contains("Free", panel.Find(".phone-favourite").TextContent, StringComparison.Ordinal);
        panel.Find(".phone-favourite").Click();
        Button(panel, "Edit").Click();
        panel.Find(".phone-favourites .btn-icon").Click();

        Assert.Equal("""dial {"number":"1002"}""", Assert.Single(_sent));
        _directory.Received(1).RemoveFavouriteAsync(id, Arg.Any<CancellationToken>());
    }

    [Fact]
    public void Number_WithAPhone_DialsElseCopies()
    {
        var with = Render<PhoneNumber>(p => p.Add(n => n.Number, "+353201234567").AddCascadingValue(_state));
        var without = Render<PhoneNumber>(p => p.Add(n => n.Number, "+353201234567"));

        with.Find(".dial-button").Click();

        Assert.StartsWith("dial ", Assert.Single(_sent), StringComparison.Ordinal);
        Assert.Equal("+353201234567", without.Find(".phone-number").GetAttribute("data-copy"));
    }

    private static PhoneHit Hit(string number, LineStatus line) => new(PhoneHitKind.Extension, number, 0, $"Agent {number}", "", line, null, null);

    private static IEnumerable<string> Acts(AngleSharp.Dom.IElement card) =>
        card.QuerySelectorAll("[data-phone-act]").Select(button => $"{button.GetAttribute("data-phone-act")} {button.GetAttribute("data-phone-call")}");

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<PhonePanel> panel, string text) =>
        panel.FindAll("button").First(button => button.TextContent.Trim() == text);

    private IRenderedComponent<PhonePanel> Open(PhoneSnapshot snapshot)
    {
        _state.Accept(snapshot);
        _state.Open(true);
        return Render<PhonePanel>();
    }
}

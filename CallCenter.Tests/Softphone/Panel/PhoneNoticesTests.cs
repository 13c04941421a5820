using Bunit;
using CallCenter.Core.Softphone;
using CallCenter.Web.Features.Softphone.Panel;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Softphone.Panel;

/// <summary>Line, microphone, other tabs and ended calls, each with words and what to do.</summary>
public sealed class PhoneNoticesTests : PhonePanelContext
{
    [Theory]
    [InlineData(LineState.Registered, null, "Ready", "tone-good")]
    [InlineData(LineState.Reconnecting, "line.down", "Connection lost", "tone-warn")]
    [InlineData(LineState.AuthFailed, "line.credentials", "Refused by the PBX", "tone-bad")]
    [InlineData(LineState.Registering, null, "Signing on", "tone-note")]
    [InlineData(LineState.Standby, null, "Waiting for the other tab", "tone-quiet")]
    public void Line_EveryState_HasAWordATone(LineState line, string? cause, string word, string tone)
    {
        State.Accept(Phones.Snapshot(1) with { Line = Phones.Line(line, cause, 403) });

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

        Assert.Equal("retry {}", Assert.Single(Sent));
    }

    [Theory]
    [InlineData(EndCause.Busy, "Busy", true)]
    [InlineData(EndCause.HangUp, "Call ended", false)]
    [InlineData(EndCause.NoNetwork, "No network for sound", true)]
    public void End_SaysWhyAndOffersToCallAgain(EndCause cause, string words, bool again)
    {
        var panel = Open(Phones.Snapshot(1, Phones.Call("x", PhoneCallState.Dialing, direction: PhoneDirection.Out)));
        panel.InvokeAsync(() => State.Accept(Phones.Snapshot(2) with { LastEnd = Phones.Ended("x", cause, 486) }));

        var notice = panel.WaitForElement(".phone-body .notice");
        Assert.Contains(words, notice.TextContent, StringComparison.Ordinal);
        Assert.Equal(again, notice.TextContent.Contains("Call again", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(402, EndCause.Failed, "No credit for this call", "outside line is used up")]
    [InlineData(403, EndCause.Rejected, "Not allowed to call this number", "Ask your administrator")]
    [InlineData(404, EndCause.NotFound, "No such number", "area code may be missing")]
    [InlineData(484, EndCause.NotFound, "The number is incomplete", "Digits are missing")]
    [InlineData(486, EndCause.Busy, "Busy", "few minutes")]
    [InlineData(503, EndCause.ServerError, "No line is free", "outside line may be down")]
    [InlineData(603, EndCause.Rejected, "Rejected", "does not take the call")]
    public void End_RefusedByTheFarSide_SaysWhatTheStatusMeansAndWhatToDo(int code, EndCause cause, string words, string help)
    {
        var panel = Open(Phones.Snapshot(1, Phones.Call("x", PhoneCallState.Dialing, direction: PhoneDirection.Out)));
        panel.InvokeAsync(() => State.Accept(Phones.Snapshot(2) with { LastEnd = Phones.Ended("x", cause, code) }));

        var notice = panel.WaitForElement(".phone-body .notice").TextContent;
        Assert.Contains(words, notice, StringComparison.Ordinal);
        Assert.Contains(help, notice, StringComparison.Ordinal);
        Assert.Contains($"SIP {code}", notice, StringComparison.Ordinal);
    }

    [Fact]
    public void End_OwnRejection_HasNotTheFarSidesWords()
    {
        var words = Services.GetRequiredService<PhoneWords>();

        Assert.Equal("Rejected", words.End(Phones.Ended(cause: EndCause.Rejected, code: 403) with { EndedBy = PhoneEndedBy.Local }));
        Assert.Null(words.EndHelp(Phones.Ended()));
    }

    [Fact]
    public void Line_PbxAnswersWithAFault_DoesNotBlameTheNetwork()
    {
        var panel = Open(Phones.Snapshot(1) with { Line = Phones.Line(LineState.Registering, "line.down", 503) });

        var notice = panel.Find(".phone-body .notice").TextContent;
        Assert.Contains("The PBX is there", notice, StringComparison.Ordinal);
        Assert.DoesNotContain("Look at your network", notice, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherDevices_AreNamed()
    {
        var panel = Open(Phones.Snapshot(1) with { Line = Phones.Line() with { Others = 2 } });

        Assert.Contains("Signed on elsewhere too", panel.Find(".phone-body .notice").TextContent, StringComparison.Ordinal);
        Button(panel, "Got it").Click();
        Assert.Empty(panel.FindAll(".phone-body .notice"));
        panel.InvokeAsync(() => State.Accept(Phones.Snapshot(2) with { Line = Phones.Line() with { Others = 3 } }));
        panel.WaitForElement(".phone-body .notice");
    }

    [Fact]
    public void Devices_Closed_EndTheTestOfTheMicrophone()
    {
        var panel = Open(Phones.Snapshot(1) with { Devices = Phones.Sound with { Level = 0.4 } });
        Button(panel, "Microphone and sound").Click();
        Assert.Empty(Sent);

        Button(panel, "Microphone and sound").Click();

        Assert.Equal("""microphoneTest {"on":false}""", Assert.Single(Sent));
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
        Assert.Equal("takeOver {}", Assert.Single(Sent));
        panel.InvokeAsync(() => State.Accept(Phones.Snapshot(2, Phones.Call()) with { Leader = false }));

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

        Assert.Equal(["""dnd {"on":true}""", """devices {"microphone":"mic-1"}""", """devices {"ringer":null}"""], Sent);
        Assert.Equal("0.4", panel.Find("meter").GetAttribute("value"));
    }
}

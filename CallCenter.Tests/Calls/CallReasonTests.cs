using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;

namespace CallCenter.Tests.Calls;

public sealed class CallReasonTests
{
    [Theory]
    [InlineData("wrong-number", CallReason.WrongNumber)]
    [InlineData("no-permission", CallReason.NoPermission)]
    [InlineData("number-not-in-service", CallReason.NotInService)]
    [InlineData("ss-noservice", CallReason.NotInService)]
    [InlineData("privacy-you-are-blacklisted", CallReason.BlockedNumber)]
    [InlineData("All-Circuits-Busy-Now", CallReason.LinesBusy)]
    [InlineData("vm-nobodyavail", null)]
    [InlineData("34", null)]
    [InlineData("", null)]
    public void OfPrompt_NameOfAPrompt_IsReadOrLeftAlone(string prompt, CallReason? expected) => Assert.Equal(expected, CallReasons.OfPrompt(prompt));

    [Theory]
    [InlineData("Hangup", "34", "", false, CallReason.LinesBusy)]
    [InlineData("Hangup", "1", "", false, CallReason.WrongNumber)]
    [InlineData("Hangup", "16", "", false, null)]
    [InlineData("Hangup", "", "", false, null)]
    [InlineData("Congestion", "10", "", false, CallReason.Congestion)]
    [InlineData("Dial", "PJSIP/trunk_1/0209100123,60", "ITSP-A", false, CallReason.TrunkRefused)]
    [InlineData("Dial", "PJSIP/1002,60", "", false, CallReason.Unreachable)]
    [InlineData("Dial", "PJSIP/1002,60", "", true, null)]
    public void Of_FailedCallWithoutPrompt_IsReadFromItsLastFailedLeg(string application, string data, string trunk, bool reached, CallReason? expected) =>
        Assert.Equal(expected, CallReasons.Of(Call(CallOutcome.Failed, "", Leg(application, data, trunk, reached))));

    [Fact]
    public void Of_PromptAndLeg_ThePromptSaysMore() =>
        Assert.Equal(CallReason.WrongNumber, CallReasons.Of(Call(CallOutcome.Failed, "wrong-number", Leg("Congestion", "", "", false))));

    [Fact]
    public void Of_NobodyAnswered_TellsWhatRangFromWhatCouldNot()
    {
        Assert.Equal(CallReason.Unreachable, CallReasons.Of(Call(CallOutcome.NoAnswer, "", Leg("Dial", "", "", false))));
        Assert.Null(CallReasons.Of(Call(CallOutcome.NoAnswer, "", Leg("Dial", "", "", true))));
    }

    [Theory]
    [InlineData(CallOutcome.Answered)]
    [InlineData(CallOutcome.Voicemail)]
    [InlineData(CallOutcome.Abandoned)]
    public void Of_CallThatNeedsNoReason_HasNone(CallOutcome outcome) => Assert.Null(CallReasons.Of(Call(outcome, "wrong-number", Leg("Dial", "", "", false))));

    [Fact]
    public void RawFields_WhatIsNoObject_HasNoFields()
    {
        Assert.Empty(RawFields.Read("\"1001\",\"1002\""));
        Assert.Empty(RawFields.Read("[1]"));
        Assert.Empty(RawFields.Read(""));
        Assert.Equal([new("src", "1001"), new("none", "null")], RawFields.Read("""{"src":"1001","none":null}"""));
    }

    private static CallLegRow Leg(string application, string data, string trunk, bool reached) => new(
        TestLegs.Noon, null, TestLegs.Noon.AddSeconds(3), 3, 0, LegDisposition.Failed, LegAction.Dial, "", "1001", "0209100123", "", reached, application, false)
    {
        LastData = data,
        DestinationTrunk = trunk,
    };

    private static CallDetail Call(CallOutcome outcome, string prompt, params CallLegRow[] legs) => new(
        new CallRow(Guid.NewGuid(), TestLegs.Noon, CallDirection.Outbound, outcome, "1001", "", "0209100123", "", "", 3, 0, false),
        null, TestLegs.Noon.AddSeconds(3), 3, "", prompt, "1772452800.1", legs);
}

using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;

namespace CallCenter.Tests.Calls;

public sealed class CallReadingTests
{
    [Fact]
    public void Read_InboundAnswered_HasThePhoneItsRingAndItsTalk()
    {
        var call = Read(Leg(answer: 5));

        Assert.Equal(("A1001", 5, 55, null, CallEnd.Unknown), (Path(call), call.RingSeconds, call.TalkSeconds, call.HoldSeconds, call.HungUpBy));
        Assert.Equal([new("1001", CallPart.Rang | CallPart.Answered, "", 1, 5, 55)], call.Participants);
    }

    [Fact]
    public void Read_BetweenExtensions_BothTalk()
    {
        var call = Read(Leg(answer: 4, direction: CallDirection.Internal, caller: "1005", called: "1006"));

        Assert.Equal(
            [new("1005", CallPart.Called, "", 0, 0, 56), new("1006", CallPart.Rang | CallPart.Answered, "", 1, 4, 56)], call.Participants);
        Assert.Equal("", call.Trunk);
    }

    [Fact]
    public void Read_Outbound_TheOutsideNumberIsOnThePathAndNoParticipant()
    {
        var call = Read(Leg(answer: 8, direction: CallDirection.Outbound, caller: "1005", called: "trunk_1", destination: "0015550199") with { AnsweredBy = "0015550199" });

        Assert.Equal(("A0015550199", "0015550199", 8), (Path(call), call.AnsweredBy, call.RingSeconds));
        Assert.Equal([new("1005", CallPart.Called, "", 0, 0, 52)], call.Participants);
    }

    [Fact]
    public void Read_OutboundThatDoesNotNameWhoAnswered_NamesTheNumberNotTheTrunk()
    {
        var call = Read(Leg(answer: 8, direction: CallDirection.Outbound, caller: "1005", called: "trunk_1", destination: "0015550199") with { AnsweredBy = "" });

        Assert.Equal("0015550199", call.AnsweredBy);
    }

    [Fact]
    public void Read_RingGroupWithHeaders_KeepsLosersWinnerAndGroup()
    {
        var call = Read(
            Header("1", LegAction.Dial, "", "014960000", 0),
            Header("2", LegAction.RingGroup, "6400", "6400", 3),
            Member("3", "1001", start: 3, duration: 14),
            Member("4", "1002", start: 3, duration: 0) with { Disposition = LegDisposition.Busy },
            Member("5", "1003", start: 3, duration: 74, answered: true));

        Assert.Equal("G6400 R1001 B1002 A1003", Path(call));
        Assert.Equal(("014960000", "6400", "", 14, 60, 17), (call.ToNumber, call.Via, call.Queue, call.RingSeconds, call.TalkSeconds, call.WaitSeconds));
        Assert.Equal(
            [
                new("1001", CallPart.Rang, "", 1, 14, 0),
                new("1002", CallPart.Missed, "", 0, 0, 0),
                new("1003", CallPart.Rang | CallPart.Answered, "", 1, 14, 60),
            ],
            call.Participants);
    }

    [Fact]
    public void Read_MenuThenQueueInRounds_CountsEachOffer()
    {
        var call = Read(
            Menu("1", 0, 10),
            Agent("2", "1001", start: 10, duration: 15),
            Agent("3", "1001", start: 30, duration: 15),
            Agent("4", "1002", start: 30, duration: 100, answered: true));

        Assert.Equal("I7000 Q6500 R1001 A1002", Path(call));
        Assert.Equal(("6500", "7000", "6500", 30, 85, 45), (call.Queue, call.Ivr, call.Via, call.RingSeconds, call.TalkSeconds, call.WaitSeconds));
        Assert.Equal(
            [new("1001", CallPart.Rang, "6500", 2, 30, 0), new("1002", CallPart.Rang | CallPart.Answered, "6500", 1, 15, 85)], call.Participants);
    }

    [Fact]
    public void Read_QueueAnswersWithNobodyRingingAlong_RingIsNotKnown()
    {
        var call = Read(Agent("1", "1002", start: 0, duration: 40, answered: true));

        Assert.Null(call.RingSeconds);
        Assert.Equal(40, call.TalkSeconds);
    }

    [Theory]
    [InlineData(300, CallEnd.Pbx)]
    [InlineData(120, CallEnd.Unknown)]
    public void Read_QueueThatTimesOut_ThePbxHungUp(int waited, CallEnd expected)
    {
        var call = Read(Agent("1", "1001", 0, 15), Waiting("2", 15, waited - 15));

        Assert.Equal((CallOutcome.Abandoned, expected), (call.Outcome, call.HungUpBy));
    }

    [Fact]
    public void Read_PhoneThatRangOut_ThePbxHungUp()
    {
        Assert.Equal(CallEnd.Pbx, Read(Leg(answer: null, duration: 60) with { LastData = "PJSIP/1001,60,tT" }).HungUpBy);
        Assert.Equal(CallEnd.Unknown, Read(Leg(answer: null, duration: 20) with { LastData = "PJSIP/1001,60,tT" }).HungUpBy);
    }

    [Fact]
    public void Read_BlindTransferByWord_EachHasItsPart()
    {
        var call = Read(
            Leg(answer: 5, duration: 35),
            Leg("2", start: 35, answer: 8, duration: 68, called: "1002") with { Action = LegAction.Transfer, ActionTarget = "TRANSFER" });

        Assert.Equal(("A1001 T1002 A1002", 1, "1001", 90), (Path(call), call.TransferCount, call.AnsweredBy, call.TalkSeconds));
        Assert.Equal(
            [
                new("1001", CallPart.Rang | CallPart.Answered | CallPart.Transferred, "", 1, 5, 30),
                new("1002", CallPart.Rang | CallPart.Answered, "", 1, 8, 60),
            ],
            call.Participants);
    }

    [Fact]
    public void Read_TransferSeenOnlyByHowItGoesOn_IsOne()
    {
        var call = Read(Leg(answer: 5, duration: 35), Leg("2", start: 36, answer: 8, duration: 68, called: "1002"));

        Assert.Equal(("A1001 T1002 A1002", 1), (Path(call), call.TransferCount));
        Assert.True(call.Participants[0].Part.HasFlag(CallPart.Transferred));
    }

    [Fact]
    public void Read_TransferToAGroup_IsOneTransferThereAndTheGroupAnswers()
    {
        var call = Read(Leg(answer: 5, duration: 35), Member("2", "1002", 35, 10), Member("3", "1003", 35, 70, answered: true));

        Assert.Equal(("A1001 T6400 G6400 R1002 A1003", 1), (Path(call), call.TransferCount));
    }

    [Fact]
    public void Read_AttendedTransferWhoseFirstRowGoesOn_TheFirstPartEndsWhereTheSecondBegins()
    {
        var call = Read(
            Leg(answer: 0, duration: 100),
            Leg("2", start: 40, answer: 0, duration: 60, called: "1002") with { Action = LegAction.Transfer });

        Assert.Equal([("1001", 40), ("1002", 60)], call.Participants.Select(p => (p.Extension, p.TalkSeconds)));
        Assert.Equal(100, call.TalkSeconds);
    }

    [Fact]
    public void Read_CallerSendsTheOutsidePartyOn_IsNotInWhatFollows()
    {
        var call = Read(
            Leg(answer: 5, duration: 35, direction: CallDirection.Outbound, caller: "1005", called: "trunk_1", destination: "0015550199"),
            Leg("2", start: 35, answer: 5, duration: 65, direction: CallDirection.Internal, caller: "1005", called: "1002") with { Action = LegAction.Transfer });

        Assert.Equal(
            [("1002", CallPart.Rang | CallPart.Answered, 60), ("1005", CallPart.Called | CallPart.Transferred, 30)],
            call.Participants.Select(p => (p.Extension, p.Part, p.TalkSeconds)));
    }

    [Fact]
    public void Read_FailedTransferThatRingsBack_IsOneTransfer()
    {
        var call = Read(
            Leg(answer: 5, duration: 35),
            Leg("2", start: 35, answer: null, duration: 20, called: "1002") with { Action = LegAction.Transfer },
            Leg("3", start: 55, answer: 3, duration: 33));

        Assert.Equal(("A1001 T1002 R1002 A1001", 1), (Path(call), call.TransferCount));
        Assert.Equal(60, call.Participants.Single(p => p.Extension == "1001").TalkSeconds);
    }

    [Fact]
    public void Read_ParkedAndTakenByAnother_HoldIsTheTimeBetween()
    {
        var call = Read(
            Leg(answer: 5, duration: 35),
            Parked("2", start: 65, duration: 40, by: "1002"),
            Retrieval("3", start: 65, duration: 40, by: "1002"));

        Assert.Equal(("A1001 P701 A1002", 30, 1, 0, 70), (Path(call), call.HoldSeconds, call.RetrievedCount, call.TransferCount, call.TalkSeconds));
        Assert.Equal(
            [("1001", CallPart.Rang | CallPart.Answered, 30), ("1002", CallPart.Answered, 40)],
            call.Participants.Select(p => (p.Extension, p.Part, p.TalkSeconds)));
    }

    [Fact]
    public void Read_ParkedRowThatBeginsWithTheWait_TalkBeginsWhereItIsTaken()
    {
        var call = Read(
            Leg(answer: 5, duration: 35),
            Parked("2", start: 35, duration: 70, by: "1002"),
            Retrieval("3", start: 65, duration: 40, by: "1002"));

        Assert.Equal((30, 70), (call.HoldSeconds, call.TalkSeconds));
        Assert.Equal(40, call.Participants.Single(p => p.Extension == "1002").TalkSeconds);
    }

    [Fact]
    public void Read_OnlyTheRowOfThePhoneThatTookIt_TalksAllTheSame()
    {
        var call = Read(Leg(answer: 5, duration: 35), Retrieval("3", start: 65, duration: 40, by: "1002"));

        Assert.Equal(("A1001 P701 A1002", 30, 70), (Path(call), call.HoldSeconds, call.TalkSeconds));
    }

    [Fact]
    public void Read_ParkedAndNeverTaken_IsOnHoldToTheEnd()
    {
        var call = Read(Leg(answer: 5, duration: 35), Parked("2", start: 35, duration: 50, by: "") with { Disposition = LegDisposition.NoAnswer, ReachedDevice = false });

        Assert.Equal(("A1001 P701", 50, 0), (Path(call), call.HoldSeconds, call.RetrievedCount));
    }

    [Fact]
    public void Read_RingThenVoicemail_TheMailboxIsTheExtensions()
    {
        var call = Read(Leg(answer: null, duration: 25, called: "1002"), Mailbox("2", "1002", 25, 20));

        Assert.Equal((CallOutcome.Voicemail, "R1002 V1002", 25), (call.Outcome, Path(call), call.RingSeconds));
        Assert.Equal([new("1002", CallPart.Rang | CallPart.Voicemail, "", 1, 25, 0)], call.Participants);
    }

    [Fact]
    public void Read_GroupsMailbox_IsNoExtension()
    {
        var call = Read(Member("1", "1001", 0, 20), Mailbox("2", "6400", 20, 20));

        Assert.Equal("G6400 R1001 V6400", Path(call));
        Assert.Equal(["1001"], call.Participants.Select(p => p.Extension));
    }

    [Fact]
    public void Read_FollowedToAMobile_IsAForwardAndNoExtension()
    {
        var call = Read(
            Leg(answer: null, duration: 15, called: "1002"),
            Leg("2", start: 15, answer: 10, duration: 70, called: "trunk_1", destination: "0015550777") with
            {
                Action = LegAction.FollowMe,
                AnsweredBy = "0015550777",
                DestinationTrunk = "ITSP-A",
            });

        Assert.Equal(("R1002 F0015550777 A0015550777", "0015550777"), (Path(call), call.AnsweredBy));
        Assert.Equal([("1002", CallPart.Rang)], call.Participants.Select(p => (p.Extension, p.Part)));
    }

    [Fact]
    public void Read_InboundThatLeavesByATrunk_IsAForward()
    {
        var call = Read(Leg(answer: 10, called: "trunk_2", destination: "0015550777", direction: CallDirection.External) with
        {
            SourceTrunk = "ITSP-A",
            DestinationTrunk = "ITSP-B",
            AnsweredBy = "0015550777",
        }, Leg("2", start: 70, answer: null, duration: 5, called: "trunk_2", destination: "0015550778") with { DestinationTrunk = "ITSP-B" });

        Assert.Empty(call.Participants);
        Assert.Equal((CallDirection.External, "A0015550777"), (call.Direction, Path(call)[.."A0015550777".Length]));
    }

    [Fact]
    public void Read_PhoneThatIsNotThere_WasMissed()
    {
        var call = Read(Leg(answer: null, duration: 1, called: "", destination: "1004", direction: CallDirection.Internal, caller: "1005") with { ReachedDevice = false });

        Assert.Equal([new("1004", CallPart.Missed, "", 0, 0, 0), new("1005", CallPart.Called, "", 0, 0, 0)], call.Participants);
        Assert.Equal((CallOutcome.NoAnswer, 0, ""), (call.Outcome, call.RingSeconds, Path(call)));
    }

    [Fact]
    public void Read_WrongNumber_MakesNobodyAParticipantButTheCaller()
    {
        var call = Read(Leg(answer: null, duration: 2, called: "", destination: "1999", direction: CallDirection.Internal, caller: "1005") with
        {
            Disposition = LegDisposition.Failed,
            ReachedDevice = false,
            LastApplication = "Playback",
            LastData = "wrong-number",
        });

        Assert.Equal(["1005"], call.Participants.Select(p => p.Extension));
        Assert.Equal((CallOutcome.Failed, CallEnd.Pbx), (call.Outcome, call.HungUpBy));
    }

    [Fact]
    public void Read_AnotherPhonePickedUp_OneRangAndTheOtherAnswered()
    {
        var call = Read(Leg(answer: 5, called: "1002") with { AnsweredBy = "1007" });

        Assert.Equal([("1002", CallPart.Rang), ("1007", CallPart.Answered)], call.Participants.Select(p => (p.Extension, p.Part)));
    }

    private static AssembledCall Read(params CdrLeg[] legs) => Assert.Single(CallAssembler.Assemble(legs));

    private static string Path(AssembledCall call) => CallPath.Write(call.Path);

    private static CdrLeg Leg(
        string id = "1", int start = 0, int? answer = 0, int duration = 60, string caller = "trunk_1", string called = "1001",
        string? destination = null, CallDirection direction = CallDirection.Inbound) => TestLegs.Leg(accountId: id, second: start, duration: duration) with
        {
            Source = caller == "trunk_1" ? "+353209100123" : caller,
            Destination = destination ?? called,
            Direction = direction,
            SourceDevice = caller,
            DestinationDevice = called,
            SourceTrunk = caller == "trunk_1" ? "ITSP-A" : "",
            DestinationTrunk = direction == CallDirection.Outbound ? "ITSP-A" : "",
            AnsweredBy = answer is null || called.StartsWith("trunk", StringComparison.Ordinal) ? "" : called,
            AnswerUtc = answer is { } at ? TestLegs.Noon.AddSeconds(start + at) : null,
            BillableSeconds = answer is { } ring ? duration - ring : 0,
            Disposition = answer is null ? LegDisposition.NoAnswer : LegDisposition.Answered,
        };

    private static CdrLeg Header(string id, LegAction action, string target, string destination, int duration) =>
        Leg(id, 0, null, duration, called: "", destination: destination) with
        {
            Action = action,
            ActionTarget = target,
            LastApplication = "ForkCDR",
            ReachedDevice = false,
            Disposition = action == LegAction.RingGroup ? LegDisposition.Answered : LegDisposition.NoAnswer,
        };

    private static CdrLeg Member(string id, string extension, int start, int duration, bool answered = false) =>
        Leg(id, start, answered ? 0 : null, duration, called: extension) with { Action = LegAction.RingGroup, ActionTarget = "6400" };

    private static CdrLeg Agent(string id, string extension, int start, int duration, bool answered = false) =>
        Leg(id, start, answered ? 0 : null, duration, called: extension) with
        {
            Action = LegAction.Queue,
            ActionTarget = "6500",
            LastApplication = "Queue",
            LastData = "6500,tTkK,,,300",
        };

    private static CdrLeg Waiting(string id, int start, int duration) =>
        Agent(id, "", start, duration) with { ReachedDevice = false, Destination = "6500" };

    private static CdrLeg Menu(string id, int start, int duration) =>
        Leg(id, start, 0, duration, called: "", destination: "7000") with
        {
            Action = LegAction.Ivr,
            ActionTarget = "7000",
            LastApplication = "ReadExten",
            ReachedDevice = false,
        };

    private static CdrLeg Parked(string id, int start, int duration, string by) =>
        Leg(id, start, 0, duration, called: by, destination: "701") with { Action = LegAction.Parked, LastApplication = "Park" };

    private static CdrLeg Retrieval(string id, int start, int duration, string by) =>
        Leg(id, start, 0, duration, caller: by, called: "", destination: "701", direction: CallDirection.Internal) with
        {
            UniqueId = "1772452870.9",
            Session = TestLegs.Leg().Session,
            Action = LegAction.Parked,
            LastApplication = "ParkedCall",
            ReachedDevice = false,
        };

    private static CdrLeg Mailbox(string id, string box, int start, int duration) =>
        Leg(id, start, 0, duration, called: "", destination: box) with { Action = LegAction.Voicemail, AnsweredBy = box, ReachedDevice = false };
}

using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;

namespace CallCenter.Tests.Telephony.Ucm;

/// <summary>What was measured on published captures, row by row, on answers composed for these tests.</summary>
public sealed class UcmMeasuredBehaviourTests
{
    private static readonly IReadOnlyList<AssembledCall> Old = UcmFixtures.Calls("older-firmware.json");
    private static readonly IReadOnlyList<AssembledCall> Shifted = UcmFixtures.Calls("shifted-groups.json", "Europe/Dublin");

    [Fact]
    public void Row1And2_CounterRestartsAndUniqueIdRepeats_EveryLegIsKeptOnce()
    {
        Assert.Equal(6, Old.Count);
        Assert.Equal(7, Old.Sum(c => c.Legs.Count));
        Assert.Equal(2, Old.Count(c => c.Legs.Any(l => l.AccountId == "1")));
    }

    [Theory]
    [InlineData("167790240097214-5550100", 1677902400L)]
    [InlineData("1700000000482113-anonymous", 1700000000L)]
    [InlineData("17000000001-1001", 1700000000L)]
    [InlineData("", null)]
    [InlineData("anonymous-1001", null)]
    public void Row3_Session_BeginsWithTenDigitsOfSeconds(string session, long? expected) =>
        Assert.Equal(expected, Infrastructure.Telephony.Ucm.UcmCdrRowReader.EpochOfSession(session));

    [Fact]
    public void Row4_OffsetIsReadFromTheRows_AcrossAClockChange()
    {
        Assert.Equal(new DateTime(2023, 3, 4, 4, 0, 0, DateTimeKind.Utc), Old[0].StartedAtUtc);
        Assert.Equal(new DateTime(2023, 6, 1, 12, 0, 0, DateTimeKind.Utc), Old[2].StartedAtUtc);
        Assert.Equal(new DateTime(2023, 8, 10, 10, 0, 0, DateTimeKind.Utc), Shifted[0].StartedAtUtc);
    }

    [Fact]
    public void Row5_NoAnswerWithFilledAnswer_IsNotAnswered()
    {
        var leg = Old[5].Legs.Single();

        Assert.Equal(LegDisposition.NoAnswer, leg.Disposition);
        Assert.Null(leg.AnswerUtc);
        Assert.Equal(0, leg.BillableSeconds);
    }

    [Fact]
    public void Row6_BusyAndFailedWithoutEnd_EndAfterTheirDuration()
    {
        var busy = Old[0].Legs[0];

        Assert.Equal(busy.StartUtc.AddSeconds(3), busy.EndUtc);
        Assert.Null(busy.AnswerUtc);
        Assert.Equal(CallOutcome.Busy, Shifted[4].Outcome);
    }

    [Fact]
    public void Row7_AnsweredForZeroSeconds_IsAnswered()
    {
        var call = Old[4];

        Assert.Equal(CallOutcome.Answered, call.Outcome);
        Assert.Equal(0, call.TalkSeconds);
        Assert.Equal(9, call.WaitSeconds);
        Assert.Equal("0015550198", call.AnsweredBy);
    }

    [Fact]
    public void Row8And9_Voicemail_IsToldByItsActionNotByItsApplication()
    {
        Assert.Equal(CallOutcome.Voicemail, Old[0].Outcome);
        Assert.Equal(CallOutcome.Voicemail, Old[1].Outcome);
        Assert.Equal("Dial", Old[1].Legs.Single().LastApplication);
        Assert.All(Old.Take(2), c => Assert.Equal("", c.AnsweredBy));
        Assert.All(Old.Take(2), c => Assert.Null(c.AnsweredAtUtc));
        Assert.Equal(0, Old[0].TalkSeconds);
    }

    [Fact]
    public void Row8a_Failed_NamesItsReason()
    {
        Assert.Equal(CallOutcome.Failed, Old[3].Outcome);
        Assert.Equal("wrong-number", Old[3].FailureReason);
        Assert.Equal(CallDirection.Outbound, Old[3].Direction);
        Assert.Equal("ITSP-A", Old[3].Trunk);
    }

    [Fact]
    public void Row8b_RangNowhere_IsToldFromRang()
    {
        Assert.Equal(CallOutcome.NoAnswer, Old[5].Outcome);
        Assert.False(Old[5].Legs.Single().ReachedDevice);
    }

    [Fact]
    public void Row11_UnknownUserField_TrunksTellTheDirection()
    {
        var calls = CallAssembler.Assemble(UcmFixtures.Place(UcmFixtures.Parse(UcmFixtures.Root(
            UcmFixtures.Leg("1700000000.1", "2023-11-14 22:13:20", more: ",\"userfield\":\"?\",\"src_trunk_name\":\"A\""),
            UcmFixtures.Leg("1700000100.2", "2023-11-14 22:15:00", more: ",\"userfield\":\"Internal\",\"dst_trunk_name\":\"A\"")))));

        Assert.Equal([CallDirection.Inbound, CallDirection.Outbound], calls.Select(c => c.Direction));
    }

    [Fact]
    public void Row12_GroupsOneLegLate_CallsAreRegroupedByUniqueId()
    {
        Assert.Equal(5, Shifted.Count);
        Assert.Equal([5, 5, 3, 3, 1], Shifted.Select(c => c.Legs.Count));
    }

    [Fact]
    public void Row13_RingGroup_HeaderLegsTellTheNumberAndNothingElse()
    {
        var call = Shifted[0];

        Assert.Equal(CallOutcome.Answered, call.Outcome);
        Assert.Equal("5550900", call.ToNumber);
        Assert.Equal("6400", call.Via);
        Assert.Equal("1002", call.AnsweredBy);
        Assert.Equal("5550101", call.FromNumber);
        Assert.True(call.HasRecording);
    }

    [Fact]
    public void Row13a_AnsweredBehindAGroup_RingTimeIsTakenOffTheTalk()
    {
        Assert.Equal(86, Shifted[0].TalkSeconds);
        Assert.Equal(17, Shifted[0].WaitSeconds);
        Assert.Equal(78, Shifted[3].TalkSeconds);
        Assert.Equal(22, Shifted[3].WaitSeconds);
    }

    [Fact]
    public void Row14_MenuLeg_IsNoConversation()
    {
        var menu = Shifted[3].Legs[0];

        Assert.Equal((LegAction.Ivr, "7000"), (menu.Action, menu.ActionTarget));
        Assert.Equal("7000", Shifted[3].ToNumber);
        Assert.Equal("6500", Shifted[3].Via);
        Assert.Equal("1002", Shifted[3].AnsweredBy);
    }

    [Fact]
    public void Row15_ParkedAndRetrieved_IsOneCall()
    {
        var call = Shifted[2];

        Assert.Equal(2, call.Legs.Select(l => l.UniqueId).Distinct().Count());
        Assert.Equal(2, call.Legs.Select(l => l.Session).Distinct().Count());
        Assert.Equal(90, call.TalkSeconds);
        Assert.Equal(1, call.RetrievedCount);
        Assert.Equal("1001", call.AnsweredBy);
        Assert.Equal(CallDirection.Inbound, call.Direction);
    }

    [Fact]
    public void RecordFiles_TrailingSeparator_IsOneFile() =>
        Assert.Equal(["2023-06/auto-1685620800-1001-1002.wav"], Old[2].Legs.Single().RecordingFiles);
}

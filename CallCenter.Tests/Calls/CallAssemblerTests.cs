using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;
using CallCenter.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace CallCenter.Tests.Calls;

public sealed class CallAssemblerTests
{
    private const long Epoch = 1772452800;

    [Fact]
    public void Assemble_Nothing_GivesNothing() => Assert.Empty(CallAssembler.Assemble([]));

    [Fact]
    public void Assemble_AnyOrderAndRepetition_GivesTheSameCalls() => Prop.ForAll(Legs().ToArbitrary(), ArbMap.Default.ArbFor<int>(), (legs, seed) =>
    {
        var random = new System.Random(seed);
        var shuffled = legs.Concat(legs.Where(_ => random.Next(3) == 0)).OrderBy(_ => random.Next()).ToList();

        return Describe(CallAssembler.Assemble(legs)).SequenceEqual(Describe(CallAssembler.Assemble(shuffled)));
    }).Holds(300);

    [Fact]
    public void Assemble_InTwoBatchesThenTheTouchedOnesAgain_EqualsAtOnce() => Prop.ForAll(Legs().ToArbitrary(), ArbMap.Default.ArbFor<int>(), (legs, seed) =>
    {
        var random = new System.Random(seed);
        var first = legs.Where(_ => random.Next(2) == 0).ToList();
        var second = legs.Except(first).ToList();
        var stored = CallAssembler.Assemble(first);
        var ids = second.Select(l => l.UniqueId).ToHashSet();
        var sessions = second.Select(l => l.Session).Where(s => s.Length > 0).ToHashSet();
        var touched = stored.Where(c => c.Legs.Any(l => ids.Contains(l.UniqueId) || sessions.Contains(l.Session))).ToList();

        var after = stored.Except(touched).Concat(CallAssembler.Assemble(touched.SelectMany(c => c.Legs).Concat(second)));

        return Describe(after).Order().SequenceEqual(Describe(CallAssembler.Assemble(legs)).Order());
    }).Holds(300);

    [Fact]
    public void Assemble_AnyLegs_KeepsEachOnceUnderDistinctKeysWithSaneTimes() => Prop.ForAll(Legs().ToArbitrary(), legs =>
    {
        var calls = CallAssembler.Assemble(legs);

        return calls.Sum(c => c.Legs.Count) == legs.Count
            && calls.Select(c => c.CallKey).Distinct().Count() == calls.Count
            && calls.All(c => c.DurationSeconds >= 0 && c.WaitSeconds >= 0 && c.TalkSeconds >= 0 && c.TalkSeconds <= c.DurationSeconds
                && c.EndedAtUtc >= c.StartedAtUtc && c.StartedAtUtc == c.Legs[0].StartUtc
                && (c.Outcome == CallOutcome.Answered) == c.AnsweredAtUtc.HasValue
                && (c.AnsweredAtUtc is null || (c.AnsweredAtUtc >= c.StartedAtUtc && c.AnsweredAtUtc <= c.EndedAtUtc)));
    }).Holds(300);

    [Fact]
    public void Assemble_LaterStateOfALeg_Counts()
    {
        var early = TestLegs.Leg();
        var late = early with { RecordingFiles = ["2026-03/a.wav"] };

        Assert.True(CallAssembler.Assemble([late, early]).Single().HasRecording);
        Assert.True(CallAssembler.Assemble([early, late]).Single().HasRecording);
    }

    [Fact]
    public void Assemble_SameSessionLongAfter_IsAnotherCall()
    {
        var calls = CallAssembler.Assemble(
        [
            TestLegs.Leg("1772452800.1", "1", session: "17724528001-1001"),
            TestLegs.Leg("1772470800.2", "2", session: "17724528001-1001", second: 5 * 3600),
        ]);

        Assert.Equal(2, calls.Count);
    }

    [Fact]
    public void Assemble_SessionThatIsNone_LinksNothing()
    {
        var calls = CallAssembler.Assemble([TestLegs.Leg("1772452800.1", "1", session: "0"), TestLegs.Leg("1772452810.2", "2", session: "0", second: 10)]);

        Assert.Equal(2, calls.Count);
    }

    [Fact]
    public void Assemble_UniqueIdWithoutTimeThatComesAgain_IsAnotherCallWithAnotherKey()
    {
        var calls = CallAssembler.Assemble([TestLegs.Leg("16", "1", session: ""), TestLegs.Leg("16", "2", session: "", second: 5 * 3600)]);

        Assert.Equal(2, calls.Select(c => c.CallKey).Distinct().Count());
    }

    [Fact]
    public void Assemble_TransferToASecondPerson_NamesTheFirstAndCountsBoth()
    {
        var call = CallAssembler.Assemble(
        [
            TestLegs.Leg(accountId: "1", duration: 35, answeredBy: "1001"),
            TestLegs.Leg(accountId: "2", second: 35, duration: 65, answeredBy: "1002") with { Action = LegAction.Transfer },
        ]).Single();

        Assert.Equal(("1001", 90, 1, 5), (call.AnsweredBy, call.TalkSeconds, call.TransferCount, call.WaitSeconds));
    }

    [Fact]
    public void Assemble_TwoPeopleTalkAtOnce_TheTimeCountsOnce()
    {
        var call = CallAssembler.Assemble(
        [
            TestLegs.Leg(accountId: "1", duration: 105, answeredBy: "1001"),
            TestLegs.Leg(accountId: "2", second: 50, duration: 75, answeredBy: "1002"),
        ]).Single();

        Assert.Equal(120, call.TalkSeconds);
    }

    [Theory]
    [InlineData(LegAction.Queue, CallOutcome.Abandoned)]
    [InlineData(LegAction.Ivr, CallOutcome.Abandoned)]
    [InlineData(LegAction.RingGroup, CallOutcome.NoAnswer)]
    [InlineData(LegAction.Dial, CallOutcome.NoAnswer)]
    public void Assemble_NobodyAnswered_OutcomeFollowsTheLastStage(LegAction action, CallOutcome expected)
    {
        var call = CallAssembler.Assemble([TestLegs.Leg(answeredBy: "") with { Action = action, ActionTarget = "6500" }]).Single();

        Assert.Equal(expected, call.Outcome);
        Assert.Equal((call.DurationSeconds, 0, ""), (call.WaitSeconds, call.TalkSeconds, call.AnsweredBy));
    }

    [Fact]
    public void Assemble_MenuThenARingingPhone_IsNoAnswer()
    {
        var call = CallAssembler.Assemble(
        [
            TestLegs.Leg(accountId: "1", duration: 10) with { Action = LegAction.Ivr, ActionTarget = "7000", ReachedDevice = false },
            TestLegs.Leg(accountId: "2", second: 10, duration: 20, answeredBy: ""),
        ]).Single();

        Assert.Equal(CallOutcome.NoAnswer, call.Outcome);
    }

    [Fact]
    public void Assemble_QueueThenVoicemail_IsVoicemail()
    {
        var call = CallAssembler.Assemble(
        [
            TestLegs.Leg(accountId: "1", duration: 20, answeredBy: "") with { Action = LegAction.Queue, ActionTarget = "6500" },
            TestLegs.Leg(accountId: "2", second: 20, answeredBy: "6500") with { Action = LegAction.Voicemail, ReachedDevice = false },
        ]).Single();

        Assert.Equal((CallOutcome.Voicemail, "6500", "", 0), (call.Outcome, call.Via, call.AnsweredBy, call.TalkSeconds));
    }

    [Theory]
    [InlineData("Playback", "wrong-number", CallOutcome.Failed, "wrong-number")]
    [InlineData("Playback", "/var/lib/prompts/no-permission,noanswer", CallOutcome.Blocked, "no-permission")]
    [InlineData("Playback", "privacy-you-are-blacklisted", CallOutcome.Blocked, "privacy-you-are-blacklisted")]
    [InlineData("Dial", "PJSIP/trunk_1/0015550199,60", CallOutcome.Failed, "")]
    public void Assemble_Failed_SaysWhy(string application, string data, CallOutcome outcome, string reason)
    {
        var call = CallAssembler.Assemble(
        [
            TestLegs.Leg(answeredBy: "") with { Disposition = LegDisposition.Failed, ReachedDevice = false, LastApplication = application, LastData = data },
        ]).Single();

        Assert.Equal((outcome, reason, CallEnd.Pbx), (call.Outcome, call.FailureReason, call.HungUpBy));
    }

    [Fact]
    public void Assemble_FailedTrunkThenBusy_IsBusy()
    {
        var call = CallAssembler.Assemble(
        [
            TestLegs.Leg(accountId: "1", duration: 1, answeredBy: "") with { Disposition = LegDisposition.Failed, ReachedDevice = false },
            TestLegs.Leg(accountId: "2", second: 1, duration: 4, answeredBy: "") with { Disposition = LegDisposition.Busy },
        ]).Single();

        Assert.Equal(CallOutcome.Busy, call.Outcome);
    }

    [Theory]
    [InlineData(CallDirection.Internal, "A", "", CallDirection.Inbound)]
    [InlineData(CallDirection.Internal, "", "A", CallDirection.Outbound)]
    [InlineData(CallDirection.Internal, "", "", CallDirection.Internal)]
    [InlineData(CallDirection.Inbound, "A", "B", CallDirection.Inbound)]
    [InlineData(CallDirection.Outbound, "", "B", CallDirection.Outbound)]
    [InlineData(CallDirection.External, "A", "B", CallDirection.External)]
    public void Assemble_DirectionAndTrunksDisagree_TrunksWin(CallDirection said, string from, string to, CallDirection expected)
    {
        var leg = TestLegs.Leg() with { Direction = said, SourceTrunk = from, DestinationTrunk = to, SourceDevice = "", DestinationDevice = "" };

        Assert.Equal(expected, CallAssembler.Assemble([leg]).Single().Direction);
    }

    private static IEnumerable<string> Describe(IEnumerable<AssembledCall> calls) => calls.Select(c =>
        (c with { Legs = [] }).ToString() + CallPath.Write(c.Path) + string.Join(';', c.Participants) + string.Join(';', c.Legs.Select(l => $"{l.AccountId}/{l.UniqueId}/{l.StartLocal:s}")));

    /// <summary>Legs that share unique ids and sessions in any way, distinct by their natural key.</summary>
    private static Gen<List<CdrLeg>> Legs()
    {
        var leg =
            from id in Gen.Choose(0, 6)
            from session in Gen.Choose(0, 5)
            from second in Gen.Choose(0, 20_000)
            from length in Gen.Choose(0, 900)
            from action in Gen.Elements(Enum.GetValues<LegAction>())
            from disposition in Gen.Elements(Enum.GetValues<LegDisposition>())
            from direction in Gen.Elements(Enum.GetValues<CallDirection>())
            from reached in Gen.Elements(true, false)
            from application in Gen.Elements("Dial", "ForkCDR", "Queue", "ParkedCall")
            from caller in Gen.Elements("trunk_1", "1001", "1002", "")
            from called in Gen.Elements("trunk_2", "1002", "1003", "")
            let answered = disposition == LegDisposition.Answered
            select TestLegs.Leg(
                id == 6 ? "16" : string.Create(CultureInfo.InvariantCulture, $"{Epoch + id}.{id}"),
                session: session == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Epoch + session}7-{session}"),
                second: second, duration: length, answeredBy: answered ? "1001" : "") with
            {
                Action = action,
                ActionTarget = action is LegAction.Queue or LegAction.RingGroup ? "6500" : "",
                Disposition = disposition,
                Direction = direction,
                ReachedDevice = reached,
                SourceDevice = caller,
                DestinationDevice = called,
                LastApplication = application,
                BillableSeconds = answered ? length : 0,
                AnswerUtc = answered ? TestLegs.Noon.AddSeconds(second) : null,
            };
        return Gen.Choose(0, 25).SelectMany(n => leg.ListOf(n)).Select(list =>
            list.Select((l, i) => l with { AccountId = (i + 1).ToString(CultureInfo.InvariantCulture) }).ToList());
    }
}

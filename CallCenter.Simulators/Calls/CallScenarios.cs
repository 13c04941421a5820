namespace CallCenter.Simulators.Calls;

/// <summary>Makes up single calls. Where nobody is free the call turns into what would happen then.</summary>
internal static class CallScenarios
{
    private const string RefusalPrompt = "no-permission";

    private static readonly string[] FailurePrompts = ["wrong-number", RefusalPrompt, "number-not-in-service"];
    private static readonly string[] FirstNames = ["", "", "", "Reception", "Accounts", "Field Office", "Warehouse"];

    public static IEnumerable<LedgerCall> Make(DayContext day, Scenario scenario, DateTimeOffset at)
    {
        var name = scenario.ToString();
        return scenario switch
        {
            Scenario.InternalAnswered or Scenario.InternalNoAnswer or Scenario.InternalVoicemail or Scenario.InternalBusy =>
                [Internal(day, scenario, at, name)],
            Scenario.OutboundAnswered or Scenario.OutboundNoAnswer or Scenario.OutboundBusy or Scenario.OutboundFailed
                or Scenario.OutboundVeryShort => [Outbound(day, scenario, at, name)],
            Scenario.MenuAbandoned or Scenario.QueueAnswered or Scenario.QueueAbandoned => [GroupScenarios.Queue(day, scenario, at, name)],
            Scenario.RingGroupAnswered or Scenario.RingGroupVoicemail or Scenario.RingGroupNoAnswer =>
                [GroupScenarios.RingGroup(day, scenario, at, name)],
            Scenario.BlindTransfer or Scenario.AttendedTransfer or Scenario.Park => Handled(day, scenario, at, name),
            _ => [Inbound(day, scenario, at, name)],
        };
    }

    /// <summary>A call from outside to one of the public numbers.</summary>
    public static CallDraft FromOutside(DayContext day, DateTimeOffset at, string context)
    {
        var random = day.Random;
        return new CallDraft(
            day, at, LedgerDirection.Inbound, day.Options.Country.OutsideNumber(random), random.Pick(FirstNames), context,
            random.Pick(day.Options.Trunks))
        { Did = random.Pick(day.Options.Dids) };
    }

    private static LedgerCall Internal(DayContext day, Scenario scenario, DateTimeOffset at, string name)
    {
        var random = day.Random;
        var caller = day.FreeExtension(at) ?? random.Pick(day.Options.Extensions);
        var draft = new CallDraft(day, at, LedgerDirection.Internal, caller.Number, caller.Name, "from-internal", "");
        var callee = day.FreeExtension(at, caller.Number);
        if (callee is null || scenario == Scenario.InternalBusy)
        {
            callee = day.Options.Extensions.First(e => e.Number != caller.Number);
            draft.Rings(callee.Number, TimeSpan.FromSeconds(random.Next(0, 2)), LedgerDisposition.Busy);
            return draft.Finish(name, LedgerOutcome.Busy);
        }

        if (scenario == Scenario.InternalAnswered)
        {
            draft.Talks(callee.Number, random.Seconds(2, 15), random.Chance(0.03) ? TimeSpan.FromMilliseconds(400) : random.Talk() / 2);
            day.Occupy(caller.Number, draft.At);
            return draft.Finish(name, LedgerOutcome.Answered);
        }

        // A phone that is not registered cannot ring.
        var reached = !random.Chance(0.1);
        draft.Rings(callee.Number, reached ? random.Seconds(8, 30) : TimeSpan.FromSeconds(1), reached: reached);
        day.Occupy(caller.Number, draft.At);
        if (scenario == Scenario.InternalNoAnswer)
        {
            return draft.Finish(name, LedgerOutcome.NoAnswer);
        }

        draft.Voicemail(callee.Number, random.Seconds(0.3, 35), "VoiceMail", "u");
        return draft.Finish(name, LedgerOutcome.Voicemail);
    }

    private static LedgerCall Outbound(DayContext day, Scenario scenario, DateTimeOffset at, string name)
    {
        var random = day.Random;
        var caller = day.FreeExtension(at) ?? random.Pick(day.Options.Extensions);
        var number = day.Options.Country.OutsideNumber(random);
        var draft = new CallDraft(
            day, at, LedgerDirection.Outbound, caller.Number, caller.Name, "outbound-route-1", random.Pick(day.Options.Trunks));
        var outcome = LedgerOutcome.Answered;
        switch (scenario)
        {
            case Scenario.OutboundNoAnswer:
                draft.Rings(number, random.Seconds(10, 45));
                outcome = LedgerOutcome.NoAnswer;
                break;
            case Scenario.OutboundBusy:
                draft.Rings(number, TimeSpan.FromSeconds(random.Next(1, 5)), LedgerDisposition.Busy);
                outcome = LedgerOutcome.Busy;
                break;
            case Scenario.OutboundFailed:
                draft.FailureReason = random.Pick(FailurePrompts);
                draft.Nothing(number, TimeSpan.FromSeconds(random.Next(2, 6)), LedgerDisposition.Failed, "DIAL", "Playback", draft.FailureReason);
                outcome = draft.FailureReason == RefusalPrompt ? LedgerOutcome.Blocked : LedgerOutcome.Failed;
                break;
            case Scenario.OutboundVeryShort:
                // Billed for 0 seconds and answered all the same.
                draft.Talks(number, random.Seconds(4, 20), random.Seconds(0.1, 0.8));
                break;
            default:
                draft.Talks(number, random.Seconds(4, 25), random.Talk());
                RecordSome(draft, day);
                break;
        }

        day.Occupy(caller.Number, draft.At);
        return draft.Finish(name, outcome);
    }

    private static LedgerCall Inbound(DayContext day, Scenario scenario, DateTimeOffset at, string name)
    {
        var random = day.Random;
        var draft = FromOutside(day, at, "did-local");
        var callee = day.FreeExtension(at);
        if (callee is null || scenario is Scenario.InboundVoicemailAfterBusy)
        {
            callee = random.Pick(day.Options.Extensions);
            draft.Rings(callee.Number, TimeSpan.FromSeconds(random.Next(0, 1)), LedgerDisposition.Busy);
            draft.Voicemail(callee.Number, random.Seconds(3, 50), "VoiceMail", "b");
            return draft.Finish(name, LedgerOutcome.Voicemail);
        }

        switch (scenario)
        {
            case Scenario.InboundNoAnswer:
                draft.Rings(callee.Number, random.Seconds(6, 40));
                return draft.Finish(name, LedgerOutcome.NoAnswer);
            case Scenario.InboundVoicemailAfterRing:
                draft.Rings(callee.Number, random.Seconds(20, 27));
                draft.Voicemail(callee.Number, random.Seconds(0.2, 60), random.Chance(0.05) ? "Hangup" : "VoiceMail", "u");
                return draft.Finish(name, LedgerOutcome.Voicemail);
            case Scenario.InboundVoicemailDirect:
                // Straight to the mailbox; the application still says Dial (the renderer may write VoiceMail instead).
                draft.Voicemail(callee.Number, random.Seconds(2, 70), "Dial", "");
                return draft.Finish(name, LedgerOutcome.Voicemail);
            default:
                draft.Talks(callee.Number, random.Seconds(2, 18), random.Talk());
                RecordSome(draft, day);
                return draft.Finish(name, LedgerOutcome.Answered);
        }
    }

    private static IEnumerable<LedgerCall> Handled(DayContext day, Scenario scenario, DateTimeOffset at, string name)
    {
        var random = day.Random;
        var first = day.FreeExtension(at);
        var second = first is null ? null : day.FreeExtension(at, first.Number);
        if (first is null || second is null)
        {
            return [Inbound(day, Scenario.InboundVoicemailAfterBusy, at, name)];
        }

        var draft = FromOutside(day, at, "did-local");
        draft.Talks(first.Number, random.Seconds(2, 12), random.Seconds(15, 90));
        if (scenario == Scenario.Park)
        {
            draft.Wait(random.Seconds(5, 60));
            draft.Retrieves("701", second.Number, random.Talk());
            return [draft.Finish(name, LedgerOutcome.Answered)];
        }

        if (scenario == Scenario.BlindTransfer)
        {
            draft.Talks(second.Number, random.Seconds(3, 12), random.Talk(), "TRANSFER", "from-internal-xfer");
            RecordSome(draft, day);
            return [draft.Finish(name, LedgerOutcome.Answered)];
        }

        // The first agent asks the second before handing over: a call of its own, inside the first one's hold.
        var asked = draft.At - random.Seconds(5, 12);
        var question = new CallDraft(day, asked, LedgerDirection.Internal, first.Number, first.Name, "from-internal", "");
        question.Talks(second.Number, random.Seconds(1, 3), draft.At - asked);
        draft.Talks(second.Number, TimeSpan.Zero, random.Talk(), "TRANSFER", "from-internal-xfer");
        return [question.Finish(name + "Question", LedgerOutcome.Answered), draft.Finish(name, LedgerOutcome.Answered)];
    }

    private static void RecordSome(CallDraft draft, DayContext day)
    {
        if (draft.Random.Chance(day.Options.RecordedShare))
        {
            draft.Record();
        }
    }
}

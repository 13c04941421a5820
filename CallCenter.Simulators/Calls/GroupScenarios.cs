namespace CallCenter.Simulators.Calls;

/// <summary>Calls to queues, behind a menu or not, and to ring groups.</summary>
internal static class GroupScenarios
{
    private const int MostPhonesAtOnce = 5;

    public static LedgerCall Queue(DayContext day, Scenario scenario, DateTimeOffset at, string name)
    {
        var random = day.Random;
        var draft = CallScenarios.FromOutside(day, at, day.Options.Ivr is null ? "ext-did-1" : "ivr-1");
        if (day.Options.Ivr is { } ivr)
        {
            draft.Menu(ivr, random.Seconds(4, 20));
        }

        if (scenario == Scenario.MenuAbandoned && day.Options.Ivr is not null)
        {
            return draft.Finish(name, LedgerOutcome.Abandoned);
        }

        var queue = random.Pick(day.Options.Queues);
        var action = $"QUEUE[{queue.Number}]";
        draft.Via = queue.Number;
        draft.CallerUp = true;
        var waited = Unanswered(day, draft, queue, action, scenario == Scenario.QueueAnswered ? random.Next(0, 2) : random.Next(0, 3));
        var agents = Offered(day, queue, draft.At);
        if (scenario == Scenario.QueueAnswered && agents.Count > 0)
        {
            draft.RingsTogether(agents, [], action, random.Seconds(2, 14), random.Pick(agents), random.Talk());
            if (random.Chance(day.Options.RecordedShare))
            {
                draft.Record(queue.Number);
            }

            return draft.Finish(name, LedgerOutcome.Answered);
        }

        if (!waited)
        {
            draft.Nothing(queue.Number, random.Seconds(8, 120), LedgerDisposition.NoAnswer, action, "Queue", $"{queue.Number},tTkK,,,300");
        }

        return draft.Finish(name, LedgerOutcome.Abandoned);
    }

    public static LedgerCall RingGroup(DayContext day, Scenario scenario, DateTimeOffset at, string name)
    {
        var random = day.Random;
        var group = random.Pick(day.Options.RingGroups);
        var action = $"RINGGROUP[{group.Number}]";
        var draft = CallScenarios.FromOutside(day, at, "ext-did-1");
        draft.Via = group.Number;
        draft.RingGroupHeaders(draft.Did, group.Number, random.Seconds(1, 4));
        var free = group.Members.Where(m => day.IsFree(m, draft.At)).ToList();
        var busy = group.Members.Except(free).ToList();
        var winner = scenario == Scenario.RingGroupAnswered && free.Count > 0 ? random.Pick(free) : null;
        draft.RingsTogether(group.Members, busy, action, random.Seconds(4, 25), winner, random.Talk());
        if (winner is not null)
        {
            if (random.Chance(day.Options.RecordedShare))
            {
                draft.Record(group.Number, byRingGroup: true);
            }

            return draft.Finish(name, LedgerOutcome.Answered);
        }

        if (scenario != Scenario.RingGroupNoAnswer)
        {
            draft.Voicemail(group.Number, random.Seconds(3, 45), "VoiceMail", "u");
            return draft.Finish(name, LedgerOutcome.Voicemail);
        }

        return draft.Finish(name, LedgerOutcome.NoAnswer);
    }

    // Rounds in which agents ring in vain. False when there was nobody to ring.
    private static bool Unanswered(DayContext day, CallDraft draft, SimGroup queue, string action, int rounds)
    {
        var rang = false;
        for (var i = 0; i < rounds; i++)
        {
            var agents = Offered(day, queue, draft.At);
            if (agents.Count == 0)
            {
                break;
            }

            rang = true;
            draft.RingsTogether(agents, [], action, day.Random.Seconds(14.2, 15.8), winner: null, TimeSpan.Zero);
            draft.Wait(day.Random.Seconds(4.5, 5.5));
        }

        return rang;
    }

    private static List<string> Offered(DayContext day, SimGroup queue, DateTimeOffset at)
    {
        var free = queue.Members.Where(m => day.IsFree(m, at)).ToList();
        if (queue.Strategy == RingStrategy.RingAll || free.Count == 0)
        {
            return free.Count > MostPhonesAtOnce ? free[..MostPhonesAtOnce] : free;
        }

        return [day.Random.Pick(free)];
    }
}

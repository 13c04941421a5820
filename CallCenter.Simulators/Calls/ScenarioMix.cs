namespace CallCenter.Simulators.Calls;

/// <summary>How often each kind of call occurs, while people work and while they do not.</summary>
internal static class ScenarioMix
{
    private static readonly (Scenario Scenario, double Open, double Closed)[] Shares =
    [
        (Scenario.InternalAnswered, 11, 0.5),
        (Scenario.InternalNoAnswer, 2, 0.5),
        (Scenario.InternalVoicemail, 2, 0.5),
        (Scenario.InternalBusy, 1, 0),
        (Scenario.OutboundAnswered, 18, 1),
        (Scenario.OutboundNoAnswer, 4, 0.5),
        (Scenario.OutboundBusy, 2, 0),
        (Scenario.OutboundFailed, 1.5, 0.5),
        (Scenario.OutboundVeryShort, 1, 0),
        (Scenario.InboundAnswered, 9, 1),
        (Scenario.InboundNoAnswer, 1.5, 6),
        (Scenario.InboundVoicemailAfterRing, 2, 3),
        (Scenario.InboundVoicemailAfterBusy, 1, 0),
        (Scenario.InboundVoicemailDirect, 1.5, 16),
        (Scenario.MenuAbandoned, 1.5, 6),
        (Scenario.QueueAnswered, 17, 0.5),
        (Scenario.QueueAbandoned, 4, 2),
        (Scenario.RingGroupAnswered, 8, 0),
        (Scenario.RingGroupVoicemail, 1, 2),
        (Scenario.RingGroupNoAnswer, 1, 2),
        (Scenario.BlindTransfer, 2, 0),
        (Scenario.AttendedTransfer, 2, 0),
        (Scenario.Park, 1.5, 0),
    ];

    private static readonly double[] Open = [.. Shares.Select(s => s.Open)];
    private static readonly double[] Closed = [.. Shares.Select(s => s.Closed)];

    public static Scenario Pick(SimRandom random, bool open) => Shares[random.Weighted(open ? Open : Closed)].Scenario;
}

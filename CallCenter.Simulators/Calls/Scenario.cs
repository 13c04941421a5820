namespace CallCenter.Simulators.Calls;

/// <summary>The kinds of call that the generator makes.</summary>
public enum Scenario
{
    InternalAnswered,
    InternalNoAnswer,
    InternalVoicemail,
    InternalBusy,
    OutboundAnswered,
    OutboundNoAnswer,
    OutboundBusy,
    OutboundFailed,
    OutboundVeryShort,
    InboundAnswered,
    InboundNoAnswer,
    InboundVoicemailAfterRing,
    InboundVoicemailAfterBusy,
    InboundVoicemailDirect,
    MenuAbandoned,
    QueueAnswered,
    QueueAbandoned,
    RingGroupAnswered,
    RingGroupVoicemail,
    RingGroupNoAnswer,
    BlindTransfer,
    AttendedTransfer,
    Park,
}

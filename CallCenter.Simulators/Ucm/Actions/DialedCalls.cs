using System.Globalization;
using System.Text.Json.Nodes;
using CallCenter.Simulators.Calls;

namespace CallCenter.Simulators.Ucm.Actions;

/// <summary>Calls that the API asked for. They live in the channel lists and in the state of lines, and write no call detail.</summary>
internal sealed class DialedCalls
{
    private readonly Lock _gate = new();
    private readonly List<DialedCall> _calls = [];
    private int _sequence = 0x9000;

    public void Add(string caller, string callee, DateTimeOffset now)
    {
        lock (_gate)
        {
            _calls.RemoveAll(c => now - c.At > TimeSpan.FromHours(1));
            _calls.Add(new DialedCall(caller, callee, now, _sequence));
            _sequence += 2;
        }
    }

    /// <summary>Those under way at this moment, with where they are.</summary>
    public IReadOnlyList<LiveDial> Live(UcmPbx pbx)
    {
        lock (_gate)
        {
            return [.. _calls.Select(c => LiveDial.At(c, pbx)).OfType<LiveDial>()];
        }
    }
}

/// <param name="Caller">The extension that rings first.</param>
/// <param name="Callee">Whom it is then connected with.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="Sequence">Number in the channel names; the callee's is one more.</param>
internal sealed record DialedCall(string Caller, string Callee, DateTimeOffset At, int Sequence)
{
    public string CallerChannel => $"PJSIP/{Caller}-{Sequence:x8}";

    public string CalleeChannel => $"PJSIP/{Callee}-{Sequence + 1:x8}";
}

internal enum DialPhase
{
    /// <summary>The caller's own phone rings.</summary>
    CallerRings,

    /// <summary>The caller has answered and the callee's phone rings.</summary>
    CalleeRings,

    /// <summary>The callee is no phone but a service of the PBX, such as an echo test: one channel that is up.</summary>
    InService,

    Talking,
}

/// <summary>A call that is under way.</summary>
internal sealed record LiveDial(DialedCall Call, DialPhase Phase)
{
    private static readonly TimeSpan Ring = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Talk = TimeSpan.FromSeconds(30);

    /// <summary>Null when it has ended: a phone that is not registered does not ring.</summary>
    public static LiveDial? At(DialedCall call, UcmPbx pbx)
    {
        var age = pbx.Time.GetUtcNow() - call.At;
        if (age < TimeSpan.Zero || age >= Ring + Ring + Talk || pbx.Accounts.AddressOf(call.Caller) is null)
        {
            return null;
        }

        if (age < Ring)
        {
            return new LiveDial(call, DialPhase.CallerRings);
        }

        if (!pbx.Accounts.Running.ContainsKey(call.Callee))
        {
            return new LiveDial(call, DialPhase.InService);
        }

        return pbx.Accounts.AddressOf(call.Callee) is null ? null : new LiveDial(call, age < Ring + Ring ? DialPhase.CalleeRings : DialPhase.Talking);
    }

    public bool Concerns(string extension) =>
        Call.Caller == extension || (Call.Callee == extension && Phase is DialPhase.CalleeRings or DialPhase.Talking);

    public bool IsRinging(string extension) => Call.Caller == extension ? Phase == DialPhase.CallerRings : Phase == DialPhase.CalleeRings;

    /// <summary>The two channels, once they are bridged.</summary>
    public LedgerLeg ToLeg() => new()
    {
        UniqueId = UniqueId(Call.Sequence),
        Session = default,
        Start = Call.At + Ring,
        Answer = Call.At + Ring + Ring,
        End = Call.At + Ring + Ring + Talk,
        Disposition = LedgerDisposition.Answered,
        Direction = LedgerDirection.Internal,
        Source = Call.Caller,
        Destination = Call.Callee,
        Action = "DIAL",
        Context = "from-internal",
        Application = "Dial",
        Channel = Call.CallerChannel,
        ChannelExtension = Call.Caller,
        DestinationChannel = Call.CalleeChannel,
        DestinationExtension = Call.Callee,
        AnsweredBy = Call.Callee,
        ActionOwner = Call.Caller,
    };

    /// <summary>The channels before that. A ringing one is seen from its own side.</summary>
    public IEnumerable<JsonObject> ToRows(UcmPbx pbx)
    {
        yield return Row(Call.CallerChannel, Phase == DialPhase.CallerRings ? "Ringing" : "Up", Call.Caller, Call.Callee, Call.Sequence);
        if (Phase == DialPhase.CalleeRings)
        {
            yield return Row(Call.CalleeChannel, "Ringing", Call.Callee, Call.Caller, Call.Sequence + 1);
        }

        JsonObject Row(string channel, string state, string number, string connected, int sequence) => new()
        {
            ["channel"] = channel,
            ["state"] = state,
            ["service"] = "normal",
            ["callernum"] = number,
            ["callername"] = ChannelActions.NameOf(pbx, number),
            ["connectednum"] = connected,
            ["connectedname"] = ChannelActions.NameOf(pbx, connected),
            ["alloc_time"] = ChannelActions.Local(pbx, Call.At),
            ["uniqueid"] = UniqueId(sequence),
            ["linkedid"] = UniqueId(Call.Sequence),
            ["inbound_trunk_name"] = "",
            ["outbound_trunk_name"] = "",
        };
    }

    private string UniqueId(int sequence) => string.Create(CultureInfo.InvariantCulture, $"{Call.At.ToUnixTimeSeconds()}.{sequence}");
}

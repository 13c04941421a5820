using System.Linq.Expressions;
using CallCenter.Core.Calls;
using CallCenter.Core.Figures;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Figures;

/// <summary>All of a call that figures depend on.</summary>
internal readonly record struct CallFacts(
    DateTime StartedAtUtc,
    CallDirection Direction,
    CallOutcome Outcome,
    string Queue,
    string Via,
    string Trunk,
    string ToNumber,
    long OutsideE164,
    int WaitSeconds,
    int TalkSeconds,
    int RingSeconds,
    int HoldSeconds,
    int Transfers)
{
    public static readonly Expression<Func<Call, CallFacts>> Select = call => new CallFacts(
        call.StartedAtUtc,
        call.Direction,
        call.Outcome,
        call.Queue,
        call.Via,
        call.Trunk,
        call.ToNumber,
        call.OutsideE164,
        call.WaitSeconds,
        call.TalkSeconds,
        call.RingSeconds ?? 0,
        call.HoldSeconds ?? 0,
        call.TransferCount);

    public static CallFacts Of(Call call) => new(
        call.StartedAtUtc,
        call.Direction,
        call.Outcome,
        call.Queue,
        call.Via,
        call.Trunk,
        call.ToNumber,
        call.OutsideE164,
        call.WaitSeconds,
        call.TalkSeconds,
        call.RingSeconds ?? 0,
        call.HoldSeconds ?? 0,
        call.TransferCount);

    public bool Grouped => Via.Length > 0 || Queue.Length > 0;

    /// <summary>The ring group it passed, where no queue came first.</summary>
    public string RingGroup => Via != Queue ? Via : "";

    public bool Offered => CallSets.IsOffered(Direction, Outcome, Grouped);
}

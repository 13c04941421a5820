using CallCenter.Core.Calls;
using CallCenter.Core.Figures;

namespace CallCenter.Infrastructure.Figures;

/// <summary>The sums kept of calls, as places in one array; their names are the columns of both tables.</summary>
internal static class FigureColumns
{
    // The outcomes come first, in the order of CallOutcome, whose values begin with 1.
    public const int AnsweredWait = 7;
    public const int LostWait = 8;
    public const int Talk = 9;
    public const int Ring = 10;
    public const int Hold = 11;
    public const int Transferred = 12;

    private const int AnsweredWithin = 13;

    private static readonly int LostWithin = AnsweredWithin + WaitBounds.Targets.Count;
    private static readonly int OutWithin = LostWithin + WaitBounds.Lost.Count;

    public static int Count { get; } = OutWithin + WaitBounds.Targets.Count;

    public static IReadOnlyList<string> Names { get; } =
    [
        .. Enum.GetNames<CallOutcome>(), "AnsweredWaitSeconds", "LostWaitSeconds", "TalkSeconds", "RingSeconds", "HoldSeconds", "TransferredCalls",
        .. WaitBounds.Targets.Select(bound => $"AnsweredWithin{bound}"),
        .. WaitBounds.Lost.Select(bound => $"LostWithin{bound}"),
        .. WaitBounds.Targets.Select(bound => $"OutWithin{bound}"),
    ];

    public static int OutcomeOf(CallOutcome outcome) => (int)outcome - 1;

    public static int AnsweredIn(int seconds) => AnsweredWithin + PlaceOf(WaitBounds.Targets, seconds);

    public static int LostIn(int seconds) => LostWithin + PlaceOf(WaitBounds.Lost, seconds);

    public static int OutIn(int seconds) => OutWithin + PlaceOf(WaitBounds.Targets, seconds);

    /// <summary>Adds a call to the sums, or takes it away again.</summary>
    public static void Add(int[] sums, in CallFacts call, bool offered, int sign)
    {
        sums[OutcomeOf(call.Outcome)] += sign;
        sums[Talk] += sign * call.TalkSeconds;
        sums[Hold] += sign * call.HoldSeconds;
        if (!offered)
        {
            return;
        }

        sums[Ring] += sign * call.RingSeconds;
        if (call.Outcome == CallOutcome.Answered)
        {
            sums[AnsweredWait] += sign * call.WaitSeconds;
            sums[Transferred] += call.Transfers > 0 ? sign : 0;
            Within(sums, AnsweredWithin, WaitBounds.Targets, call.WaitSeconds, sign);
        }
        else if (CallSets.IsLost(call.Outcome))
        {
            sums[LostWait] += sign * call.WaitSeconds;
            Within(sums, LostWithin, WaitBounds.Lost, call.WaitSeconds, sign);
        }
        else if (CallSets.IsFlowOut(call.Outcome))
        {
            Within(sums, OutWithin, WaitBounds.Targets, call.WaitSeconds, sign);
        }
    }

    private static void Within(int[] sums, int first, IReadOnlyList<int> bounds, int wait, int sign)
    {
        for (var i = bounds.Count - 1; i >= 0 && wait <= bounds[i]; i--)
        {
            sums[first + i] += sign;
        }
    }

    private static int PlaceOf(IReadOnlyList<int> bounds, int seconds)
    {
        for (var i = 0; i < bounds.Count; i++)
        {
            if (bounds[i] == seconds)
            {
                return i;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "Not one of the bounds at which waits are counted.");
    }
}

using CallCenter.Core.Calls;
using CallCenter.Core.Figures;

namespace CallCenter.Infrastructure.Figures;

/// <summary>The sums kept of extensions' parts in calls, as places in one array.</summary>
internal static class AgentColumns
{
    public const int Calls = 0;
    public const int Rang = 1;
    public const int Offers = 2;
    public const int Answered = 3;
    public const int Missed = 4;
    public const int Transferred = 5;
    public const int Placed = 6;
    public const int Talk = 7;
    public const int Ring = 8;

    public static IReadOnlyList<string> Names { get; } =
        ["Calls", "Rang", "Offers", "Answered", "Missed", "Transferred", "Placed", "TalkSeconds", "RingSeconds"];

    public static void Add(int[] sums, CallParticipant part, int sign)
    {
        var (rang, answered) = ((part.Part & CallPart.Rang) != 0, (part.Part & CallPart.Answered) != 0);
        sums[Calls] += sign;
        sums[Rang] += rang || answered ? sign : 0;
        sums[Offers] += sign * part.Offers;
        sums[Answered] += answered ? sign : 0;
        sums[Missed] += rang && !answered ? sign : 0;
        sums[Transferred] += (part.Part & CallPart.Transferred) != 0 ? sign : 0;
        sums[Placed] += (part.Part & CallPart.Called) != 0 ? sign : 0;
        sums[Talk] += sign * part.TalkSeconds;
        sums[Ring] += sign * part.RingSeconds;
    }

    public static AgentFigures Read(FigureSlice slice, IReadOnlyList<long> sums)
    {
        if (slice.Offered)
        {
            return new AgentFigures
            {
                Rang = sums[Rang],
                Offers = sums[Offers],
                Answered = sums[Answered],
                Missed = sums[Missed],
                Transferred = sums[Transferred],
                TalkSeconds = sums[Talk],
                RingSeconds = sums[Ring],
            };
        }

        return slice.Direction == Core.Telephony.CallDirection.Outbound
            ? new AgentFigures { Placed = sums[Placed], PlacedTalkSeconds = sums[Talk] }
            : new AgentFigures { Internal = sums[Calls], InternalTalkSeconds = sums[Talk] };
    }
}

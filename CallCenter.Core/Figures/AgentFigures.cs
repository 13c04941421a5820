namespace CallCenter.Core.Figures;

/// <summary>Counts and sums over one extension's parts in calls; additive like <see cref="CallFigures"/>.</summary>
public sealed record AgentFigures
{
    /// <summary>Of no call.</summary>
    public static readonly AgentFigures None = new();

    /// <summary>Offered calls in which its phone rang.</summary>
    public long Rang { get; init; }

    /// <summary>How often it rang in them.</summary>
    public long Offers { get; init; }

    /// <summary>Offered calls it answered.</summary>
    public long Answered { get; init; }

    /// <summary>Offered calls in which it rang and that it did not answer, whoever did.</summary>
    public long Missed { get; init; }

    /// <summary>Offered calls that it transferred on.</summary>
    public long Transferred { get; init; }

    /// <summary>Talk in offered calls.</summary>
    public long TalkSeconds { get; init; }

    /// <summary>Ringing in offered calls, where known.</summary>
    public long RingSeconds { get; init; }

    /// <summary>Outbound calls it placed.</summary>
    public long Placed { get; init; }

    /// <summary>Talk in them.</summary>
    public long PlacedTalkSeconds { get; init; }

    /// <summary>Calls with a part of it that were neither offered nor outbound.</summary>
    public long Internal { get; init; }

    /// <summary>Talk in them.</summary>
    public long InternalTalkSeconds { get; init; }

    /// <summary>Agent answer rate: answered of those in which its phone rang.</summary>
    public Share AnswerRate => new(Answered, Answered + Missed);

    /// <summary>Both together.</summary>
    public static AgentFigures operator +(AgentFigures left, AgentFigures right) => new()
    {
        Rang = left.Rang + right.Rang,
        Offers = left.Offers + right.Offers,
        Answered = left.Answered + right.Answered,
        Missed = left.Missed + right.Missed,
        Transferred = left.Transferred + right.Transferred,
        TalkSeconds = left.TalkSeconds + right.TalkSeconds,
        RingSeconds = left.RingSeconds + right.RingSeconds,
        Placed = left.Placed + right.Placed,
        PlacedTalkSeconds = left.PlacedTalkSeconds + right.PlacedTalkSeconds,
        Internal = left.Internal + right.Internal,
        InternalTalkSeconds = left.InternalTalkSeconds + right.InternalTalkSeconds,
    };
}

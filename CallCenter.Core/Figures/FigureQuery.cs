using CallCenter.Core.Telephony;

namespace CallCenter.Core.Figures;

/// <summary>Steps of time, in the tenant's zone.</summary>
public enum FigureStep
{
    /// <summary>Fifteen minutes.</summary>
    Quarter = 1,

    /// <summary>An hour; a day has 23, 24 or 25.</summary>
    Hour = 2,

    /// <summary>A day.</summary>
    Day = 3,

    /// <summary>A week as the tenant's country begins it; at the ends of the range the part that lies in it.</summary>
    Week = 4,

    /// <summary>A calendar month.</summary>
    Month = 5,
}

/// <summary>What calls are told apart by.</summary>
public enum FigureDimension
{
    /// <summary>The queue they waited in first; calls without one are left out.</summary>
    Queue = 1,

    /// <summary>The ring group they passed first; calls without one are left out.</summary>
    RingGroup = 2,

    /// <summary>Trunk; internal calls are left out.</summary>
    Trunk = 3,

    /// <summary>Number dialled from outside.</summary>
    Did = 4,

    /// <summary><see cref="CallDirection"/>, by name.</summary>
    Direction = 5,

    /// <summary><see cref="Calls.CallOutcome"/>, by name. Of each line only <see cref="CallFigures.Calls"/> counts.</summary>
    Outcome = 6,

    /// <summary>Country of the outside party, ISO 3166-1 alpha-2; empty when its number tells none.</summary>
    Country = 7,
}

/// <summary>What to count. Days are the tenant's and both included; null members do not narrow.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
public sealed record FigureQuery(DateOnly From, DateOnly To)
{
    /// <summary>Lines by time; null for the whole range at once.</summary>
    public FigureStep? Step { get; init; }

    /// <summary>Lines by this; null for all calls together. With <see cref="Step"/> each pair has a line.</summary>
    public FigureDimension? By { get; init; }

    /// <summary>Queue number.</summary>
    public string? Queue { get; init; }

    /// <summary>Ring group number.</summary>
    public string? RingGroup { get; init; }

    /// <summary>Extension that had a part.</summary>
    public string? Agent { get; init; }

    /// <summary>Trunk.</summary>
    public string? Trunk { get; init; }

    /// <summary>Number dialled.</summary>
    public string? Did { get; init; }

    /// <summary>Direction.</summary>
    public CallDirection? Direction { get; init; }

    /// <summary>Country, ISO 3166-1 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>Fill <see cref="CallFigures.LongestWaitSeconds"/>; costs a little on long ranges.</summary>
    public bool WithLongestWait { get; init; }
}

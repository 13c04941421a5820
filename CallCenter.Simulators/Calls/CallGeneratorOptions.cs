namespace CallCenter.Simulators.Calls;

/// <summary>A person with a phone.</summary>
public sealed record SimExtension(string Number, string Name);

/// <summary>How a queue or group offers calls.</summary>
public enum RingStrategy
{
    /// <summary>All free agents at once.</summary>
    RingAll,

    /// <summary>One after the other.</summary>
    Linear,
}

/// <summary>A queue or ring group.</summary>
public sealed record SimGroup(string Number, string Name, IReadOnlyList<string> Members, RingStrategy Strategy = RingStrategy.RingAll);

/// <summary>Who calls whom, when and how much.</summary>
public sealed record CallGeneratorOptions
{
    /// <summary>The same seed and options give the same calls for the same day, whatever range is asked for.</summary>
    public required int Seed { get; init; }

    /// <summary>The PBX's zone: office hours and days are in its wall clock.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Hours, days off and numbers of the country.</summary>
    public required CountryProfile Country { get; init; }

    /// <summary>First day with calls. Keep it between runs: the row counters of all later calls depend on it.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Day after which there are no calls; null for never.</summary>
    public DateOnly? To { get; init; }

    public required IReadOnlyList<SimExtension> Extensions { get; init; }

    public IReadOnlyList<SimGroup> Queues { get; init; } = [];

    public IReadOnlyList<SimGroup> RingGroups { get; init; } = [];

    /// <summary>Number of the menu in front of the queues; null when callers reach queues directly.</summary>
    public string? Ivr { get; init; }

    public required IReadOnlyList<string> Trunks { get; init; }

    /// <summary>Public numbers, as the trunk sends them.</summary>
    public required IReadOnlyList<string> Dids { get; init; }

    /// <summary>Calls on an average workday; real days scatter around it.</summary>
    public int CallsPerWorkday { get; init; } = 200;

    /// <summary>Calls per hour that come day and night besides, so that a demo lives at any hour.</summary>
    public double RoundTheClockPerHour { get; init; }

    /// <summary>Share of answered outside calls that are recorded, 0 to 1.</summary>
    public double RecordedShare { get; init; } = 0.7;
}

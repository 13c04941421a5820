using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Groups;

/// <summary>What gathers calls on the PBX.</summary>
public enum PbxGroupKind
{
    /// <summary>A queue.</summary>
    Queue = 1,

    /// <summary>A ring group.</summary>
    RingGroup = 2,

    /// <summary>A menu.</summary>
    Ivr = 3,
}

/// <summary>How abandoned calls count in a service level; formulas in docs/metrics.md.</summary>
public enum ServiceLevelRule
{
    /// <summary>Answered in time / answered.</summary>
    AnsweredOnly = 1,

    /// <summary>Answered in time / offered: every abandoned call counts against it.</summary>
    AbandonedNegative = 2,

    /// <summary>Answered in time / (offered − abandoned in time).</summary>
    AbandonedIgnored = 3,

    /// <summary>(Answered + abandoned in time) / offered.</summary>
    AbandonedPositive = 4,
}

/// <summary>
/// A queue, ring group or menu of the PBX: its name as last read, and what the portal decides about its figures and recordings.
/// One that only occurs in calls has no name.
/// </summary>
public sealed class PbxGroup : ITenantOwned
{
    /// <summary>Seconds in which a call should be answered, unless the group says otherwise.</summary>
    public const int DefaultTargetSeconds = 20;

    /// <summary>Share of calls that should be, in percent, unless the group says otherwise.</summary>
    public const int DefaultTargetPercent = 80;

    /// <summary>Calls that give up before so many seconds are short abandons, unless the group says otherwise.</summary>
    public const int DefaultShortAbandonSeconds = 5;

    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>The PBX connection.</summary>
    public required Guid PbxId { get; init; }

    /// <summary>Its number on the PBX.</summary>
    public required string Number { get; init; }

    /// <summary>What it is.</summary>
    public required PbxGroupKind Kind { get; init; }

    /// <summary>Its name on the PBX; empty when not known.</summary>
    public string Name { get; set; } = "";

    /// <summary>Extensions that belong to it on the PBX, comma-separated; empty for menus.</summary>
    public string Members { get; set; } = "";

    /// <summary>When the PBX last listed it, UTC; null when only calls tell of it.</summary>
    public DateTime? SeenAtUtc { get; set; }

    /// <summary>Seconds in which a call should be answered; one of the bounds of the wait histogram (docs/metrics.md).</summary>
    public int TargetSeconds { get; set; } = DefaultTargetSeconds;

    /// <summary>Share of calls that should be, percent, 1 to 100.</summary>
    public int TargetPercent { get; set; } = DefaultTargetPercent;

    /// <summary>Which formula its service level has.</summary>
    public ServiceLevelRule Rule { get; set; } = ServiceLevelRule.AbandonedNegative;

    /// <summary>Abandons before so many seconds are short and counted apart; 0 for none.</summary>
    public int ShortAbandonSeconds { get; set; } = DefaultShortAbandonSeconds;

    /// <summary>Days until recordings of its calls are deleted; null follows the tenant.</summary>
    public int? RecordingDays { get; set; }

    /// <summary>Concurrency token.</summary>
    public int Version { get; set; }
}

using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Teams;

/// <summary>
/// People and the queues they answer. Whoever of its members may see a team's calls sees those of its members' extensions and of
/// its queues.
/// </summary>
public sealed class Team : ITenantOwned
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameMaxLength = 80;

    /// <summary>Most teams of a tenant.</summary>
    public const int MaxCount = 200;

    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Name.</summary>
    public required string Name { get; set; }

    /// <summary>People.</summary>
    public List<TeamMember> Members { get; init; } = [];

    /// <summary>Queues and ring groups.</summary>
    public List<TeamGroup> Groups { get; init; } = [];

    /// <summary>Concurrency token.</summary>
    public int Version { get; set; }
}

/// <summary>A person of a team.</summary>
public sealed class TeamMember : ITenantOwned
{
    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>The team.</summary>
    public Guid TeamId { get; init; }

    /// <summary>The person.</summary>
    public required Guid UserId { get; init; }
}

/// <summary>A queue or ring group of a team, by its number on the PBX.</summary>
public sealed class TeamGroup : ITenantOwned
{
    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>The team.</summary>
    public Guid TeamId { get; init; }

    /// <summary>Number on the PBX.</summary>
    public required string Number { get; init; }
}

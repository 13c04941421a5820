using CallCenter.Core.Primitives;

namespace CallCenter.Core.Teams;

/// <summary>Expected failures of teams.</summary>
public static class TeamErrors
{
    /// <summary>No such team here. Also the answer for another tenant's.</summary>
    public static readonly Error NotFound = new("teams.not_found", "The team was not found.");

    /// <summary>Changed elsewhere meanwhile.</summary>
    public static readonly Error Changed = new("teams.changed", "The team was changed meanwhile.");

    /// <summary>No name.</summary>
    public static readonly Error NameMissing = new("teams.name_missing", "Give a name.", nameof(TeamForm.Name));

    /// <summary>Longer than <see cref="Team.NameMaxLength"/>.</summary>
    public static readonly Error NameTooLong = new("teams.name_too_long", "The name is too long.", nameof(TeamForm.Name));

    /// <summary>Another team has the name.</summary>
    public static readonly Error NameTaken = new("teams.name_taken", "Another team has this name.", nameof(TeamForm.Name));

    /// <summary>Somebody who is not a member of the tenant.</summary>
    public static readonly Error PersonUnknown = new("teams.person_unknown", "One of these people is not in the tenant.", nameof(TeamForm.Members));

    /// <summary>More than <see cref="Team.MaxCount"/>.</summary>
    public static readonly Error TooMany = new("teams.too_many", "There are too many teams.");
}

/// <summary>Acts on teams in the audit log. Permanent, as they are stored.</summary>
public static class TeamAuditActions
{
    /// <summary>A team was added.</summary>
    public const string Created = "teams.created";

    /// <summary>A team was changed.</summary>
    public const string Changed = "teams.changed";

    /// <summary>A team was deleted.</summary>
    public const string Deleted = "teams.deleted";
}

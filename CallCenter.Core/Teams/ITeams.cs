using CallCenter.Core.Groups;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Teams;

/// <summary>
/// The tenant's teams. Reading needs <see cref="Permissions.Users.View"/>, changing <see cref="Permissions.Users.Edit"/>, else
/// <see cref="AccessErrors.Denied"/>.
/// </summary>
public interface ITeams
{
    /// <summary>The teams by name.</summary>
    Task<Result<IReadOnlyList<TeamRow>>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>People and groups that a team may have.</summary>
    Task<Result<TeamChoices>> ReadChoicesAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds a team.</summary>
    /// <returns>Its key, or an error of the form.</returns>
    Task<Result<Guid>> CreateAsync(TeamForm form, CancellationToken cancellationToken = default);

    /// <summary>Changes a team.</summary>
    /// <returns>Success, <see cref="TeamErrors.NotFound"/>, <see cref="TeamErrors.Changed"/> or an error of the form.</returns>
    Task<Result> ChangeAsync(Guid id, TeamForm form, int version, CancellationToken cancellationToken = default);

    /// <summary>Deletes a team. Its people and queues stay; its supervisors see less.</summary>
    /// <returns>What <see cref="CreateAsync"/> takes to bring it back, <see cref="TeamErrors.NotFound"/> or <see cref="TeamErrors.Changed"/>.</returns>
    Task<Result<TeamForm>> DeleteAsync(Guid id, int version, CancellationToken cancellationToken = default);
}

/// <summary>A team as listed.</summary>
/// <param name="Id">Key.</param>
/// <param name="Name">Name.</param>
/// <param name="Members">People by name.</param>
/// <param name="Groups">Queues and ring groups by number; a name that is not known is empty.</param>
/// <param name="Version">Give it back with a change.</param>
public sealed record TeamRow(Guid Id, string Name, IReadOnlyList<TeamPerson> Members, IReadOnlyList<TeamQueue> Groups, int Version);

/// <summary>A person of a team.</summary>
public sealed record TeamPerson(Guid UserId, string Name, TenantRole Role);

/// <summary>A queue, ring group or menu of a team.</summary>
public sealed record TeamQueue(string Number, string Name, PbxGroupKind? Kind);

/// <summary>What a team may have.</summary>
/// <param name="People">Active members of the tenant, by name.</param>
/// <param name="Groups">Groups that the PBX has or calls tell of, by number.</param>
public sealed record TeamChoices(IReadOnlyList<TeamPerson> People, IReadOnlyList<TeamQueue> Groups);

/// <summary>A team as typed.</summary>
public sealed class TeamForm
{
    /// <summary>Name.</summary>
    public string Name { get; set; } = "";

    /// <summary>People.</summary>
    public List<Guid> Members { get; init; } = [];

    /// <summary>Numbers of groups.</summary>
    public List<string> Groups { get; init; } = [];
}

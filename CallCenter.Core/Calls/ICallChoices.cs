using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Calls;

/// <summary>
/// Names of what calls are filtered by. Needs <see cref="Permissions.Calls.View"/>, else <see cref="AccessErrors.Denied"/>. Names of
/// queues are no secret to whoever sees calls; of extensions, only those within the caller's reach are named.
/// </summary>
public interface ICallChoices
{
    /// <summary>Everything that has a name, each kind by number.</summary>
    Task<Result<CallChoices>> ReadAsync(CancellationToken cancellationToken = default);
}

/// <summary>What calls may be filtered by.</summary>
/// <param name="Queues">Queues.</param>
/// <param name="RingGroups">Ring groups.</param>
/// <param name="Extensions">Extensions; the person's name, else the extension's own.</param>
public sealed record CallChoices(IReadOnlyList<NumberName> Queues, IReadOnlyList<NumberName> RingGroups, IReadOnlyList<NumberName> Extensions)
{
    /// <summary>Nothing has a name.</summary>
    public static readonly CallChoices None = new([], [], []);
}

/// <summary>A number of the PBX and its name.</summary>
/// <param name="Number">Number.</param>
/// <param name="Name">Name; empty when not known.</param>
public sealed record NumberName(string Number, string Name);

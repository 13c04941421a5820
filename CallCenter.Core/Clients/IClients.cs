using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Clients;

/// <summary>
/// The tenant's client book. Reading needs <see cref="Permissions.Clients.View"/>, changing <see cref="Permissions.Clients.Edit"/>,
/// else <see cref="AccessErrors.Denied"/>. Calls of numbers that a change touches are matched again soon after it.
/// </summary>
public interface IClients
{
    /// <summary>One page in the order of names; <c>Older</c> is the next page.</summary>
    Task<Result<KeysetPage<ClientRow>>> SearchAsync(ClientFilter filter, string? cursor = null, int count = 50, CancellationToken cancellationToken = default);

    /// <summary>One client.</summary>
    /// <returns>The client, or <see cref="ClientErrors.NotFound"/>.</returns>
    Task<Result<ClientDetail>> FindAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>The tags in use, most used first, at most 200.</summary>
    Task<Result<IReadOnlyList<string>>> ListTagsAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds a client.</summary>
    /// <returns>Its key, or the first error of the form.</returns>
    Task<Result<Guid>> CreateAsync(ClientForm form, CancellationToken cancellationToken = default);

    /// <summary>Changes a client.</summary>
    /// <returns>Success, the first error of the form, <see cref="ClientErrors.NotFound"/> or <see cref="ClientErrors.Changed"/>.</returns>
    Task<Result> ChangeAsync(Guid id, ClientForm form, int version, CancellationToken cancellationToken = default);

    /// <summary>Deletes a client; its calls stay, without their client.</summary>
    /// <returns>What <see cref="RestoreAsync"/> takes, <see cref="ClientErrors.NotFound"/> or <see cref="ClientErrors.Changed"/>.</returns>
    Task<Result<DeletedClient>> DeleteAsync(Guid id, int version, CancellationToken cancellationToken = default);

    /// <summary>Takes a deletion back, under the old key.</summary>
    Task<Result> RestoreAsync(DeletedClient deleted, CancellationToken cancellationToken = default);

    /// <summary>Makes one of two: the kept one gains numbers, tags and note, and what it lacked of name and company; the other goes.</summary>
    /// <returns>Success, <see cref="ClientErrors.NotFound"/>, <see cref="ClientErrors.MergeWithItself"/>, <see cref="ClientErrors.MergeTooLarge"/> or an error of length.</returns>
    Task<Result> MergeAsync(Guid keptId, Guid goneId, CancellationToken cancellationToken = default);
}

/// <summary>Narrows the list. A null member does not narrow.</summary>
public sealed record ClientFilter
{
    /// <summary>No narrowing.</summary>
    public static readonly ClientFilter None = new();

    /// <summary>Words of name, company or tags in any spelling, or a number: whole in any spelling, or its last digits.</summary>
    public string? Text { get; init; }

    /// <summary>A tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Only clients with a number that another client has too.</summary>
    public bool SharedOnly { get; init; }
}

/// <summary>A client as listed.</summary>
/// <param name="Id">Key.</param>
/// <param name="Name">Name; empty when only the company is known.</param>
/// <param name="Company">Company; empty when none.</param>
/// <param name="Numbers">Digits of E.164, in the client's order.</param>
/// <param name="Tags">Tags.</param>
/// <param name="LastCallAtUtc">Start of the latest call with one of its numbers, UTC; null without calls.</param>
public sealed record ClientRow(Guid Id, string Name, string Company, IReadOnlyList<long> Numbers, IReadOnlyList<string> Tags, DateTime? LastCallAtUtc)
{
    /// <summary>Name, or company without one.</summary>
    public string DisplayName => Name.Length > 0 ? Name : Company;
}

/// <summary>A client with everything known of it.</summary>
/// <param name="Id">Key.</param>
/// <param name="Form">Its content, as a form would have it.</param>
/// <param name="Numbers">Its numbers, and who else has them.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="CreatedAtUtc">UTC.</param>
/// <param name="ChangedAtUtc">UTC.</param>
/// <param name="Version">Give it back with a change.</param>
public sealed record ClientDetail(
    Guid Id, ClientForm Form, IReadOnlyList<ClientNumberRow> Numbers, IReadOnlyList<string> Tags, DateTime CreatedAtUtc, DateTime ChangedAtUtc, int Version)
{
    /// <summary>Name, or company without one.</summary>
    public string DisplayName => Form.Name.Length > 0 ? Form.Name : Form.Company;
}

/// <summary>A client's number.</summary>
/// <param name="E164">Digits of E.164.</param>
/// <param name="Label">What it is for.</param>
/// <param name="Others">Other clients with the same number.</param>
public sealed record ClientNumberRow(long E164, string Label, IReadOnlyList<ClientName> Others);

/// <summary>A client by name.</summary>
public sealed record ClientName(Guid Id, string Name, string Company)
{
    /// <summary>Name, or company without one.</summary>
    public string DisplayName => Name.Length > 0 ? Name : Company;
}

/// <summary>A deleted client, for the moment in which the deletion can be taken back.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Form">Its content.</param>
/// <param name="CreatedAtUtc">UTC.</param>
public sealed record DeletedClient(Guid Id, ClientForm Form, DateTime CreatedAtUtc);

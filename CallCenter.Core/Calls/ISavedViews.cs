using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Calls;

/// <summary>
/// Filters of the history that people keep, their own and those of the tenant, and the columns each person likes. Needs
/// <see cref="Permissions.Calls.View"/>, for shared ones <see cref="Permissions.Settings.Edit"/> too, else
/// <see cref="AccessErrors.Denied"/>. Another person's and another tenant's views are not found.
/// </summary>
public interface ISavedViews
{
    /// <summary>The own views and the shared ones, each by name, and what the caller chose.</summary>
    Task<Result<CallViews>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Keeps a view.</summary>
    /// <returns>Its key, or an error of <see cref="CallViewErrors"/>.</returns>
    Task<Result<Guid>> SaveAsync(CallViewForm form, CancellationToken cancellationToken = default);

    /// <summary>Renames it, puts another query under its name, shares it or makes a shared one the caller's own.</summary>
    /// <returns>Success, or an error of <see cref="CallViewErrors"/>.</returns>
    Task<Result> ChangeAsync(Guid id, CallViewForm form, int version, CancellationToken cancellationToken = default);

    /// <summary>Deletes it.</summary>
    /// <returns>What <see cref="RestoreAsync"/> takes, or <see cref="CallViewErrors.NotFound"/>.</returns>
    Task<Result<DeletedCallView>> DeleteAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Takes a deletion back, under the old key.</summary>
    Task<Result> RestoreAsync(DeletedCallView view, CancellationToken cancellationToken = default);

    /// <summary>The view that opens with the page from now on; null for none.</summary>
    /// <returns>Success or <see cref="CallViewErrors.NotFound"/>.</returns>
    Task<Result> SetDefaultAsync(Guid? id, CancellationToken cancellationToken = default);

    /// <summary>Remembers the columns that the caller chose.</summary>
    Task<Result> RememberColumnsAsync(IReadOnlyList<CallColumn> columns, CancellationToken cancellationToken = default);
}

/// <summary>What a person finds in the menu.</summary>
/// <param name="Views">The own ones first, each kind by name.</param>
/// <param name="DefaultId">One of them, or null.</param>
/// <param name="Columns">Columns last chosen; null before any choice.</param>
public sealed record CallViews(IReadOnlyList<CallViewRow> Views, Guid? DefaultId, IReadOnlyList<CallColumn>? Columns)
{
    /// <summary>Nothing kept.</summary>
    public static readonly CallViews None = new([], null, null);
}

/// <summary>A view. Members mean what they mean on <see cref="CallView"/>.</summary>
/// <param name="Id">Key.</param>
/// <param name="Name">Name.</param>
/// <param name="Query">Filter and columns.</param>
/// <param name="IsShared">Everybody sees it.</param>
/// <param name="MayChange">The caller may.</param>
/// <param name="Version">Give it back with a change.</param>
public sealed record CallViewRow(Guid Id, string Name, string Query, bool IsShared, bool MayChange, int Version);

/// <summary>A view as typed.</summary>
/// <param name="Name">Name.</param>
/// <param name="Query">Query of the history's address, without question mark; tidied when it is kept.</param>
/// <param name="IsShared">For everybody.</param>
public sealed record CallViewForm(string Name, string Query, bool IsShared);

/// <summary>A deleted view, for the moment in which the deletion can be taken back.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Form">What it was.</param>
public sealed record DeletedCallView(Guid Id, CallViewForm Form);

/// <summary>Expected failures of saved views.</summary>
public static class CallViewErrors
{
    /// <summary>No such view of the caller or the tenant.</summary>
    public static readonly Error NotFound = new("calls.view_not_found", "The view was not found.");

    /// <summary>No name.</summary>
    public static readonly Error NameMissing = new("calls.view_name_missing", "Give the view a name.", nameof(CallViewForm.Name));

    /// <summary>Longer than <see cref="CallView.NameMaxLength"/>.</summary>
    public static readonly Error NameTooLong = new("calls.view_name_too_long", "The name has at most 60 characters.", nameof(CallViewForm.Name));

    /// <summary>Another view of the same owner has it.</summary>
    public static readonly Error NameTaken = new("calls.view_name_taken", "Another view has this name.", nameof(CallViewForm.Name));

    /// <summary>As many as <see cref="CallView.MaxCount"/>.</summary>
    public static readonly Error TooMany = new("calls.view_too_many", "There are 50 views already; delete one first.");

    /// <summary>Changed elsewhere meanwhile.</summary>
    public static readonly Error Changed = new("calls.view_changed", "The view was changed meanwhile.");
}

/// <summary>Acts on shared views in the audit log; own ones are nobody else's business. Permanent, as they are stored.</summary>
public static class CallViewAuditActions
{
    /// <summary>A view was made for everybody.</summary>
    public const string Shared = "calls.view_shared";

    /// <summary>A shared view was changed.</summary>
    public const string Changed = "calls.view_altered";

    /// <summary>A shared view was deleted, or is somebody's own now.</summary>
    public const string Withdrawn = "calls.view_withdrawn";
}

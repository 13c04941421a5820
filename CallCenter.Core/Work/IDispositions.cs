using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Work;

/// <summary>
/// The tenant's list of dispositions. Made with a first set when it is first read. Reading needs
/// <see cref="Permissions.Calls.View"/>, changing <see cref="Permissions.Settings.Edit"/>, else <see cref="AccessErrors.Denied"/>.
/// </summary>
public interface IDispositions
{
    /// <summary>The list in its order, retired ones included.</summary>
    Task<Result<IReadOnlyList<DispositionRow>>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Adds an entry at the end.</summary>
    /// <returns>Its key, or an error of the form.</returns>
    Task<Result<Guid>> CreateAsync(DispositionForm form, CancellationToken cancellationToken = default);

    /// <summary>Changes or retires an entry.</summary>
    /// <returns>Success, <see cref="WorkErrors.DispositionUnknown"/>, <see cref="WorkErrors.DispositionsChanged"/> or an error of the form.</returns>
    Task<Result> ChangeAsync(Guid id, DispositionForm form, int version, CancellationToken cancellationToken = default);

    /// <summary>Puts the list in this order; keys that are missing stay behind in their order.</summary>
    Task<Result> OrderAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken = default);
}

/// <summary>An entry of the list. Members mean what they mean on <see cref="Disposition"/>.</summary>
public sealed record DispositionRow(Guid Id, string NameEnglish, string NameArabic, bool Active, bool NeedsNote, bool IsSuccess, int Version);

/// <summary>An entry as typed.</summary>
public sealed class DispositionForm
{
    /// <summary>Name in English.</summary>
    public string NameEnglish { get; set; } = "";

    /// <summary>Name in Arabic.</summary>
    public string NameArabic { get; set; } = "";

    /// <summary>May be given.</summary>
    public bool Active { get; set; } = true;

    /// <summary>Asks for a note.</summary>
    public bool NeedsNote { get; set; }

    /// <summary>Counts as a success.</summary>
    public bool IsSuccess { get; set; }
}

using CallCenter.Core.Calls;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Softphone;

/// <summary>Whom one can call, and who calls. Needs <see cref="Permissions.Extensions.Own"/>, else <see cref="AccessErrors.Denied"/>.</summary>
public interface IPhoneDirectory
{
    /// <summary>Most results of a search.</summary>
    const int MaxHits = 12;

    /// <summary>
    /// Clients, extensions and own recent calls that match, best first, each number once, at most <see cref="MaxHits"/>. Names in any spelling; numbers
    /// in any spelling and script. Without text: own recent calls. Clients come only with <see cref="Permissions.Clients.View"/>.
    /// </summary>
    Task<Result<IReadOnlyList<PhoneHit>>> SearchAsync(string text, CancellationToken cancellationToken = default);

    /// <summary>Extensions other than the caller's own, those that are free first, at most <see cref="MaxHits"/>: whom a call can be given to.</summary>
    Task<Result<IReadOnlyList<PhoneHit>>> ListColleaguesAsync(CancellationToken cancellationToken = default);

    /// <summary>Calls back when extensions or what their lines do changed; read again then. Dispose the answer to stop.</summary>
    IDisposable Subscribe(Func<Task> changed);

    /// <summary>Who has a number. Of calls and notes only those within the caller's reach.</summary>
    Task<Result<PhoneIdentity>> WhoIsAsync(string number, CancellationToken cancellationToken = default);

    /// <summary>The caller's favourites in their order.</summary>
    Task<Result<IReadOnlyList<PhoneFavouriteRow>>> ListFavouritesAsync(CancellationToken cancellationToken = default);

    /// <summary>Keeps a number; one that is there already is given the name.</summary>
    /// <returns>Its key, <see cref="PhoneErrors.NumberInvalid"/> or <see cref="PhoneErrors.TooManyFavourites"/>.</returns>
    Task<Result<Guid>> AddFavouriteAsync(string number, string name, CancellationToken cancellationToken = default);

    /// <summary>Drops a favourite; one that is gone already is no error.</summary>
    Task<Result> RemoveFavouriteAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>Puts favourites in this order; those that are missing stay behind in theirs.</summary>
    Task<Result> OrderFavouritesAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken = default);
}

/// <summary>Where a result of the search comes from.</summary>
public enum PhoneHitKind
{
    /// <summary>An extension of the tenant.</summary>
    Extension = 1,

    /// <summary>A client's number.</summary>
    Client = 2,

    /// <summary>An own call.</summary>
    Recent = 3,
}

/// <summary>Somebody to call.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Number">What to dial.</param>
/// <param name="E164">Its digits of E.164 as one integer; 0 for extensions.</param>
/// <param name="Name">Name; empty when unknown.</param>
/// <param name="Detail">Company, or label of the number; empty for none.</param>
/// <param name="Line">What the extension's line does; null for others.</param>
/// <param name="ClientId">The client; null for others.</param>
/// <param name="LastCallUtc">When the caller last spoke with the number, as far as known, UTC.</param>
public sealed record PhoneHit(
    PhoneHitKind Kind, string Number, long E164, string Name, string Detail, LineStatus? Line, Guid? ClientId, DateTime? LastCallUtc)
{
    /// <summary>An extension that could take a call now.</summary>
    public bool IsFree => Line == LineStatus.Idle;
}

/// <summary>Who has a number.</summary>
/// <param name="Number">As asked.</param>
/// <param name="E164">Its digits of E.164 as one integer; 0 when it is none.</param>
/// <param name="Extension">The tenant's extension with this number; null for none.</param>
/// <param name="Clients">Clients with the number, at most five; several mean that it is not one's alone.</param>
/// <param name="Calls">Last calls with it, newest first, at most five.</param>
/// <param name="Notes">Notes of those calls, newest first, at most five.</param>
/// <param name="OpenSinceUtc">Since when an abandoned call of this number waits on the worklist, UTC; null for none.</param>
public sealed record PhoneIdentity(
    string Number, long E164, PhoneExtension? Extension, IReadOnlyList<PhoneClient> Clients, IReadOnlyList<CallRow> Calls,
    IReadOnlyList<PhoneNote> Notes, DateTime? OpenSinceUtc);

/// <summary>An extension as the phone shows it.</summary>
/// <param name="Number">Number.</param>
/// <param name="Name">Name.</param>
/// <param name="Line">What it does.</param>
public sealed record PhoneExtension(string Number, string Name, LineStatus Line);

/// <summary>A client as the phone shows it.</summary>
/// <param name="Id">Key.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Company">Company; empty for none.</param>
/// <param name="Note">The book's note; empty for none.</param>
/// <param name="Tags">Tags.</param>
public sealed record PhoneClient(Guid Id, string Name, string Company, string Note, IReadOnlyList<string> Tags);

/// <summary>A note of a call with the number.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Text">Text.</param>
/// <param name="AuthorName">Author.</param>
/// <param name="CreatedAtUtc">UTC.</param>
public sealed record PhoneNote(Guid CallId, string Text, string AuthorName, DateTime CreatedAtUtc);

/// <summary>A favourite as shown.</summary>
/// <param name="Id">Key.</param>
/// <param name="Number">What is dialled.</param>
/// <param name="Name">Name; the owner's word, else whose number it is; empty when unknown.</param>
/// <param name="Line">What the extension's line does; null for others.</param>
public sealed record PhoneFavouriteRow(Guid Id, string Number, string Name, LineStatus? Line);

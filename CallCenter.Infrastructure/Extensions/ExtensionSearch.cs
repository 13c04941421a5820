using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq.Expressions;
using CallCenter.Core.Extensions;
using CallCenter.Infrastructure.Identity;
using CallCenter.Infrastructure.Persistence;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>An extension with what lists show beside it.</summary>
internal sealed class ExtensionJoin
{
    public required Extension Extension { get; init; }

    public required ExtensionPresence? Presence { get; init; }

    public required string? UserName { get; init; }
}

/// <summary>Filters and orders of the list, as one statement with joins.</summary>
internal static class ExtensionSearch
{
    public static IQueryable<ExtensionJoin> Joined(CallCenterDbContext db) =>
        from extension in db.Set<Extension>()
        join p in db.Set<ExtensionPresence>() on extension.Id equals p.ExtensionId into presences
        from presence in presences.DefaultIfEmpty()
        join u in db.Set<AppUser>() on extension.UserId equals (Guid?)u.Id into users
        from user in users.DefaultIfEmpty()
        select new ExtensionJoin { Extension = extension, Presence = presence, UserName = user.DisplayName };

    [SuppressMessage("Globalization", "CA1304:Specify CultureInfo", Justification = "Runs in the database.")]
    [SuppressMessage("Globalization", "CA1311:Specify a culture", Justification = "Runs in the database.")]
    [SuppressMessage("Performance", "CA1862:Use StringComparison", Justification = "Cannot be translated to SQL.")]
    public static IQueryable<ExtensionJoin> Filter(IQueryable<ExtensionJoin> rows, ExtensionQuery query)
    {
        if (query.Search.Trim().ToLowerInvariant() is { Length: > 0 } text)
        {
            // Numbers are stored in ASCII digits, names as people wrote them.
            var digits = AsciiDigits(text);
            rows = rows.Where(j =>
                j.Extension.Number.Contains(digits)
                || j.Extension.Wanted.Name.ToLower().Contains(text) || j.Extension.Wanted.Name.ToLower().Contains(digits)
                || j.UserName!.ToLower().Contains(text)
                || j.Presence!.Address.ToLower().Contains(digits)
                || j.Presence.Model.ToLower().Contains(digits));
        }

        rows = query.State is { } state ? rows.Where(j => j.Extension.State == state) : rows;
        rows = query.Registered switch
        {
            true => rows.Where(j => j.Presence != null && j.Presence.Status > LineStatus.Offline),
            false => rows.Where(j => j.Presence == null || j.Presence.Status <= LineStatus.Offline),
            null => rows,
        };
        rows = query.WebPhone is { } webPhone ? rows.Where(j => j.Extension.Wanted.WebPhone == webPhone) : rows;
        rows = query.Origin is { } origin ? rows.Where(j => j.Extension.Origin == origin) : rows;
        rows = query.Assigned is { } assigned ? rows.Where(j => j.Extension.UserId != null == assigned) : rows;
        rows = query.RunId is { } run ? rows.Where(j => j.Extension.RunId == run) : rows;
        return query.Attention
            ? rows.Where(j =>
                j.Extension.State == ExtensionState.Failed || j.Extension.DifferenceCount > 0 || j.Extension.MissingSinceUtc != null
                || (j.Presence != null && (j.Presence.Locked || j.Presence.Flapping)))
            : rows;
    }

    public static IQueryable<ExtensionJoin> Sort(IQueryable<ExtensionJoin> rows, ExtensionSort sort, bool descending)
    {
        var ordered = sort switch
        {
            ExtensionSort.Name => By(rows, j => j.Extension.Wanted.Name, descending),
            ExtensionSort.User => Then(rows.OrderBy(j => j.UserName == null), j => j.UserName, descending),
            ExtensionSort.State => By(rows, Rank, descending),
            ExtensionSort.Registration => Then(
                Then(rows.OrderBy(j => j.Presence == null || j.Presence.SinceUtc == null), j => j.Presence!.Status > LineStatus.Offline ? 0 : 1, descending),
                j => j.Presence!.SinceUtc,
                descending),
            ExtensionSort.LastRegistered => Then(
                rows.OrderBy(j => j.Presence == null || j.Presence.LastRegisteredAtUtc == null), j => j.Presence!.LastRegisteredAtUtc, !descending),
            _ => By(rows, j => j.Extension.Number.Length, descending),
        };
        var byNumber = sort == ExtensionSort.Number ? ordered : ordered.ThenBy(j => j.Extension.Number.Length);
        return Then(byNumber, j => j.Extension.Number, descending && sort == ExtensionSort.Number);
    }

    /// <summary>Arabic and other digits as ASCII ones.</summary>
    internal static string AsciiDigits(string text) => string.Concat(text.Select(c =>
        CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit ? (char)('0' + digit) : c));

    private static readonly Expression<Func<ExtensionJoin, int>> Rank = j =>
        j.Extension.State == ExtensionState.Failed ? 0
        : j.Extension.State == ExtensionState.Creating || j.Extension.State == ExtensionState.Changing || j.Extension.State == ExtensionState.Deleting ? 1
        : j.Extension.DifferenceCount > 0 || j.Extension.MissingSinceUtc != null ? 2
        : j.Extension.State == ExtensionState.Active ? 3 : 4;

    private static IOrderedQueryable<ExtensionJoin> By<TKey>(
        IQueryable<ExtensionJoin> rows, Expression<Func<ExtensionJoin, TKey>> key, bool descending) =>
        descending ? rows.OrderByDescending(key) : rows.OrderBy(key);

    private static IOrderedQueryable<ExtensionJoin> Then<TKey>(
        IOrderedQueryable<ExtensionJoin> rows, Expression<Func<ExtensionJoin, TKey>> key, bool descending) =>
        descending ? rows.ThenByDescending(key) : rows.ThenBy(key);
}

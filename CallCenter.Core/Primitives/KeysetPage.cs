namespace CallCenter.Core.Primitives;

/// <summary>One page of a list that is read by key, newest first, never by counting rows to skip.</summary>
/// <typeparam name="T">The row.</typeparam>
/// <param name="Rows">The rows, in the list's order.</param>
/// <param name="Newer">Opaque key for the page of newer rows; null when there are none.</param>
/// <param name="Older">Opaque key for the page of older rows; null when there are none.</param>
/// <param name="Total">Rows that match the filter, counted up to <paramref name="TotalCap"/>.</param>
/// <param name="TotalCap">Where counting stopped; <paramref name="Total"/> equal to it means "that many or more".</param>
public sealed record KeysetPage<T>(IReadOnlyList<T> Rows, string? Newer, string? Older, int Total, int TotalCap)
{
    /// <summary>Default cap of the total.</summary>
    public const int DefaultTotalCap = 10_000;

    /// <summary>True when there are more matching rows than were counted.</summary>
    public bool TotalIsCapped => Total >= TotalCap;

    /// <summary>
    /// How far the search came, UTC, when it stopped before the list's end for want of time: beyond lie rows nobody has looked at, and
    /// the key in that direction goes on there. Null when it looked everywhere it had to.
    /// </summary>
    public DateTime? SearchedToUtc { get; init; }
}

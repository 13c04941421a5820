using CallCenter.Core.Primitives;

namespace CallCenter.Core.Telephony;

/// <summary>Reads call detail from one kind of PBX. Reading again is always safe.</summary>
public interface ICdrSource
{
    /// <summary>The kind this source speaks to.</summary>
    PbxKind Kind { get; }

    /// <summary>Start of the oldest call-detail row on the PBX, UTC; null value when the PBX has none.</summary>
    Task<Result<DateTime?>> FindOldestAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads every leg that starts in the window, page by page, oldest first as far as the PBX sorts. A page may hold legs
    /// outside the window (the PBX's clock has no offset, so the window is widened) and legs seen before.
    /// The sequence ends after the first failed page.
    /// </summary>
    IAsyncEnumerable<Result<CdrPage>> ReadAsync(PbxEndpoint pbx, CdrWindow window, CancellationToken cancellationToken = default);
}

/// <summary>A span of leg start times, UTC, both ends included.</summary>
public sealed record CdrWindow(DateTime FromUtc, DateTime ToUtc);

/// <summary>One page of legs.</summary>
/// <param name="Legs">Flattened; the PBX's own grouping is dropped because some firmware groups wrongly.</param>
/// <param name="SkippedRows">Rows that could not be understood; counted, logged without content, and shown as a warning.</param>
public sealed record CdrPage(IReadOnlyList<CdrLeg> Legs, int SkippedRows);

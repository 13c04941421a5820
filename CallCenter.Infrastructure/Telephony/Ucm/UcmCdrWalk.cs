using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>
/// Walks over the pages of one window until nothing new comes. Trusts no count: servers cap pages below what was asked for,
/// ignore the offset, or ignore the times.
/// </summary>
internal sealed class UcmCdrWalk(
    UcmCdrReader reader, PbxEndpoint pbx, UcmTimeStyle style, DateTime? fromLocal, DateTime? toLocal, int pageSize)
{
    /// <summary>Beyond this a server is making pages up.</summary>
    public const int MostPages = 20_000;

    private static readonly TimeSpan LongestCall = TimeSpan.FromHours(3);
    private static readonly TimeSpan OutOfOrder = TimeSpan.FromMinutes(2);

    private readonly HashSet<(string, string, DateTime?)> _seen = [];
    private readonly HashSet<string> _seenSkipped = new(StringComparer.Ordinal);
    private DateTime? _from = fromLocal;
    private DateTime? _to = toLocal;
    private int _offset;
    private bool _offsetIgnored;
    private bool _ended;

    /// <summary>The next page with at least one row not seen before, without those seen before; null at the end.</summary>
    public async Task<Result<UcmCdrBatch?>> NextAsync(CancellationToken cancellationToken)
    {
        while (!_ended)
        {
            var result = await reader.ReadAsync(pbx, new UcmCdrQuery(_from, _to, style, _offset, pageSize), cancellationToken);
            if (result.Error is { } error)
            {
                _ended = true;
                return error;
            }

            var batch = result.Value;
            if (batch.RootItems == 0)
            {
                _ended = true;
                break;
            }

            var fresh = batch.Rows.Where(r => _seen.Add((r.UniqueId, r.AccountId, r.StartLocal))).ToList();
            var skipped = batch.Skipped.Where(_seenSkipped.Add).ToList();
            var progress = fresh.Count + skipped.Count > 0;
            if (!progress && (_offsetIgnored || _offset == 0))
            {
                _ended = true;
                break;
            }

            if (!progress || _offsetIgnored)
            {
                // The same page again: the server ignores the offset. Moving the window's edge still gets on.
                _offsetIgnored = true;
                _ended = !MoveEdge(batch.Rows);
            }
            else
            {
                _offset += batch.RootItems;
            }

            if (progress)
            {
                return new UcmCdrBatch(fresh, batch.RootItems, skipped);
            }
        }

        return (UcmCdrBatch?)null;
    }

    // False when the server ignores times as well, or the page is of a single moment.
    private bool MoveEdge(IReadOnlyList<UcmCdrRow> page)
    {
        // Of items, not legs: wrongly grouped legs may be days apart.
        var starts = page.GroupBy(r => r.Item).Select(item => item.Min(r => r.StartLocal)).OfType<DateTime>().ToList();
        if (style == UcmTimeStyle.NotUnderstood || starts.Count == 0 || starts.Min() == starts.Max()
            || starts.Exists(s => s < _from - LongestCall || s > _to + LongestCall))
        {
            return false;
        }

        // Rows are written when a call ends, so a few from this side of the edge may be on the next page.
        if (starts[0] > starts[^1])
        {
            var edge = starts.Min() + OutOfOrder;
            _to = edge < starts.Max() ? edge : starts.Min();
        }
        else
        {
            var edge = starts.Max() - OutOfOrder;
            _from = edge > starts.Min() ? edge : starts.Max();
        }

        _offset = 0;
        return true;
    }
}

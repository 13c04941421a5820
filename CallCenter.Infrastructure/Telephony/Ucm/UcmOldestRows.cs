using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>Reads the rows among which a PBX's oldest one is.</summary>
internal sealed class UcmOldestRows(UcmCdrReader reader, UcmTimeStyles styles, UcmOptions options)
{
    /// <summary>None when the PBX has none.</summary>
    public async Task<Result<List<UcmCdrRow>>> ReadAsync(PbxEndpoint pbx, UcmCdrMemory memory, CancellationToken cancellationToken)
    {
        var walk = new UcmCdrWalk(reader, pbx, UcmTimeStyle.NotUnderstood, null, null, options.CdrPageSize);
        var first = await walk.NextAsync(cancellationToken);
        if (first.Error is { } error)
        {
            return error;
        }

        List<UcmCdrRow> rows = [.. first.Value?.Rows ?? []];
        var starts = rows.Select(r => r.StartLocal).OfType<DateTime>().ToList();
        var found = starts.Count > 0 && starts[0] <= starts[^1];
        if (starts.Count > 0)
        {
            var older = await AddOlderAsync(pbx, memory, rows, starts.Min(), cancellationToken);
            if (older.Error is { } failed)
            {
                return failed;
            }

            found |= older.Value;
        }

        // Newest first and times are ignored, or a page of nothing but rubbish: only the last page knows.
        for (var pages = 0; !found && pages < UcmCdrWalk.MostPages; pages++)
        {
            var next = await walk.NextAsync(cancellationToken);
            if (next.Error is { } broken)
            {
                return broken;
            }

            if (next.Value is not { } batch)
            {
                break;
            }

            rows.AddRange(batch.Rows);
        }

        return rows;
    }

    /// <summary>
    /// Adds rows from before the oldest one so far, page by page. UCMs send the oldest first, so there are none but for
    /// neighbours out of order; firmware that sorts otherwise is walked back in time.
    /// </summary>
    /// <returns>Whether the PBX says that there is nothing older; false when it understands no times.</returns>
    private async Task<Result<bool>> AddOlderAsync(
        PbxEndpoint pbx, UcmCdrMemory memory, List<UcmCdrRow> rows, DateTime oldest, CancellationToken cancellationToken)
    {
        if (memory.Style is null)
        {
            var learned = await styles.LearnAsync(pbx, oldest, cancellationToken);
            if (learned.Error is { } unknown)
            {
                return unknown;
            }

            memory.Style = learned.Value;
        }

        for (var pages = 0; memory.Style != UcmTimeStyle.NotUnderstood && pages < UcmCdrWalk.MostPages; pages++)
        {
            var query = new UcmCdrQuery(null, oldest.AddSeconds(-1), memory.Style.Value, 0, options.CdrPageSize);
            var before = await reader.ReadAsync(pbx, query, cancellationToken);
            if (before.Error is { } error)
            {
                return error == TelephonyErrors.Refused ? false : error;
            }

            if (before.Value.RootItems == 0)
            {
                return true;
            }

            rows.AddRange(before.Value.Rows);
            if (before.Value.Rows.Min(r => r.StartLocal) is not { } older || older >= oldest)
            {
                return false;
            }

            oldest = older;
        }

        return false;
    }
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>Call detail of UCMs. What each firmware does differently, and why this reads as it does: docs/telephony.md.</summary>
internal sealed class UcmCdrSource(
    IUcmGateway gateway, IOptions<UcmOptions> options, TimeProvider time, ILogger<UcmCdrSource> logger) : ICdrSource
{
    private const int MostPages = 20_000;
    private static readonly TimeSpan ClockAge = TimeSpan.FromHours(1);

    // A server that ignores times sends everything for every window; what belongs to another window is left to that one.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(36);

    private readonly ConcurrentDictionary<(Guid TenantId, Guid PbxId, string Host, int Port), UcmCdrMemory> _memories = new();
    private readonly UcmCdrReader _reader = new(gateway, options.Value, time, logger);

    public PbxKind Kind => PbxKind.Ucm;

    public async Task<Result<DateTime?>> FindOldestAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default)
    {
        var memory = MemoryOf(pbx);
        await ReadClockAsync(pbx, memory, cancellationToken);
        var walk = new UcmCdrWalk(_reader, pbx, UcmTimeStyle.NotUnderstood, null, null, options.Value.CdrPageSize);
        var first = await walk.NextAsync(cancellationToken);
        if (first.Error is { } error)
        {
            return error;
        }

        List<UcmCdrRow> rows = [.. first.Value?.Rows ?? []];
        var starts = rows.Select(r => r.StartLocal).OfType<DateTime>().ToList();
        var found = starts.Count == 0 || starts[0] <= starts[^1];
        if (starts.Count > 0)
        {
            var older = await AddOlderAsync(pbx, memory, rows, starts.Min(), cancellationToken);
            if (older.Error is { } failed)
            {
                return failed;
            }

            found |= older.Value;
        }

        // Newest first, and times are ignored: only the last page knows.
        for (var pages = 0; !found && pages < MostPages; pages++)
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

        if (rows.Count == 0)
        {
            return (DateTime?)null;
        }

        var offsets = OffsetsOf(pbx, memory);
        offsets.Learn(rows);
        memory.Keep(offsets);
        return UcmLegPlacer.Place(rows, offsets).Min(l => l.StartUtc);
    }

    public async IAsyncEnumerable<Result<CdrPage>> ReadAsync(
        PbxEndpoint pbx, CdrWindow window, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var memory = MemoryOf(pbx);
        await ReadClockAsync(pbx, memory, cancellationToken);
        var offsets = OffsetsOf(pbx, memory);
        var (least, most) = offsets.Range(window.FromUtc, window.ToUtc);
        var from = Shift(window.FromUtc, least);
        var to = Shift(window.ToUtc, most);
        var style = memory.Style ?? UcmTimeStyle.WithT;
        var walk = new UcmCdrWalk(_reader, pbx, style, from, to, options.Value.CdrPageSize);
        for (var pages = 0; pages < MostPages; pages++)
        {
            var page = await walk.NextAsync(cancellationToken);
            if (pages == 0 && memory.Style is null && (page.Error is { } refusal ? refusal == TelephonyErrors.Refused : page.Value is null))
            {
                var learned = await LearnStyleAsync(pbx, cancellationToken);
                if (learned.Error is { } unknown)
                {
                    yield return unknown;
                    yield break;
                }

                memory.Style = learned.Value;
                if (learned.Value is { } other && other != style)
                {
                    style = other;
                    walk = new UcmCdrWalk(_reader, pbx, style, from, to, options.Value.CdrPageSize);
                    page = await walk.NextAsync(cancellationToken);
                }
            }

            if (page.Error is { } error)
            {
                yield return error;
                yield break;
            }

            if (page.Value is not { } batch)
            {
                yield break;
            }

            memory.Style ??= style;
            offsets.Learn(batch.Rows);
            memory.Keep(offsets);
            if (batch.Skipped.Count > 0)
            {
                logger.LogWarning("UCM {PbxId}: {Count} call-detail rows could not be understood", pbx.PbxId, batch.Skipped.Count);
            }

            yield return new CdrPage(UcmLegPlacer.Place(Belonging(batch.Rows, window, from, to), offsets), batch.Skipped.Count);
        }

        logger.LogWarning("UCM {PbxId}: gave up after {Pages} pages of one window", pbx.PbxId, MostPages);
        yield return TelephonyErrors.Garbage;
    }

    private static DateTime Shift(DateTime utc, TimeSpan offset) => DateTime.SpecifyKind(
        utc.Ticks + offset.Ticks <= DateTime.MinValue.Ticks ? DateTime.MinValue
        : utc.Ticks + offset.Ticks >= DateTime.MaxValue.Ticks ? DateTime.MaxValue
        : utc + offset,
        DateTimeKind.Unspecified);

    private UcmCdrMemory MemoryOf(PbxEndpoint pbx) =>
        _memories.GetOrAdd((pbx.TenantId, pbx.PbxId, pbx.Host, pbx.Port), _ => new UcmCdrMemory());

    private UcmOffsets OffsetsOf(PbxEndpoint pbx, UcmCdrMemory memory) => new(
        TimeZoneInfo.TryFindSystemTimeZoneById(pbx.TimeZoneId, out var zone) ? zone : null, memory.SystemOffset, time.GetUtcNow(), memory.Runs);

    // Rows of the newest window stay whatever their time: a fast PBX clock must not lose them.
    private List<UcmCdrRow> Belonging(IReadOnlyList<UcmCdrRow> rows, CdrWindow window, DateTime from, DateTime to)
    {
        var low = Shift(from, -Margin);
        var high = window.ToUtc >= time.GetUtcNow().UtcDateTime - Margin ? DateTime.MaxValue : Shift(to, Margin);

        // By item: firmware that groups wrongly puts legs of one day with the first leg of the next, days later.
        var inside = rows.Where(r => r.StartLocal is not { } local || (local >= low && local <= high)).Select(r => r.Item).ToHashSet();
        return [.. rows.Where(r => inside.Contains(r.Item))];
    }

    // The PBX's own word on its offset. Optional: without it the rows tell.
    private async Task ReadClockAsync(PbxEndpoint pbx, UcmCdrMemory memory, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (memory.ClockReadAt is { } readAt && now - readAt < ClockAge)
        {
            return;
        }

        var reply = await gateway.ExecuteAsync(pbx, "getSystemStatus", null, cancellationToken);
        if (reply.Error is { } error)
        {
            logger.LogDebug("UCM {PbxId} does not tell its clock: {Error}", pbx.PbxId, error.Code);
            memory.ClockReadAt = error == TelephonyErrors.NotPermitted || error == TelephonyErrors.Unsupported ? now : null;
            return;
        }

        memory.ClockReadAt = now;
        memory.SystemOffset = UcmSystem.ReadStatus(reply.Value, now).Clock?.Offset;
    }

    /// <summary>Which form of times the PBX takes; null when it has no rows to try on.</summary>
    private async Task<Result<UcmTimeStyle?>> LearnStyleAsync(PbxEndpoint pbx, CancellationToken cancellationToken)
    {
        var any = await _reader.ReadAsync(pbx, new UcmCdrQuery(null, null, UcmTimeStyle.NotUnderstood, 0, 1), cancellationToken);
        if (any.Error is { } error)
        {
            return error;
        }

        if (any.Value.Rows.Select(r => r.StartLocal).FirstOrDefault(s => s is not null) is not { } start)
        {
            return (UcmTimeStyle?)null;
        }

        var style = await LearnStyleAsync(pbx, start, cancellationToken);
        return style.Error is { } failed ? failed : style.Value;
    }

    private async Task<Result<UcmTimeStyle>> LearnStyleAsync(PbxEndpoint pbx, DateTime start, CancellationToken cancellationToken)
    {
        foreach (var style in new[] { UcmTimeStyle.WithT, UcmTimeStyle.WithSpace })
        {
            var query = new UcmCdrQuery(start.AddMinutes(-1), start.AddMinutes(1), style, 0, 10);
            var result = await _reader.ReadAsync(pbx, query, cancellationToken);
            if (result.Error is { } failed && failed != TelephonyErrors.Refused)
            {
                return failed;
            }

            if (result.Succeeded && result.Value.RootItems > 0)
            {
                logger.LogDebug("UCM {PbxId} takes times in the form {Style}", pbx.PbxId, style);
                return style;
            }
        }

        logger.LogInformation("UCM {PbxId} understands no times; its call detail is read whole", pbx.PbxId);
        return UcmTimeStyle.NotUnderstood;
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
            var learned = await LearnStyleAsync(pbx, oldest, cancellationToken);
            if (learned.Error is { } unknown)
            {
                return unknown;
            }

            memory.Style = learned.Value;
        }

        for (var pages = 0; memory.Style != UcmTimeStyle.NotUnderstood && pages < MostPages; pages++)
        {
            var query = new UcmCdrQuery(null, oldest.AddSeconds(-1), memory.Style.Value, 0, options.Value.CdrPageSize);
            var before = await _reader.ReadAsync(pbx, query, cancellationToken);
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

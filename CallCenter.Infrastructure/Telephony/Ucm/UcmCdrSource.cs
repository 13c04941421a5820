using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>Call detail of UCMs. What each firmware does differently, and why this reads as it does: docs/telephony.md.</summary>
internal sealed class UcmCdrSource : ICdrSource
{
    private static readonly TimeSpan ClockAge = TimeSpan.FromHours(1);

    // A server that ignores times sends everything for every window; what belongs to another window is left to that one.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(36);

    private readonly ConcurrentDictionary<(Guid TenantId, Guid PbxId, string Host, int Port), UcmCdrMemory> _memories = new();
    private readonly IUcmGateway _gateway;
    private readonly UcmOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly UcmCdrReader _reader;
    private readonly UcmTimeStyles _styles;
    private readonly UcmOldestRows _oldest;

    public UcmCdrSource(IUcmGateway gateway, IOptions<UcmOptions> options, TimeProvider time, ILogger<UcmCdrSource> logger)
    {
        _gateway = gateway;
        _options = options.Value;
        _time = time;
        _logger = logger;
        _reader = new UcmCdrReader(gateway, _options, time, logger);
        _styles = new UcmTimeStyles(_reader, logger);
        _oldest = new UcmOldestRows(_reader, _styles, _options);
    }

    public PbxKind Kind => PbxKind.Ucm;

    public async Task<Result<DateTime?>> FindOldestAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default)
    {
        var memory = MemoryOf(pbx);
        await ReadClockAsync(pbx, memory, cancellationToken);
        var oldest = await _oldest.ReadAsync(pbx, memory, cancellationToken);
        if (oldest.Error is { } error)
        {
            return error;
        }

        var rows = oldest.Value;
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
        var walk = new UcmCdrWalk(_reader, pbx, style, from, to, _options.CdrPageSize);
        for (var pages = 0; pages < UcmCdrWalk.MostPages; pages++)
        {
            var page = await walk.NextAsync(cancellationToken);
            if (pages == 0 && memory.Style is null && (page.Error is { } refusal ? refusal == TelephonyErrors.Refused : page.Value is null))
            {
                var learned = await _styles.LearnAsync(pbx, cancellationToken);
                if (learned.Error is { } unknown)
                {
                    yield return unknown;
                    yield break;
                }

                memory.Style = learned.Value;
                if (learned.Value is { } other && other != style)
                {
                    style = other;
                    walk = new UcmCdrWalk(_reader, pbx, style, from, to, _options.CdrPageSize);
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
                _logger.LogWarning("UCM {PbxId}: {Count} call-detail rows could not be understood", pbx.PbxId, batch.Skipped.Count);
            }

            yield return new CdrPage(UcmLegPlacer.Place(Belonging(batch.Rows, window, from, to), offsets), batch.Skipped.Count);
        }

        _logger.LogWarning("UCM {PbxId}: gave up after {Pages} pages of one window", pbx.PbxId, UcmCdrWalk.MostPages);
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
        TimeZoneInfo.TryFindSystemTimeZoneById(pbx.TimeZoneId, out var zone) ? zone : null, memory.SystemOffset, _time.GetUtcNow(), memory.Runs);

    // Rows of the newest window stay whatever their time: a fast PBX clock must not lose them.
    private List<UcmCdrRow> Belonging(IReadOnlyList<UcmCdrRow> rows, CdrWindow window, DateTime from, DateTime to)
    {
        var low = Shift(from, -Margin);
        var high = window.ToUtc >= _time.GetUtcNow().UtcDateTime - Margin ? DateTime.MaxValue : Shift(to, Margin);

        // By item: firmware that groups wrongly puts legs of one day with the first leg of the next, days later.
        var inside = rows.Where(r => r.StartLocal is not { } local || (local >= low && local <= high)).Select(r => r.Item).ToHashSet();
        return [.. rows.Where(r => inside.Contains(r.Item))];
    }

    // The PBX's own word on its offset. Optional: without it the rows tell.
    private async Task ReadClockAsync(PbxEndpoint pbx, UcmCdrMemory memory, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (memory.ClockReadAt is { } readAt && now - readAt < ClockAge)
        {
            return;
        }

        var reply = await _gateway.ExecuteAsync(pbx, "getSystemStatus", null, cancellationToken);
        if (reply.Error is { } error)
        {
            _logger.LogDebug("UCM {PbxId} does not tell its clock: {Error}", pbx.PbxId, error.Code);
            memory.ClockReadAt = error == TelephonyErrors.NotPermitted || error == TelephonyErrors.Unsupported ? now : null;
            return;
        }

        memory.ClockReadAt = now;
        memory.SystemOffset = UcmSystem.ReadStatus(reply.Value, now).Clock?.Offset;
    }
}

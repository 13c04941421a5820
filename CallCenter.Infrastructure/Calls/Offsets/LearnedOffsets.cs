using CallCenter.Core.Calls;
using CallCenter.Infrastructure.Telephony.Ucm;

namespace CallCenter.Infrastructure.Calls.Offsets;

/// <summary>What is stored about a PBX's offsets, for rows that come without the PBX being asked.</summary>
internal static class LearnedOffsets
{
    public static UcmOffsets Of(IEnumerable<PbxOffset> known, string timeZoneId, TimeProvider time) => new(
        TimeZoneInfo.TryFindSystemTimeZoneById(timeZoneId, out var zone) ? zone : null,
        systemOffset: null,
        time.GetUtcNow(),
        known.SelectMany(offset => new[] { At(offset.FirstSeenUtc, offset), At(offset.LastSeenUtc, offset) }));

    private static UcmOffsets.Observation At(DateTime utc, PbxOffset offset) =>
        new((long)(utc - DateTime.UnixEpoch).TotalSeconds, offset.OffsetMinutes * 60);
}

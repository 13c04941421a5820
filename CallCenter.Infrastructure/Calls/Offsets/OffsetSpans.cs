using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Telephony.Ucm;

namespace CallCenter.Infrastructure.Calls.Offsets;

/// <summary>Sightings of a PBX's offset to spans of equal ones. Pure.</summary>
internal static class OffsetSpans
{
    // A row is written a moment after the channel is made, both in whole seconds.
    private const int LongestLag = 5;
    private const int MinutesPerStep = 15;

    /// <summary>A moment at which the offset was seen.</summary>
    internal readonly record struct Sighting(DateTime AtUtc, int OffsetMinutes);

    /// <summary>What a leg shows: only the first leg of a call, whose unique id names the second in which it began.</summary>
    public static Sighting? Of(CdrLeg leg)
    {
        if (UcmCdrRowReader.EpochOfUniqueId(leg.UniqueId) is not { } epoch
            || Math.Abs((leg.StartUtc - DateTime.UnixEpoch).TotalSeconds - epoch) > LongestLag)
        {
            return null;
        }

        var minutes = (leg.StartLocal - DateTime.SpecifyKind(leg.StartUtc, DateTimeKind.Unspecified)).TotalMinutes;
        return minutes % MinutesPerStep == 0 ? new Sighting(leg.StartUtc, (int)minutes) : null;
    }

    /// <summary>Spans of equal offsets, by time, of known spans and new sightings.</summary>
    public static List<(DateTime FirstUtc, DateTime LastUtc, int OffsetMinutes)> Merge(
        IEnumerable<(DateTime FirstUtc, DateTime LastUtc, int OffsetMinutes)> known, IEnumerable<Sighting> seen)
    {
        List<(DateTime FirstUtc, DateTime LastUtc, int OffsetMinutes)> spans = [];
        var all = known
            .SelectMany(span => new[] { new Sighting(span.FirstUtc, span.OffsetMinutes), new Sighting(span.LastUtc, span.OffsetMinutes) })
            .Concat(seen)
            .OrderBy(sighting => sighting.AtUtc)
            .ThenBy(sighting => sighting.OffsetMinutes);
        foreach (var sighting in all)
        {
            if (spans.Count > 0 && spans[^1].OffsetMinutes == sighting.OffsetMinutes)
            {
                spans[^1] = (spans[^1].FirstUtc, sighting.AtUtc, sighting.OffsetMinutes);
            }
            else if (spans.Count == 0 || spans[^1].LastUtc < sighting.AtUtc)
            {
                spans.Add((sighting.AtUtc, sighting.AtUtc, sighting.OffsetMinutes));
            }
        }

        return spans;
    }
}

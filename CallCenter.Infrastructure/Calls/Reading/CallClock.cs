using System.Linq.Expressions;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;

namespace CallCenter.Infrastructure.Calls.Reading;

/// <summary>
/// Weekdays and hours of the tenant's wall clock. The database reads the clock of UTC only, so the time is split where the zone's
/// offset changes and each part is read with its own: right on days of 23 and 25 hours, and an hour that comes twice counts twice.
/// </summary>
internal static class CallClock
{
    // The offset is looked at so often; zones change it at most a few times a year, at full or half hours.
    private static readonly TimeSpan Step = TimeSpan.FromDays(7);

    /// <summary>Calls of the weekday, the hour, or both.</summary>
    /// <param name="weekday">Weekday of the start; null for all.</param>
    /// <param name="hour">Hour of the start, 0 to 23; null for all.</param>
    /// <param name="zone">The tenant's.</param>
    /// <param name="fromUtc">No call starts before.</param>
    /// <param name="beforeUtc">No call starts then or later.</param>
    public static Expression<Func<Call, bool>> At(DayOfWeek? weekday, int? hour, TimeZoneInfo zone, DateTime fromUtc, DateTime beforeUtc) =>
        CallPredicates.Any(weekday is { } day
            ? Spans(day, hour, zone, fromUtc, beforeUtc).Select(span => Within(span.FromUtc, span.BeforeUtc))
            : Offsets(zone, fromUtc, beforeUtc).Select(part => InPart(hour ?? 0, part)));

    /// <summary>The weekday's days, or its hour on each of them; one database cannot name weekdays, so they are counted out here.</summary>
    internal static IEnumerable<(DateTime FromUtc, DateTime BeforeUtc)> Spans(DayOfWeek weekday, int? hour, TimeZoneInfo zone, DateTime fromUtc, DateTime beforeUtc)
    {
        var first = LocalDay.Of(fromUtc, zone);
        first = first.AddDays(((int)weekday - (int)first.DayOfWeek + 7) % 7);
        for (var day = first; LocalDay.StartUtc(day, zone) is var start && start < beforeUtc; day = day.AddDays(7))
        {
            foreach (var part in Offsets(zone, start, LocalDay.EndUtc(day, zone)))
            {
                if (hour is not { } at)
                {
                    yield return (part.FromUtc, part.BeforeUtc);
                    continue;
                }

                var from = DateTime.SpecifyKind(day.ToDateTime(new TimeOnly(at, 0)) - part.Offset, DateTimeKind.Utc);
                var (low, high) = (from > part.FromUtc ? from : part.FromUtc, from.AddHours(1) < part.BeforeUtc ? from.AddHours(1) : part.BeforeUtc);
                if (low < high)
                {
                    yield return (low, high);
                }
            }
        }
    }

    /// <summary>The parts of a time in which the zone has one offset.</summary>
    internal static IReadOnlyList<(DateTime FromUtc, DateTime BeforeUtc, TimeSpan Offset)> Offsets(TimeZoneInfo zone, DateTime fromUtc, DateTime beforeUtc)
    {
        List<(DateTime FromUtc, DateTime BeforeUtc, TimeSpan Offset)> parts = [];
        var (start, offset) = (fromUtc, zone.GetUtcOffset(fromUtc));
        for (var at = fromUtc; at < beforeUtc;)
        {
            var next = at + Step < beforeUtc ? at + Step : beforeUtc;
            if (zone.GetUtcOffset(next) is var changed && changed != offset)
            {
                var change = ChangeBetween(zone, at, next, offset);
                parts.Add((start, change, offset));
                (start, offset, next) = (change, zone.GetUtcOffset(change), change);
            }

            at = next;
        }

        if (start < beforeUtc)
        {
            parts.Add((start, beforeUtc, offset));
        }

        return parts;
    }

    private static DateTime ChangeBetween(TimeZoneInfo zone, DateTime from, DateTime to, TimeSpan before)
    {
        var (low, high) = (from, to);
        while (high - low > TimeSpan.FromSeconds(1))
        {
            var middle = low + TimeSpan.FromTicks((high - low).Ticks / 2);
            (low, high) = zone.GetUtcOffset(middle) == before ? (middle, high) : (low, middle);
        }

        return new DateTime((high.Ticks + (TimeSpan.TicksPerSecond / 2)) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc);
    }

    private static Expression<Func<Call, bool>> Within(DateTime from, DateTime before) => call => call.StartedAtUtc >= from && call.StartedAtUtc < before;

    private static Expression<Func<Call, bool>> InPart(int hour, (DateTime FromUtc, DateTime BeforeUtc, TimeSpan Offset) part)
    {
        var (from, before, minutes) = (part.FromUtc, part.BeforeUtc, part.Offset.TotalMinutes);
        return call => call.StartedAtUtc >= from && call.StartedAtUtc < before && call.StartedAtUtc.AddMinutes(minutes).Hour == hour;
    }
}

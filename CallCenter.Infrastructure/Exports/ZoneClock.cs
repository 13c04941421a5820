using System.Globalization;

namespace CallCenter.Infrastructure.Exports;

/// <summary>
/// Times of a zone for rows in the order of time: the offset of a quarter of an hour is looked up once. Clocks change at quarter hours.
/// </summary>
internal sealed class ZoneClock(TimeZoneInfo zone)
{
    private const long Quarter = TimeSpan.TicksPerMinute * 15;
    private const int CacheSize = 64;

    private (long Quarter, long OffsetTicks, string Text) _last = (-1, 0, "");
    private readonly Dictionary<long, (long OffsetTicks, string Text)> _offsets = new(CacheSize);

    public string Name => zone.Id;

    /// <summary>The wall clock.</summary>
    public DateTime Local(DateTime utc) => new(utc.Ticks + Of(utc).OffsetTicks, DateTimeKind.Unspecified);

    /// <summary><c>UTC+03:00</c>; tells apart the two runs of an hour that clocks repeat.</summary>
    public string Offset(DateTime utc) => Of(utc).Text;

    private (long OffsetTicks, string Text) Of(DateTime utc)
    {
        var quarter = utc.Ticks / Quarter;
        if (quarter == _last.Quarter)
        {
            return (_last.OffsetTicks, _last.Text);
        }

        var found = Find(quarter, utc);
        _last = (quarter, found.OffsetTicks, found.Text);
        return found;
    }

    private (long OffsetTicks, string Text) Find(long quarter, DateTime utc)
    {
        if (_offsets.TryGetValue(quarter, out var known))
        {
            return known;
        }

        if (_offsets.Count == CacheSize)
        {
            _offsets.Clear();
        }

        var offset = zone.GetUtcOffset(new DateTime(utc.Ticks, DateTimeKind.Utc));
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        return _offsets[quarter] = (offset.Ticks, string.Create(CultureInfo.InvariantCulture, $"UTC{sign}{offset:hh\\:mm}"));
    }
}

using System.Globalization;
using CallCenter.Simulators.Media;

namespace CallCenter.Simulators.Sip;

/// <summary>Rooms that have a number: the conference, and the places of parked calls.</summary>
internal sealed class SipMediaRooms(SipMediaOptions options)
{
    private readonly Dictionary<string, MediaRoom> _rooms = new(StringComparer.Ordinal);

    public IReadOnlyCollection<MediaRoom> All => _rooms.Values;

    /// <summary>The number where calls are parked, or one of its places.</summary>
    public bool IsPlace(string number) => options.Park is { } park && (number == park || Places().Contains(number));

    public bool IsPlace(MediaRoom room) => _rooms.Any(one => one.Value == room && IsPlace(one.Key));

    /// <summary>The room of a number; the first free place for the number where calls are parked. Null when all are taken.</summary>
    public MediaRoom? Of(string number)
    {
        var name = number == options.Park ? Places().FirstOrDefault(place => !_rooms.ContainsKey(place)) : number;
        if (name is null)
        {
            return null;
        }

        if (!_rooms.TryGetValue(name, out var room))
        {
            _rooms[name] = room = new MediaRoom();
        }

        return room;
    }

    public void Forget(MediaRoom room)
    {
        foreach (var name in _rooms.Where(one => one.Value == room).Select(one => one.Key).ToList())
        {
            _rooms.Remove(name);
        }
    }

    private IEnumerable<string> Places() => int.TryParse(options.Park, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
        ? Enumerable.Range(first + 1, options.ParkPlaces).Select(place => place.ToString(CultureInfo.InvariantCulture))
        : [];
}

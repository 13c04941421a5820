namespace CallCenter.Simulators.Calls;

/// <summary>State of one day while its calls are made up: the random numbers, the channel counter, who is on the phone.</summary>
internal sealed class DayContext(CallGeneratorOptions options, DateOnly day)
{
    // Channels of one day; far more than any day needs, so that days never share a number.
    private const int ChannelsPerDay = 20_000;
    private readonly Dictionary<string, DateTimeOffset> _busyUntil = [];
    private int _channels = (day.DayNumber % 400) * ChannelsPerDay;

    public CallGeneratorOptions Options => options;

    public SimRandom Random { get; } = new(SimRandom.Mix(((ulong)(uint)options.Seed << 32) | (uint)day.DayNumber));

    public int NextChannel() => ++_channels;

    public bool IsFree(string extension, DateTimeOffset at) =>
        !_busyUntil.TryGetValue(extension, out var until) || until <= at;

    public void Occupy(string extension, DateTimeOffset until)
    {
        if (!_busyUntil.TryGetValue(extension, out var busy) || busy < until)
        {
            _busyUntil[extension] = until;
        }
    }

    /// <summary>A free extension other than those named, or null when all are on the phone.</summary>
    public SimExtension? FreeExtension(DateTimeOffset at, params ReadOnlySpan<string> except)
    {
        var start = Random.Next(0, options.Extensions.Count - 1);
        for (var i = 0; i < options.Extensions.Count; i++)
        {
            var candidate = options.Extensions[(start + i) % options.Extensions.Count];
            if (!except.Contains(candidate.Number) && IsFree(candidate.Number, at))
            {
                return candidate;
            }
        }

        return null;
    }

    public string NameOf(string extension) => options.Extensions.FirstOrDefault(e => e.Number == extension)?.Name ?? "";
}

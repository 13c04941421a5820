namespace CallCenter.Simulators.Calls;

/// <summary>SplitMix64. The same seed gives the same calls on every runtime, which System.Random does not promise.</summary>
internal sealed class SimRandom(ulong seed)
{
    private ulong _state = seed;

    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>A stable hash of a text, unlike string.GetHashCode.</summary>
    public static ulong Hash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return Mix(hash);
    }

    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Both ends included.</summary>
    public int Next(int low, int high) => low + (int)(NextUInt64() % (ulong)(high - low + 1));

    public bool Chance(double probability) => NextDouble() < probability;

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(0, items.Count - 1)];

    /// <summary>Index into the weights, by their share.</summary>
    public int Weighted(IReadOnlyList<double> weights)
    {
        var point = NextDouble() * weights.Sum();
        for (var i = 0; i < weights.Count - 1; i++)
        {
            point -= weights[i];
            if (point < 0)
            {
                return i;
            }
        }

        return weights.Count - 1;
    }

    /// <summary>A time between the given seconds, with a fraction as real calls have.</summary>
    public TimeSpan Seconds(double low, double high) =>
        TimeSpan.FromMilliseconds(Math.Round((low + (NextDouble() * (high - low))) * 1000));

    /// <summary>Talk time: most calls are of two to four minutes, some are long.</summary>
    public TimeSpan Talk()
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());
        return TimeSpan.FromMilliseconds(Math.Round(Math.Clamp(Math.Exp(4.9 + (0.8 * normal)), 4, 2400) * 1000));
    }

    private ulong NextUInt64() => Mix(_state += 0x9E3779B97F4A7C15);
}

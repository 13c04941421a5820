namespace CallCenter.Core.Extensions;

/// <summary>
/// When a line counts as flapping: it lost its registration again and again within a short time, and has not been quiet
/// since. A phone that is switched off or moved loses once; a bad network or two phones on one account lose many times.
/// </summary>
public static class Flapping
{
    /// <summary>Losses within <see cref="Window"/> that begin it.</summary>
    public const int Losses = 4;

    /// <summary>Time in which they must fall.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    /// <summary>Time without a loss that ends it; also how far back losses must be known.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromHours(1);

    /// <summary>Whether it flaps now. Right whenever it is asked at least at each loss.</summary>
    /// <param name="flapping">Whether it did when last asked.</param>
    /// <param name="lossesUtc">Moments of its losses, in any order; older ones than <see cref="Quiet"/> do not matter.</param>
    /// <param name="nowUtc">Now.</param>
    public static bool Next(bool flapping, IEnumerable<DateTime> lossesUtc, DateTime nowUtc) => flapping

        // A loss of this very moment may be the first after a quiet time in which nobody asked.
        ? lossesUtc.Any(loss => loss < nowUtc && nowUtc - loss < Quiet)
        : lossesUtc.Count(loss => nowUtc - loss < Window) >= Losses;
}

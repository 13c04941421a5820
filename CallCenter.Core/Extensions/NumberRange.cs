using System.Globalization;
using CallCenter.Core.Settings;

namespace CallCenter.Core.Extensions;

/// <summary>The numbers that a tenant's plan hands out: a prefix and digits of one length, leading zeros kept.</summary>
public sealed class NumberRange
{
    private readonly string _prefix;
    private readonly int _digits;
    private readonly long _first;
    private readonly long _last;

    private NumberRange(string prefix, int digits, long first, long last) => (_prefix, _digits, _first, _last) = (prefix, digits, first, last);

    /// <summary>How many numbers there are.</summary>
    public long Count => _last - _first + 1;

    /// <summary>Every number, lowest first.</summary>
    public IEnumerable<string> Numbers
    {
        get
        {
            for (var number = _first; number <= _last; number++)
            {
                yield return _prefix + number.ToString($"D{_digits}", CultureInfo.InvariantCulture);
            }
        }
    }

    /// <summary>The range of a plan; null when none is set up.</summary>
    public static NumberRange? Of(ExtensionPlan? plan) =>
        plan is { Start.Length: > 0 } && plan.Start.Length == plan.End.Length
        && long.TryParse(plan.Start, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
        && long.TryParse(plan.End, NumberStyles.None, CultureInfo.InvariantCulture, out var last) && first <= last
            ? new NumberRange(plan.Prefix, plan.Start.Length, first, last)
            : null;

    /// <summary>The lowest numbers that are not taken; fewer than asked for when the range holds no more.</summary>
    /// <param name="count">How many.</param>
    /// <param name="taken">Numbers to pass over.</param>
    /// <param name="from">Where to begin, a number of the range; empty for its first.</param>
    public IReadOnlyList<string> TakeFree(int count, IReadOnlySet<string> taken, string from = "") =>
        [.. Numbers.Where(number => string.CompareOrdinal(number, from) >= 0 && !taken.Contains(number)).Take(count)];
}

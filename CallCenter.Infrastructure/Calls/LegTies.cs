using System.Globalization;
using CallCenter.Core.Calls;

namespace CallCenter.Infrastructure.Calls;

/// <summary>
/// By what the legs of a batch may hang together with stored ones. Made with the batch: hashing thousands of ids takes longer than reading
/// the few rows that are stored, and nobody waits for it there.
/// </summary>
internal sealed class LegTies
{
    private LegTies(int legs)
    {
        Keys = new HashSet<LegKey>(legs);
        Ids = new HashSet<string>(legs, StringComparer.Ordinal);
        Sessions = new HashSet<string>(legs, StringComparer.Ordinal);
    }

    public HashSet<LegKey> Keys { get; }

    public HashSet<string> Ids { get; }

    /// <summary>Sessions that can join legs.</summary>
    public HashSet<string> Sessions { get; }

    /// <summary>Of legs without a unique id.</summary>
    public List<string> AccountIds { get; } = [];

    public IdSpan? IdsSpan { get; private set; }

    public IdSpan? SessionsSpan { get; private set; }

    public static LegTies Of(IReadOnlyCollection<CallLeg> legs)
    {
        var ties = new LegTies(legs.Count);
        foreach (var leg in legs)
        {
            ties.Keys.Add(LegKey.Of(leg));
            if (leg.UniqueId.Length > 0)
            {
                ties.Ids.Add(leg.UniqueId);
            }
            else
            {
                ties.AccountIds.Add(leg.AccountId);
            }

            if (LinkedLegs.Joins(leg.Session))
            {
                ties.Sessions.Add(leg.Session);
            }
        }

        (ties.IdsSpan, ties.SessionsSpan) = (IdSpan.Of(ties.Ids), IdSpan.Of(ties.Sessions));
        return ties;
    }
}

/// <summary>
/// The seconds that ids span, as the first and the one after the last: a batch is a piece of time, and one range of an
/// index is read much faster than thousands of single ids. Only digits are compared, which every collation sorts alike.
/// </summary>
internal readonly record struct IdSpan(string First, string End)
{
    // Ids begin with the second in which they began.
    public const int EpochDigits = 10;

    private const int FewIds = 16;

    public static IdSpan? Of(IReadOnlyCollection<string> ids)
    {
        if (ids.Count < FewIds)
        {
            return null;
        }

        var (first, last) = (long.MaxValue, long.MinValue);
        foreach (var id in ids)
        {
            if (!HasEpoch(id))
            {
                return null;
            }

            var second = long.Parse(id.AsSpan(0, EpochDigits), NumberStyles.None, CultureInfo.InvariantCulture);
            (first, last) = (Math.Min(first, second), Math.Max(last, second));
        }

        return new IdSpan(first.ToString(CultureInfo.InvariantCulture), (last + 1).ToString(CultureInfo.InvariantCulture));
    }

    private static bool HasEpoch(string id) =>
        id.Length >= EpochDigits && id[0] is >= '1' and < '9' && !id.AsSpan(0, EpochDigits).ContainsAnyExceptInRange('0', '9');
}

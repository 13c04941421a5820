using System.Globalization;
using CallCenter.Core.Telephony;

namespace CallCenter.Benchmarks.History;

/// <summary>
/// Any number of calls over thirteen months, the same for the same count: 200 extensions, 12 queues, 100,000 outside numbers of
/// which few call often. Numbers lie in Ireland's range for drama.
/// </summary>
internal sealed class GeneratedCalls(long count)
{
    public const int Extensions = 200;
    public const int Queues = 12;
    public const int OutsideNumbers = 100_000;

    /// <summary>Start of the first day, UTC.</summary>
    public static readonly DateTime FirstUtc = new(2025, 10, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>End of the last day, UTC.</summary>
    public static readonly DateTime LastUtc = new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc);

    private const ulong Seed = 20261101;
    private const int OpenSeconds = 10 * 3600;
    private static readonly int Days = (LastUtc - FirstUtc).Days;

    public static string Queue(int number) => (6500 + number).ToString(CultureInfo.InvariantCulture);

    public static string Extension(int number) => (1000 + number).ToString(CultureInfo.InvariantCulture);

    public static string Outside(int number) => string.Create(CultureInfo.InvariantCulture, $"+3532091{number:00000}");

    /// <summary>The outside number of a call, or of the next one that has one.</summary>
    public string OutsideOf(long index) =>
        Legs(index, Math.Min(count, index + 100)).Where(leg => leg.Direction == CallDirection.Inbound).Select(leg => leg.Source).First();

    /// <summary>
    /// The outside number of a call from there on whose number has about two calls at any count: what a search finds is then no more at
    /// ten million calls than at a hundred thousand, where the numbers of <see cref="OutsideOf"/> have as many.
    /// </summary>
    public string SeldomOf(long index)
    {
        // The smaller of two dice: the last numbers are the seldom ones.
        var first = Outside((int)Math.Max(0, OutsideNumbers * (1 - ((double)OutsideNumbers / count))));
        return Legs(index, count).Where(leg => leg.Direction == CallDirection.Inbound && string.CompareOrdinal(leg.Source, first) >= 0).Select(leg => leg.Source).First();
    }

    /// <summary>The legs of the calls from one index up to another, oldest first.</summary>
    public IEnumerable<CdrLeg> Legs(long from, long to)
    {
        for (var i = from; i < to; i++)
        {
            foreach (var leg in Call(i))
            {
                yield return leg;
            }
        }
    }

    private IEnumerable<CdrLeg> Call(long index)
    {
        var dice = new Dice(Seed + (ulong)index);
        var start = StartOf(index);
        var outside = Outside(Math.Min(dice.Next(OutsideNumbers), dice.Next(OutsideNumbers)));
        var agent = Extension(dice.Next(Extensions));
        var queue = Queue(Math.Min(dice.Next(Queues), dice.Next(Queues)));
        var (wait, talk) = (2 + dice.Next(40), 10 + (dice.Next(30) * dice.Next(30)));
        return dice.Next(100) switch
        {
            < 30 => [Leg(index, 0, start, CallDirection.Inbound, LegAction.Dial, "", outside, agent, wait, talk, dice.Next(3) == 0)],
            < 62 =>
            [
                Leg(index, 0, start, CallDirection.Inbound, LegAction.Queue, queue, outside, Extension(dice.Next(Extensions)), wait, -1, false),
                Leg(index, 1, start, CallDirection.Inbound, LegAction.Queue, queue, outside, agent, 0, wait + talk, dice.Next(2) == 0),
            ],
            < 72 => [Leg(index, 0, start, CallDirection.Inbound, LegAction.Queue, queue, outside, "", wait, -1, false)],
            < 76 =>
            [
                Leg(index, 0, start, CallDirection.Inbound, LegAction.Dial, "", outside, agent, 25, -1, false),
                Leg(index, 1, start, CallDirection.Inbound, LegAction.Voicemail, "", outside, agent, 0, 18, false, after: 25),
            ],
            < 93 => [Leg(index, 0, start, CallDirection.Outbound, LegAction.Dial, "", agent, outside, wait, dice.Next(5) == 0 ? -1 : talk, dice.Next(3) == 0)],
            _ => [Leg(index, 0, start, CallDirection.Internal, LegAction.Dial, "", agent, Extension(dice.Next(Extensions)), wait / 2, talk / 2, false)],
        };
    }

    // Evenly over the days, and over the office hours of each.
    private DateTime StartOf(long index)
    {
        var day = index * Days / count;
        var (first, next) = (((day * count) + Days - 1) / Days, (((day + 1) * count) + Days - 1) / Days);
        return FirstUtc.AddDays(day).AddHours(8).AddMilliseconds((index - first) * (OpenSeconds * 1000.0) / Math.Max(1, next - first));
    }

    private static CdrLeg Leg(
        long call, int number, DateTime start, CallDirection direction, LegAction action, string target, string from, string to, int ring, int talk, bool recorded, int after = 0)
    {
        var answered = talk >= 0;
        var epoch = new DateTimeOffset(start).ToUnixTimeSeconds();
        var second = DateTimeOffset.FromUnixTimeSeconds(epoch).UtcDateTime.AddSeconds(after);
        var end = second.AddSeconds(ring + Math.Max(0, talk));
        var voicemail = action == LegAction.Voicemail;
        return new CdrLeg
        {
            AccountId = ((call * 2) + number).ToString(CultureInfo.InvariantCulture),
            UniqueId = string.Create(CultureInfo.InvariantCulture, $"{epoch}.{call}"),
            Session = string.Create(CultureInfo.InvariantCulture, $"{epoch}{call % 1_000_000}-{from}"),
            StartLocal = DateTime.SpecifyKind(second, DateTimeKind.Unspecified),
            StartUtc = second,
            AnswerUtc = answered ? second.AddSeconds(ring) : null,
            EndUtc = end,
            DurationSeconds = ring + Math.Max(0, talk),
            BillableSeconds = Math.Max(0, talk),
            Disposition = answered ? LegDisposition.Answered : LegDisposition.NoAnswer,
            Direction = direction,
            Action = action,
            ActionTarget = target,
            Source = from,
            Destination = to.Length > 0 ? to : target,
            AnsweredBy = answered ? to : "",
            SourceDevice = direction == CallDirection.Inbound ? "trunk_1" : from,
            DestinationDevice = voicemail ? "" : direction == CallDirection.Outbound ? "trunk_1" : to,
            ReachedDevice = !voicemail && to.Length > 0,
            LastApplication = voicemail ? "VoiceMail" : action == LegAction.Queue ? "Queue" : "Dial",
            SourceTrunk = direction == CallDirection.Inbound ? "Carrier" : "",
            DestinationTrunk = direction == CallDirection.Outbound ? "Carrier" : "",
            RecordingFiles = recorded && answered ? [string.Create(CultureInfo.InvariantCulture, $"{second:yyyy-MM}/auto-{epoch}-{from}-{call}.wav")] : [],
        };
    }

    /// <summary>SplitMix64: each index has dice of its own, so that any part can be made without the rest.</summary>
    private struct Dice(ulong seed)
    {
        private ulong _state = seed * 0x9E3779B97F4A7C15;

        public int Next(int below)
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)below);
        }
    }
}

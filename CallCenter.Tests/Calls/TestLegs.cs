using System.Globalization;
using CallCenter.Core.Telephony;

namespace CallCenter.Tests.Calls;

/// <summary>Legs with as little as a test needs to say.</summary>
internal static class TestLegs
{
    public static readonly DateTime Noon = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);

    public static CdrLeg Leg(
        string uniqueId = "1772452800.1",
        string accountId = "1",
        string? session = null,
        int second = 0,
        int duration = 60,
        string answeredBy = "1001",
        string source = "+353209100123",
        string destination = "014960000",
        string raw = "{}") => new()
        {
            AccountId = accountId,
            UniqueId = uniqueId,
            Session = session ?? uniqueId.Replace(".", "", StringComparison.Ordinal) + "-s",
            StartLocal = DateTime.SpecifyKind(Noon.AddSeconds(second), DateTimeKind.Unspecified),
            StartUtc = Noon.AddSeconds(second),
            AnswerUtc = answeredBy.Length > 0 ? Noon.AddSeconds(second + 5) : null,
            EndUtc = Noon.AddSeconds(second + duration),
            DurationSeconds = duration,
            BillableSeconds = answeredBy.Length > 0 ? duration - 5 : 0,
            Disposition = answeredBy.Length > 0 ? LegDisposition.Answered : LegDisposition.NoAnswer,
            Direction = CallDirection.Inbound,
            Action = LegAction.Dial,
            Source = source,
            Destination = destination,
            AnsweredBy = answeredBy,
            SourceDevice = "trunk_1",
            DestinationDevice = answeredBy,
            ReachedDevice = true,
            LastApplication = "Dial",
            SourceTrunk = "ITSP-A",
            Raw = raw,
        };

    /// <summary>Single-leg calls, one each minute.</summary>
    public static List<CdrLeg> OneLegCalls(int count, int first = 0) =>
        [.. Enumerable.Range(first, count).Select(i => Leg(
            uniqueId: string.Create(CultureInfo.InvariantCulture, $"{1772452800 + (i * 60)}.{i}"),
            accountId: i.ToString(CultureInfo.InvariantCulture),
            second: i * 60))];
}

using System.Globalization;
using CallCenter.Core.Figures;
using CallCenter.Core.Telephony;

namespace CallCenter.Core.Calls;

/// <summary>A <see cref="CallFilter"/> as names and values for the address, saved views and exports. Names are permanent: people keep links.</summary>
public static class CallFilterText
{
    /// <summary>Longest text of a value that is kept, in characters.</summary>
    public const int ValueMaxLength = 100;

    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>The values that belong to <see cref="CallRange"/>, such as <c>last-7-days</c>.</summary>
    public static readonly IReadOnlyList<(CallRange Range, string Text)> Ranges =
    [
        (CallRange.Today, "today"),
        (CallRange.Yesterday, "yesterday"),
        (CallRange.ThisWeek, "this-week"),
        (CallRange.LastWeek, "last-week"),
        (CallRange.Last7Days, "last-7-days"),
        (CallRange.Last30Days, "last-30-days"),
        (CallRange.ThisMonth, "this-month"),
        (CallRange.LastMonth, "last-month"),
        (CallRange.ThisQuarter, "this-quarter"),
        (CallRange.LastQuarter, "last-quarter"),
        (CallRange.ThisYear, "this-year"),
        (CallRange.LastYear, "last-year"),
    ];

    /// <summary>Every name that may occur.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "q", "client", "client-id", "name", "agent", "part", "part-not", "queue", "direction", "outcome", "range", "from", "to", "talk-min", "talk-max",
        "wait-min", "wait-max", "recorded", "noted", "tag", "disposition", "trunk", "did", "country", "weekday", "hour",
        "set", "ring-group",
    ];

    /// <summary>Names and values of what narrows, in the order of <see cref="Names"/>; empty for <see cref="CallFilter.None"/>.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Write(CallFilter filter)
    {
        var ranged = filter.Range is not null;
        string?[] values =
        [
            Text(filter.Number), Text(filter.Client), filter.ClientId?.ToString(), Text(filter.Name), Text(filter.Agent), PartText(filter.Part), PartText(filter.PartNot),
            Text(filter.Queue), filter.Direction?.ToString(), filter.Outcome?.ToString(),
            Ranges.FirstOrDefault(known => known.Range == filter.Range).Text, ranged ? null : Day(filter.From), ranged ? null : Day(filter.To),
            Number(filter.TalkFrom), Number(filter.TalkTo), Number(filter.WaitFrom), Number(filter.WaitTo), YesNo(filter.Recorded), YesNo(filter.Noted),
            Text(filter.Tag), filter.Disposition?.ToString(), Text(filter.Trunk), Text(filter.Dialled), Text(filter.Country)?.ToUpperInvariant(),
            filter.Weekday?.ToString(), Number(filter.Hour), filter.Set?.ToString(), Text(filter.RingGroup),
        ];
        return [.. Names.Zip(values).Where(pair => pair.Second is not null).Select(pair => KeyValuePair.Create(pair.First, pair.Second!))];
    }

    /// <summary>The filter that the values mean; what is not understood does not narrow.</summary>
    /// <param name="valueOf">Value by name; null or empty when absent. From the address bar, so anything may come.</param>
    public static CallFilter Read(Func<string, string?> valueOf)
    {
        var rangeText = Text(valueOf("range"));
        var range = Ranges.FirstOrDefault(known => string.Equals(known.Text, rangeText, StringComparison.OrdinalIgnoreCase)).Range;
        var ranged = range != default;
        return new CallFilter
        {
            Number = Text(valueOf("q")),
            Client = Text(valueOf("client")),
            ClientId = Key(valueOf("client-id")),
            Name = Text(valueOf("name")),
            Agent = Text(valueOf("agent")),
            Part = ReadPart(valueOf("part")),
            PartNot = ReadPart(valueOf("part-not")),
            Queue = Text(valueOf("queue")),
            Direction = Member<CallDirection>(valueOf("direction")),
            Outcome = Member<CallOutcome>(valueOf("outcome")),
            Range = ranged ? range : null,
            From = ranged ? null : ReadDay(valueOf("from")),
            To = ranged ? null : ReadDay(valueOf("to")),
            TalkFrom = ReadNumber(valueOf("talk-min")),
            TalkTo = ReadNumber(valueOf("talk-max")),
            WaitFrom = ReadNumber(valueOf("wait-min")),
            WaitTo = ReadNumber(valueOf("wait-max")),
            Recorded = ReadYesNo(valueOf("recorded")),
            Noted = ReadYesNo(valueOf("noted")),
            Tag = Text(valueOf("tag")),
            Disposition = Key(valueOf("disposition")),
            Trunk = Text(valueOf("trunk")),
            Dialled = Text(valueOf("did")),
            Country = Text(valueOf("country")) is [>= 'A' and <= 'Z' or >= 'a' and <= 'z', >= 'A' and <= 'Z' or >= 'a' and <= 'z'] country ? country.ToUpperInvariant() : null,
            Weekday = Member<DayOfWeek>(valueOf("weekday")),
            Hour = ReadNumber(valueOf("hour")) is { } hour and < 24 ? hour : null,
            Set = Member<CallSet>(valueOf("set")),
            RingGroup = Text(valueOf("ring-group")),
        };
    }

    private static string? Text(string? text)
    {
        // Control characters name nothing, and a database refuses some of them.
        var tidy = string.Concat((text ?? "").Where(c => !char.IsControl(c))).Trim();
        if (tidy.Length > ValueMaxLength)
        {
            // A cut must not leave half a sign: it would be no valid address.
            tidy = tidy[..(char.IsHighSurrogate(tidy[ValueMaxLength - 1]) ? ValueMaxLength - 1 : ValueMaxLength)].Trim();
        }

        return tidy.Length == 0 ? null : tidy;
    }

    private static string? Day(DateOnly? day) => day?.ToString(DayFormat, CultureInfo.InvariantCulture);

    private static DateOnly? ReadDay(string? text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static int? ReadNumber(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? YesNo(bool? value) => value switch { true => "yes", false => "no", _ => null };

    private static bool? ReadYesNo(string? text) => Text(text)?.ToUpperInvariant() switch { "YES" or "1" => true, "NO" or "0" => false, _ => null };

    private static Guid? Key(string? text) => Guid.TryParse(text, out var key) ? key : null;

    private static TEnum? Member<TEnum>(string? text)
        where TEnum : struct, Enum =>
        Text(text) is { } name && Enum.GetNames<TEnum>().FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Enum.Parse<TEnum>(found)
            : null;

    private static string? PartText(CallPart? part)
    {
        var flags = Enum.GetValues<CallPart>().Where(flag => flag != CallPart.None && part?.HasFlag(flag) == true).Select(flag => flag.ToString());
        return Text(string.Join(',', flags));
    }

    private static CallPart? ReadPart(string? text)
    {
        var part = (text ?? "").Split(',').Aggregate(CallPart.None, (all, word) => all | (Member<CallPart>(word) ?? CallPart.None));
        return part == CallPart.None ? null : part;
    }
}

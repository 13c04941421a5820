using System.Globalization;

namespace CallCenter.Core.Erasure;

/// <summary>Kinds of things an erasure counts. Permanent: they are stored, and are keys of translated texts.</summary>
public static class ErasureKinds
{
    /// <summary>Calls with the number.</summary>
    public const string Calls = "calls";

    /// <summary>Their legs, the PBX's raw rows among them.</summary>
    public const string Legs = "legs";

    /// <summary>Recordings of those calls.</summary>
    public const string Recordings = "recordings";

    /// <summary>Bytes of those recordings.</summary>
    public const string RecordingBytes = "recording_bytes";

    /// <summary>Numbers of clients.</summary>
    public const string ClientNumbers = "client_numbers";

    /// <summary>Clients whose name, company or note held it.</summary>
    public const string Clients = "clients";

    /// <summary>Notes on calls.</summary>
    public const string Notes = "notes";

    /// <summary>Tags.</summary>
    public const string Tags = "tags";

    /// <summary>Entries and dismissals of the worklist.</summary>
    public const string Worklist = "worklist";

    /// <summary>Exports, with their files.</summary>
    public const string Exports = "exports";

    /// <summary>Saved views.</summary>
    public const string Views = "views";

    /// <summary>Schedules of reports.</summary>
    public const string Schedules = "schedules";

    /// <summary>Calls of the phone in the browser.</summary>
    public const string PhoneCalls = "phone_calls";

    /// <summary>Everything else in rows.</summary>
    public const string Other = "other";

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Calls, Legs, Recordings, RecordingBytes, ClientNumbers, Clients, Notes, Tags, Worklist, Exports, Views, Schedules, PhoneCalls, Other,
    ];
}

/// <summary>Counts by kind, as one text: <c>calls=3 legs=9</c>.</summary>
public sealed class ErasureCounts
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>How many of a kind; 0 for none.</summary>
    public long this[string kind] => _counts.GetValueOrDefault(kind);

    /// <summary>Whether there is nothing at all.</summary>
    public bool IsEmpty => _counts.Count == 0;

    /// <summary>Kinds with something, in the order in which they are shown.</summary>
    public IEnumerable<KeyValuePair<string, long>> Shown => ErasureKinds.All.Where(_counts.ContainsKey).Select(kind => KeyValuePair.Create(kind, _counts[kind]));

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static ErasureCounts Read(string text)
    {
        var counts = new ErasureCounts();
        foreach (var pair in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            counts.Add(pair[..equals], long.Parse(pair.AsSpan(equals + 1), CultureInfo.InvariantCulture));
        }

        return counts;
    }

    /// <summary>Adds; nothing is added for 0.</summary>
    public void Add(string kind, long count)
    {
        if (count != 0)
        {
            _counts[kind] = this[kind] + count;
        }
    }

    /// <inheritdoc />
    public override string ToString() =>
        string.Join(' ', _counts.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")));
}

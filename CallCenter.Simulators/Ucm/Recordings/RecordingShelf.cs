using System.Formats.Tar;
using System.Text;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Ucm.Cdr;

namespace CallCenter.Simulators.Ucm.Recordings;

/// <summary>The recordings of the ledger's calls as directories and files, served the way recapi does.</summary>
internal sealed class RecordingShelf(CallLedger ledger)
{
    private const int LongestName = 256;
    private static readonly string[] Directories = ["monitor", "queue", "meetme", "emergency", "sca", "voicemail"];
    private readonly Lock _gate = new();
    private IReadOnlyList<LedgerCall>? _calls;
    private Dictionary<string, CdrEntry> _byName = [];

    /// <summary>What a recapi call gives; null for a name or directory that does not exist.</summary>
    public RecordingReply? Find(string? directory, string? names, Func<CdrEntry, bool> known, DateTimeOffset now, UcmQuirks quirks)
    {
        if (string.IsNullOrEmpty(names))
        {
            return string.IsNullOrEmpty(directory) ? Csv(Directories) : Listing(directory, known);
        }

        var folder = string.IsNullOrEmpty(directory) ? "monitor" : directory;
        var wanted = names.Split('@', StringSplitOptions.RemoveEmptyEntries).Select(n => n.Length > LongestName ? n[..LongestName] : n)
            .Where(n => !n.Contains(' ', StringComparison.Ordinal) && !n.Contains("..", StringComparison.Ordinal));
        var found = wanted.Select(n => (Name: WithoutFolder(n), Entry: Get(folder, n, known, quirks.RecordingFolders))).Where(f => f.Entry is not null).ToList();
        return found.Count switch
        {
            0 => null,
            1 => new RecordingReply(
                quirks.RecordingType, found[0].Name, RecordingAudio.WithLengths(Audio(found[0].Name, found[0].Entry!.Value), quirks.RecordingLengths)),
            _ => new RecordingReply("application/x-tar", $"{now.ToUnixTimeSeconds()}.tar", Tar(found.Select(f => (f.Name, f.Entry!.Value)))),
        };
    }

    private static byte[] Audio(string name, CdrEntry entry) => RecordingAudio.Create(name, entry.Leg.BillableSeconds);

    private static byte[] Tar(IEnumerable<(string Name, CdrEntry Entry)> files)
    {
        using var stream = new MemoryStream();
        using (var tar = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (name, entry) in files)
            {
                using var audio = new MemoryStream(Audio(name, entry));
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = audio, ModificationTime = entry.Leg.End });
            }
        }

        return stream.ToArray();
    }

    private static RecordingReply Csv(IEnumerable<string> lines) =>
        new("text/csv", "list.csv", Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\r\n"))));

    private static string WithoutFolder(string name) => name[(name.LastIndexOf('/') + 1)..];

    private static string DirectoryOf(LedgerLeg leg) => leg.Action.StartsWith("QUEUE", StringComparison.Ordinal) ? "queue" : "monitor";

    private CdrEntry? Get(string directory, string name, Func<CdrEntry, bool> known, RecordingFolderRule rule) =>
        Index().TryGetValue(WithoutFolder(name), out var entry) && DirectoryOf(entry.Leg) == directory && known(entry)
            && rule switch
            {
                RecordingFolderRule.Without => !name.Contains('/', StringComparison.Ordinal),
                RecordingFolderRule.With => name.Contains('/', StringComparison.Ordinal),
                _ => true,
            }
            && (!name.Contains('/', StringComparison.Ordinal) || entry.Leg.Recordings.Contains(name))
            ? entry
            : null;

    private RecordingReply? Listing(string directory, Func<CdrEntry, bool> known) => Directories.Contains(directory)
        ? Csv(Index().Values.Where(e => DirectoryOf(e.Leg) == directory && known(e)).SelectMany(e => e.Leg.Recordings))
        : null;

    private Dictionary<string, CdrEntry> Index()
    {
        lock (_gate)
        {
            var calls = ledger.Calls;
            if (!ReferenceEquals(calls, _calls))
            {
                _calls = calls;
                _byName = [];
                foreach (var call in calls)
                {
                    foreach (var leg in call.Legs)
                    {
                        foreach (var recording in leg.Recordings)
                        {
                            _byName[WithoutFolder(recording)] = new CdrEntry(call, leg);
                        }
                    }
                }
            }

            return _byName;
        }
    }
}

/// <summary>Bytes that recapi sends instead of an envelope.</summary>
internal sealed record RecordingReply(string ContentType, string FileName, byte[] Content);

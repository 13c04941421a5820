namespace CallCenter.Infrastructure.Telephony.Ucm.Recordings;

/// <summary>One way to ask <c>recapi</c> for a file.</summary>
/// <param name="Directory">A directory of recordings on the UCM.</param>
/// <param name="WithFolder">Whether the name keeps its folder of the month.</param>
internal sealed record UcmFileWay(string Directory, bool WithFolder)
{
    /// <summary>What is longer the UCM cuts, and then finds nothing or another file.</summary>
    public const int LongestName = 256;

    private static readonly UcmFileWay[] All =
        [new("monitor", false), new("queue", false), new("monitor", true), new("queue", true)];

    /// <summary>Names that the UCM cuts, or passes over in silence, are not asked for; <c>@</c> would make two of one.</summary>
    public static bool IsUsable(string name) =>
        WithoutFolder(name).Length > 0 && name.Length <= LongestName && !name.Contains(' ', StringComparison.Ordinal)
        && !name.Contains("..", StringComparison.Ordinal) && !name.Contains('@', StringComparison.Ordinal) && !name.Any(char.IsControl);

    /// <summary>All ways, the likeliest first.</summary>
    public static IEnumerable<UcmFileWay> For(string name, UcmFileWay? worked) => All
        .Where(way => !way.WithFolder || name.Contains('/', StringComparison.Ordinal))
        .OrderBy(way => way == worked ? 0 : worked is not null && way.WithFolder == worked.WithFolder ? 1 : 2);

    public Dictionary<string, string> Parameters(string name) => new(StringComparer.Ordinal)
    {
        ["filedir"] = Directory,
        ["filename"] = WithFolder ? name : WithoutFolder(name),
    };

    private static string WithoutFolder(string name) => name[(name.LastIndexOf('/') + 1)..];
}

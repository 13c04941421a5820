using CallCenter.Core.Extensions;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Extensions.Truth;

/// <summary>A whole reading of the PBX's list.</summary>
/// <param name="Lines">By number. What is no extension's number is left out; of two lines with one number the first counts.</param>
/// <param name="StartedAtUtc">Before the first page was asked for.</param>
/// <param name="ReadAtUtc">After the last one came.</param>
/// <param name="Absent">Numbers of managed extensions that neither the list nor, asked for it alone, the PBX has.</param>
internal sealed record PbxList(
    IReadOnlyDictionary<string, PbxExtensionLine> Lines, DateTime StartedAtUtc, DateTime ReadAtUtc, IReadOnlySet<string> Absent)
{
    public TimeSpan Took => ReadAtUtc > StartedAtUtc ? ReadAtUtc - StartedAtUtc : TimeSpan.Zero;

    public static Dictionary<string, PbxExtensionLine> ByNumber(IEnumerable<PbxExtensionLine> lines) => lines
        .Where(line => ExtensionProfileValidator.IsNumber(line.Number))
        .DistinctBy(line => line.Number)
        .ToDictionary(line => line.Number, StringComparer.Ordinal);

    /// <summary>
    /// True when the list can say what exists: everything written is in force, and was before the list was begun. Else an
    /// extension that was just created or deleted here would seem to be missing or found.
    /// </summary>
    public bool ShowsWhatExists(PbxApply? apply) =>
        apply is null || (apply.DirtySinceUtc is null && !(apply.SentAtUtc >= StartedAtUtc) && !(apply.AppliedAtUtc >= StartedAtUtc));
}

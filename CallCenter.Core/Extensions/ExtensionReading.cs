using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Extensions;

/// <summary>
/// When a PBX's list of extensions was read and how that went; one row per PBX, shared by all nodes. With it a reading that
/// changes nothing writes one row, however many extensions there are.
/// </summary>
public sealed class ExtensionReading : ITenantOwned
{
    /// <summary>Longest error code, in characters.</summary>
    public const int ErrorCodeMaxLength = 80;

    /// <summary>
    /// Readings fail this long before the states count as unknown; until then the last ones stand. Less than that is a
    /// restart of a switch.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The PBX connection; key.</summary>
    public required Guid PbxId { get; init; }

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>When the list was last read whole, UTC; null for never. Every registered line was seen registered then.</summary>
    public DateTime? ReadAtUtc { get; private set; }

    /// <summary>How long that took, in milliseconds.</summary>
    public int TookMilliseconds { get; private set; }

    /// <summary>First failure since the last success, UTC; null while it goes well.</summary>
    public DateTime? FailedSinceUtc { get; private set; }

    /// <summary>Failures since the last success.</summary>
    public int Failures { get; private set; }

    /// <summary>Why the last one failed, an error code; null while it goes well.</summary>
    public string? ErrorCode { get; private set; }

    /// <summary>Not before then again, UTC; null for at the next interval.</summary>
    public DateTime? NextAtUtc { get; private set; }

    /// <summary>When <see cref="RegistrationSpan.SeenUntilUtc"/> of the open spans was last written, UTC.</summary>
    public DateTime? SpansSeenAtUtc { get; set; }

    /// <summary>When history beyond its age was last removed, UTC.</summary>
    public DateTime? PrunedAtUtc { get; set; }

    /// <summary>When somebody last had every extension compared to the end, UTC.</summary>
    public DateTime? ComparedAtUtc { get; set; }

    /// <summary>True when the states can no longer be trusted.</summary>
    public bool IsUnknown(DateTime nowUtc) => FailedSinceUtc is { } since && nowUtc - since >= Patience;

    /// <summary>Notes a whole reading and when the next one may be.</summary>
    public void Succeed(DateTime readAtUtc, TimeSpan took, TimeSpan interval)
    {
        ReadAtUtc = readAtUtc;
        TookMilliseconds = (int)Math.Min(took.TotalMilliseconds, int.MaxValue);
        (FailedSinceUtc, Failures, ErrorCode) = (null, 0, null);
        var pause = ReadingPace.After(took, interval);
        NextAtUtc = pause > interval ? readAtUtc + pause : null;
    }

    /// <summary>Notes a failure and when it may be tried again.</summary>
    public void Fail(Error error, DateTime nowUtc, TimeSpan interval)
    {
        FailedSinceUtc ??= nowUtc;
        Failures++;
        ErrorCode = error.Code;
        NextAtUtc = nowUtc + ReadingPace.AfterFailures(Failures, interval);
    }
}

/// <summary>How often the PBX is asked, so that the portal is never what makes it slow.</summary>
public static class ReadingPace
{
    /// <summary>Largest part of the PBX's time that readings may take.</summary>
    public const double LargestShare = 0.2;

    /// <summary>Longest pause, after whatever: states older than this help nobody.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>From the end of a reading to the next one: the interval, or as long as keeps the share.</summary>
    public static TimeSpan After(TimeSpan took, TimeSpan interval) => Clamp(took / LargestShare - took, interval);

    /// <summary>One interval after the first failure, then twice as long each time.</summary>
    public static TimeSpan AfterFailures(int failures, TimeSpan interval) => Clamp(interval * Math.Pow(2, Math.Clamp(failures - 1, 0, 20)), interval);

    // A setting above the longest pause wins: somebody wants it rarely.
    private static TimeSpan Clamp(TimeSpan pause, TimeSpan interval) =>
        pause <= interval ? interval : pause > Longest ? (interval > Longest ? interval : Longest) : pause;
}

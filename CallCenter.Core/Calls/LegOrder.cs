using CallCenter.Core.Telephony;

namespace CallCenter.Core.Calls;

/// <summary>Total orders of legs, so that nothing depends on the order in which a PBX sends them.</summary>
internal static class LegOrder
{
    /// <summary>By start, row counter (as a number), unique id and local start: the order in which the call went.</summary>
    public static int Compare(CdrLeg a, CdrLeg b)
    {
        var order = a.StartUtc.CompareTo(b.StartUtc);
        order = order != 0 ? order : CompareCounters(a.AccountId, b.AccountId);
        order = order != 0 ? order : string.CompareOrdinal(a.UniqueId, b.UniqueId);
        return order != 0 ? order : a.StartLocal.CompareTo(b.StartLocal);
    }

    /// <summary>Compares two readings of the same leg; the later state is greater: it has its recordings and its end.</summary>
    public static int CompareState(CdrLeg a, CdrLeg b)
    {
        var order = a.RecordingFiles.Count.CompareTo(b.RecordingFiles.Count);
        order = order != 0 ? order : a.EndUtc.CompareTo(b.EndUtc);
        order = order != 0 ? order : a.BillableSeconds.CompareTo(b.BillableSeconds);
        order = order != 0 ? order : b.Disposition.CompareTo(a.Disposition);
        order = order != 0 ? order : a.StartUtc.CompareTo(b.StartUtc);
        return order != 0 ? order : string.CompareOrdinal(a.Raw, b.Raw);
    }

    // Counters have no leading zeros; other ids come after them.
    private static int CompareCounters(string a, string b)
    {
        var (aIsNumber, bIsNumber) = (IsNumber(a), IsNumber(b));
        if (aIsNumber != bIsNumber)
        {
            return aIsNumber ? -1 : 1;
        }

        return aIsNumber && a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b);
    }

    private static bool IsNumber(string text) => text.Length > 0 && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
}

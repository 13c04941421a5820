using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>Rows on the PBX's wall clock to legs in UTC. Pure.</summary>
internal static class UcmLegPlacer
{
    private const int EpochTolerance = 5;
    private const int SeamTolerance = 5;
    private const int FieldTolerance = 2;
    private const int LongestLeg = 7 * 86400;

    /// <summary>Places the rows; the offsets must have learned them. Keeps their order.</summary>
    public static IReadOnlyList<CdrLeg> Place(IReadOnlyList<UcmCdrRow> rows, UcmOffsets offsets)
    {
        var legs = new CdrLeg[rows.Count];
        foreach (var call in rows.Select((row, index) => (row, index)).GroupBy(x => x.row.UniqueId, StringComparer.Ordinal))
        {
            // Moments of this call that are known: later legs begin where earlier ones began or ended.
            List<DateTime> known = [];
            var own = offsets.OfCall(call.Key);
            if (call.First().row.Epoch is { } epoch)
            {
                known.Add(DateTime.UnixEpoch.AddSeconds(epoch));
            }

            foreach (var (row, index) in call.OrderBy(x => IsFirst(x.row, own) ? 0 : 1))
            {
                var leg = ToLeg(row, StartOf(row, own, known, offsets), offsets);
                known.Add(leg.StartUtc);
                known.Add(leg.EndUtc);
                legs[index] = leg;
            }
        }

        return legs;
    }

    private static bool IsFirst(UcmCdrRow row, TimeSpan? own) =>
        own is { } offset && row is { StartLocal: { } local, Epoch: { } epoch }
        && Math.Abs((local - offset - DateTime.UnixEpoch).TotalSeconds - epoch) <= EpochTolerance;

    private static DateTime StartOf(UcmCdrRow row, TimeSpan? own, List<DateTime> known, UcmOffsets offsets)
    {
        if (row.StartUtc is { } exact)
        {
            return exact;
        }

        if (row.StartLocal is not { } local)
        {
            return DateTime.UnixEpoch.AddSeconds(row.Epoch!.Value);
        }

        var candidates = offsets.Candidates(local);
        if (own is { } offset)
        {
            candidates = candidates.Append(offset).Distinct();
        }

        var starts = candidates.Select(o => (Utc: DateTime.SpecifyKind(local - o, DateTimeKind.Utc), Offset: o)).ToList();
        if (starts.Count == 0)
        {
            return DateTime.SpecifyKind(local - offsets.At(DateTime.SpecifyKind(local, DateTimeKind.Utc)), DateTimeKind.Utc);
        }

        // A leg cannot begin before the channel that began the call; across a clock change that settles most doubts.
        var possible = row.Epoch is { } epoch
            ? starts.Where(s => (s.Utc - DateTime.UnixEpoch).TotalSeconds >= epoch - SeamTolerance).ToList()
            : starts;
        return (possible.Count > 0 ? possible : starts)
            .OrderBy(s => Seam(s.Utc, known) <= SeamTolerance ? 0 : 1)
            .ThenBy(s => offsets.At(s.Utc) == s.Offset ? 0 : 1)
            .ThenBy(s => Seam(s.Utc, known))
            .ThenBy(s => s.Utc)
            .First().Utc;
    }

    private static double Seam(DateTime utc, List<DateTime> known)
    {
        var least = double.MaxValue;
        foreach (var moment in known)
        {
            least = Math.Min(least, Math.Abs((utc - moment).TotalSeconds));
        }

        return least;
    }

    private static CdrLeg ToLeg(UcmCdrRow row, DateTime start, UcmOffsets offsets)
    {
        var local = row.StartLocal ?? DateTime.SpecifyKind(start + offsets.At(start), DateTimeKind.Unspecified);
        var written = (row.EndLocal - local)?.TotalSeconds;

        // Across a clock change start and end differ by more or less than the call lasted; the counted duration does not lie.
        var duration = row.DurationSeconds is { } counted
            ? written is { } span && Math.Abs(span - counted) <= FieldTolerance ? Math.Max(0, span) : counted
            : written is >= 0 and <= LongestLeg ? written.Value : row.BillableSeconds ?? 0;
        var end = start.AddSeconds(duration);
        var billable = row.Disposition == LegDisposition.Answered ? Math.Min(row.BillableSeconds ?? (int)duration, (int)duration + 1) : 0;
        return new CdrLeg
        {
            AccountId = row.AccountId,
            UniqueId = row.UniqueId,
            Session = row.Session,
            StartLocal = local,
            StartUtc = start,
            AnswerUtc = AnswerOf(row, local, start, end, billable),
            EndUtc = end,
            DurationSeconds = row.DurationSeconds ?? (int)duration,
            BillableSeconds = billable,
            Disposition = row.Disposition,
            Direction = row.Direction,
            Action = row.Action,
            ActionTarget = row.ActionTarget,
            Source = row.Source,
            Destination = row.Destination,
            CallerName = row.CallerName,
            AnsweredBy = row.Disposition == LegDisposition.Answered ? row.AnsweredBy : "",
            SourceDevice = row.SourceDevice,
            DestinationDevice = row.DestinationDevice,
            ReachedDevice = row.ReachedDevice,
            LastApplication = row.LastApplication,
            LastData = row.LastData,
            SourceTrunk = row.SourceTrunk,
            DestinationTrunk = row.DestinationTrunk,
            RecordingFiles = row.RecordingFiles,
            Raw = row.Raw,
        };
    }

    // Unanswered legs fill the field too, with their end: the disposition decides, not the field.
    private static DateTime? AnswerOf(UcmCdrRow row, DateTime local, DateTime start, DateTime end, int billable)
    {
        if (row.Disposition != LegDisposition.Answered)
        {
            return null;
        }

        var counted = end.AddSeconds(-billable);
        if (row.AnswerLocal is { } answer && answer >= local
            && start + (answer - local) is var written && written <= end.AddSeconds(FieldTolerance)
            && (row.BillableSeconds is null || (written - counted).Duration() <= TimeSpan.FromSeconds(FieldTolerance)))
        {
            return written > end ? end : written;
        }

        return counted < start ? start : counted;
    }
}

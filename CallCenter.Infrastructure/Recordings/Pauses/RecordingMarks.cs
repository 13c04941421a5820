using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Core.Recordings;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Recordings.Pauses;

/// <summary>Marks of calls as their recordings have them.</summary>
internal static class RecordingMarks
{
    /// <summary>The rows with the marks that touch them.</summary>
    public static async Task<List<RecordingRow>> AddAsync(CallCenterDbContext db, List<RecordingRow> rows, CancellationToken cancellationToken)
    {
        var ids = rows.Select(row => (Guid?)row.CallId).Distinct().ToList();
        var marks = (await OfCalls(db, ids).ToListAsync(cancellationToken)).ToLookup(mark => mark.Mark.CallId);
        return rows.ConvertAll(row => row with
        {
            Pauses = [.. marks[row.CallId].Select(mark => Clip(mark.Mark, mark.EndedAtUtc))
                .Where(mark => PauseStretch.Of(row.StartedAtUtc, row.DurationSeconds, mark.FromUtc, mark.EndsAtUtc) is not null)],
        });
    }

    /// <summary>What of a recording is not to be heard.</summary>
    public static async Task<IReadOnlyList<PauseStretch>> StretchesAsync(CallCenterDbContext db, Recording recording, CancellationToken cancellationToken)
    {
        var marks = await OfCalls(db, [recording.CallId]).ToListAsync(cancellationToken);
        return PauseStretch.Merge(marks.Select(mark => Clip(mark.Mark, mark.EndedAtUtc))
            .Select(mark => PauseStretch.Of(recording.StartedAtUtc, int.MaxValue, mark.FromUtc, mark.EndsAtUtc)).OfType<PauseStretch>());
    }

    /// <summary>Tells one set of stretches from another in a version tag.</summary>
    public static string VersionOf(IReadOnlyList<PauseStretch> stretches) =>
        string.Join('_', stretches.Select(stretch => string.Create(CultureInfo.InvariantCulture, $"{stretch.From:0.###}-{stretch.Until:0.###}")));

    private static IQueryable<MarkOfCall> OfCalls(CallCenterDbContext db, List<Guid?> ids) =>
        from mark in db.Set<RecordingPause>().AsNoTracking()
        join call in db.Set<Call>() on mark.CallId equals call.Id
        where EF.Parameter(ids).Contains(mark.CallId)
        orderby mark.FromUtc, mark.Id
        select new MarkOfCall(mark, call.EndedAtUtc);

    // Nobody ended it, and the call is over: then it was to be until the end.
    private static PauseView Clip(RecordingPause mark, DateTime endedAtUtc) =>
        PauseView.Of(mark) is { UntilUtc: null } open && endedAtUtc > open.FromUtc && endedAtUtc < open.EndsAtUtc ? open with { UntilUtc = endedAtUtc } : PauseView.Of(mark);

    private sealed record MarkOfCall(RecordingPause Mark, DateTime EndedAtUtc);
}

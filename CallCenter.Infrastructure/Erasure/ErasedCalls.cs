using System.Linq.Expressions;
using CallCenter.Core.Calls;
using CallCenter.Core.Erasure;
using CallCenter.Core.Recordings;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Recordings.Retention;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Erasure;

/// <summary>A call with legs that hold a number.</summary>
internal sealed record FoundCall(Guid Id, Guid PbxId, int Legs);

/// <summary>The calls with a number: finds them, and takes it out of them with their recordings.</summary>
internal sealed class ErasedCalls(CallWriter writer, TimeProvider time)
{
    /// <summary>Calls done in one transaction.</summary>
    public const int Batch = 100;

    private static readonly RecordingState[] NothingThere = [RecordingState.Missing, RecordingState.Corrupt, RecordingState.Skipped];

    /// <summary>Calls whose legs hold the number, the latest first. The database looks for its digits; what it finds is read here.</summary>
    public static async Task<List<FoundCall>> FindAsync(CallCenterDbContext db, NumberDigits number, ErasedLegs erased, DateTime upToUtc, CancellationToken cancellationToken)
    {
        var (first, last) = NumberTail.EndingWith(number.National) ?? default;
        var e164 = number.E164;
        var byCall = await db.Set<Call>()
            .Where(call => call.StartedAtUtc <= upToUtc && (call.OutsideE164 == e164
                || (call.FromTail >= first && call.FromTail <= last) || (call.ToTail >= first && call.ToTail <= last)
                || (call.AnsweredByTail != 0 && call.AnsweredByTail >= first && call.AnsweredByTail <= last)))
            .Select(call => call.Id)
            .ToListAsync(cancellationToken);
        var byLeg = await db.Set<CallLeg>().Where(leg => leg.StartedAtUtc <= upToUtc).Where(MayHold(number)).Select(leg => leg.CallId).Distinct().ToListAsync(cancellationToken);
        var found = new List<FoundCall>();
        var scratch = new CopyBuffer();
        foreach (var some in byCall.Union(byLeg).OrderDescending().Chunk(500))
        {
            List<Guid> ids = [.. some];
            var legs = await db.Set<CallLeg>().AsNoTracking().Where(leg => EF.Parameter(ids).Contains(leg.CallId)).ToListAsync(cancellationToken);
            found.AddRange(legs.Where(leg => !ReferenceEquals(erased.Of(leg, scratch), leg)).GroupBy(leg => (leg.CallId, leg.PbxId))
                .Select(call => new FoundCall(call.Key.CallId, call.Key.PbxId, call.Count())));
        }

        return found;
    }

    /// <summary>Which of the calls a hold keeps.</summary>
    public static async Task<List<CallHold>> HoldsAsync(CallCenterDbContext db, IEnumerable<Guid> calls, CancellationToken cancellationToken)
    {
        var holds = new List<CallHold>();
        foreach (var some in calls.Chunk(5_000))
        {
            List<Guid> ids = [.. some];
            holds.AddRange(await db.Set<CallHold>().AsNoTracking().Where(hold => EF.Parameter(ids).Contains(hold.CallId)).ToListAsync(cancellationToken));
        }

        return holds;
    }

    /// <summary>
    /// Erases calls of one PBX in the transaction that is open: marks their recordings for deletion, takes the number out of the files'
    /// names and the legs, and counts. The files go afterwards, by <see cref="RecordingRemoval.FinishAsync"/>.
    /// </summary>
    public async Task<bool> EraseAsync(
        CallCenterDbContext db, Guid pbxId, IReadOnlyCollection<Guid> calls, ErasedLegs erased, ErasureCounts counts,
        CancellationToken cancellationToken)
    {
        List<Guid> ids = [.. calls];
        var recordings = await db.Set<Recording>().Where(recording => EF.Parameter(ids).Contains(recording.CallId)).ToListAsync(cancellationToken);
        foreach (var recording in recordings)
        {
            if (DueRecordings.Deletable.Contains(recording.State))
            {
                counts.Add(ErasureKinds.Recordings, 1);
                counts.Add(ErasureKinds.RecordingBytes, recording.SizeBytes);
                (recording.State, recording.NextAttemptUtc) = (RecordingState.Deleting, null);
            }
            else if (NothingThere.Contains(recording.State))
            {
                counts.Add(ErasureKinds.Recordings, 1);
                (recording.State, recording.NextAttemptUtc, recording.DeletedAtUtc) = (RecordingState.Deleted, null, time.GetUtcNow().UtcDateTime);
            }
        }

        await RenameAsync(db, pbxId, recordings, erased, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        var legs = await writer.EraseAsync(db, pbxId, ids, erased, cancellationToken);
        counts.Add(ErasureKinds.Legs, legs);
        return legs > 0;
    }

    /// <summary>The names that the writer will find in the erased legs.</summary>
    private static async Task RenameAsync(
        CallCenterDbContext db, Guid pbxId, List<Recording> recordings, ErasedLegs erased, CancellationToken cancellationToken)
    {
        var renamed = recordings.Select(recording => (Recording: recording, Name: erased.Erase(recording.PbxName))).Where(pair => pair.Name != pair.Recording.PbxName).ToList();
        List<string> names = [.. renamed.Select(pair => pair.Name)];
        var taken = (await db.Set<Recording>().Where(recording => recording.PbxId == pbxId && EF.Parameter(names).Contains(recording.PbxName))
            .Select(recording => recording.PbxName).ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        foreach (var (recording, name) in renamed)
        {
            // Two files may become one name; the writer will find the first.
            db.Entry(recording).Property(row => row.PbxName).CurrentValue = taken.Add(name) ? name : $"{name}~{recording.Id:N}";
        }
    }

    private static Expression<Func<CallLeg, bool>> MayHold(NumberDigits number)
    {
        var (digits, arabic, persian) = (number.National, DigitText.In(number.National, '٠'), DigitText.In(number.National, '۰'));
        var (spaced, spacedArabic) = (DigitText.Spaced(digits), DigitText.Spaced(arabic));
        return leg =>
            EF.Functions.Like(leg.Source, spaced) || EF.Functions.Like(leg.Destination, spaced) || EF.Functions.Like(leg.CallerName, spaced)
            || EF.Functions.Like(leg.AnsweredBy, spaced) || EF.Functions.Like(leg.ActionTarget, spaced) || EF.Functions.Like(leg.SourceDevice, spaced)
            || EF.Functions.Like(leg.DestinationDevice, spaced) || EF.Functions.Like(leg.CallerName, spacedArabic)
            || leg.Session.Contains(digits) || EF.Functions.Like(leg.SourceTrunk, spaced) || EF.Functions.Like(leg.DestinationTrunk, spaced)
            || leg.LastData.Contains(digits) || leg.RecordingFiles.Contains(digits)
            || leg.Raw.Contains(digits) || leg.Raw.Contains(arabic) || leg.Raw.Contains(persian);
    }
}

/// <summary>Digits as a database looks for them.</summary>
internal static class DigitText
{
    /// <summary>In another script, whose zero is given.</summary>
    public static string In(string digits, char zero) => string.Concat(digits.Select(digit => (char)(zero + digit - '0')));

    /// <summary>As a pattern that lets anything stand between them; finds more than is meant.</summary>
    public static string Spaced(string digits) => $"%{string.Join('%', digits.AsEnumerable())}%";
}

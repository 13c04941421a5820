using CallCenter.Core.Calls;
using CallCenter.Core.Erasure;
using CallCenter.Core.Extensions;
using CallCenter.Core.Phones;
using CallCenter.Core.Primitives;
using CallCenter.Core.Recordings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Worklist;
using CallCenter.Infrastructure.Figures;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Erasure;

/// <summary>What there is of a number, by the same rules as the erasure; and whether it may be erased at all.</summary>
internal sealed class ErasureSearch(ErasedExports exports)
{
    private const int ExamplesOfKind = 3;

    // Plans of countries age, so a number need not be in its country's; it must be one all the same.
    private const int ShortestNumber = 8;

    // A trunk may give our own numbers without area code.
    private const int ShortestOwnNumber = 5;

    /// <summary>Reads a number that may be erased.</summary>
    public static async Task<Result<NumberDigits>> ReadAsync(CallCenterDbContext db, string typed, CancellationToken cancellationToken)
    {
        var country = db.CurrentTenant.CountryCode;
        var digits = PhoneNumbers.Typed(typed).Digits;
        if (PhoneNumbers.Read(typed, country).Kind == PhoneKind.Internal
            || (digits.Length > 0 && await db.Set<Extension>().AnyAsync(extension => extension.Number == digits, cancellationToken)))
        {
            return ErasureErrors.Internal;
        }

        if (NumberDigits.Of(typed, country) is not { Whole.Length: >= ShortestNumber } number)
        {
            return ErasureErrors.Unreadable;
        }

        var eraser = NumberEraser.Of(number, country);
        if (await IsOwnAsync(db, number, eraser, cancellationToken))
        {
            return ErasureErrors.OwnNumber;
        }

        return await new NumberSweep(number, eraser).IsSetUpAsync(db, cancellationToken) ? ErasureErrors.InUse : number;
    }

    /// <summary>Everything that holds it.</summary>
    public async Task<(ErasureCounts Counts, List<ErasureExample> Examples, List<ErasureHeldView> Held)> LookAsync(
        CallCenterDbContext db, NumberDigits number, DateTime upToUtc, CancellationToken cancellationToken)
    {
        var eraser = NumberEraser.Of(number, db.CurrentTenant.CountryCode);
        var (counts, examples) = (new ErasureCounts(), new List<ErasureExample>());
        var found = await ErasedCalls.FindAsync(db, number, new ErasedLegs(upToUtc, eraser), upToUtc, cancellationToken);
        var holds = await ErasedCalls.HoldsAsync(db, found.Select(call => call.Id), cancellationToken);
        var held = holds.Select(hold => hold.CallId).ToHashSet();
        found.RemoveAll(call => held.Contains(call.Id));
        counts.Add(ErasureKinds.Calls, found.Count);
        counts.Add(ErasureKinds.Legs, found.Sum(call => call.Legs));
        foreach (var some in found.Select(call => call.Id).Chunk(5_000))
        {
            List<Guid> ids = [.. some];
            var recordings = db.Set<Recording>().Where(recording => EF.Parameter(ids).Contains(recording.CallId)
                && recording.State != RecordingState.Deleted && recording.State != RecordingState.Deleting);
            counts.Add(ErasureKinds.Recordings, await recordings.CountAsync(cancellationToken));
            counts.Add(ErasureKinds.RecordingBytes, await recordings.SumAsync(recording => recording.SizeBytes, cancellationToken));
        }

        List<Guid> latest = [.. found.Take(ExamplesOfKind).Select(call => call.Id)];
        examples.AddRange(await db.Set<Call>().Where(call => EF.Parameter(latest).Contains(call.Id)).OrderByDescending(call => call.StartedAtUtc)
            .Select(call => new ErasureExample(ErasureKinds.Calls, call.FromNumber + " → " + call.ToNumber, call.StartedAtUtc)).ToListAsync(cancellationToken));
        var e164 = number.E164;
        counts.Add(ErasureKinds.Worklist, await db.Set<WorklistEntry>().CountAsync(entry => entry.E164 == e164, cancellationToken));
        await new NumberSweep(number, eraser).LookAsync(
            db,
            row =>
            {
                counts.Add(row.Kind, 1);
                if (row.Text.Length > 0 && examples.Count(example => example.Kind == row.Kind) < ExamplesOfKind)
                {
                    examples.Add(new ErasureExample(row.Kind, row.Text, row.AtUtc));
                }
            },
            cancellationToken);
        var files = (await exports.FindAsync(db, eraser, cancellationToken)).Value;
        counts.Add(ErasureKinds.Exports, files.Count);
        examples.AddRange(files.Take(ExamplesOfKind).Select(export => new ErasureExample(ErasureKinds.Exports, export.OwnerName, export.CreatedAtUtc)));
        List<Guid> kept = [.. held];
        var starts = await db.Set<Call>().Where(call => EF.Parameter(kept).Contains(call.Id)).ToDictionaryAsync(call => call.Id, call => call.StartedAtUtc, cancellationToken);
        return (counts, examples,
            [.. holds.Where(hold => starts.ContainsKey(hold.CallId)).Select(hold => new ErasureHeldView(hold.CallId, starts[hold.CallId], hold.Reason, hold.ByName, null))
                .OrderByDescending(hold => hold.CallStartedAtUtc)]);
    }

    private static async Task<bool> IsOwnAsync(CallCenterDbContext db, NumberDigits number, NumberEraser eraser, CancellationToken cancellationToken)
    {
        var slices = await db.Set<FigureSlice>()
            .Where(slice => slice.Kind == SliceKind.Trunk || (slice.Kind == SliceKind.Did && slice.Direction == CallDirection.Inbound))
            .Select(slice => slice.Value).Distinct().ToListAsync(cancellationToken);
        var (first, last) = NumberTail.EndingWith(number.National) ?? default;
        var dialled = await db.Set<Call>().Where(call => call.Direction == CallDirection.Inbound && call.ToTail >= first && call.ToTail <= last)
            .Select(call => call.ToNumber).Distinct().Take(100).ToListAsync(cancellationToken);
        return slices.Concat(dialled).Any(own => eraser.Holds(own)
            || (PhoneNumbers.Typed(own).Digits is { Length: >= ShortestOwnNumber } digits && number.Whole.EndsWith(digits, StringComparison.Ordinal)));
    }
}

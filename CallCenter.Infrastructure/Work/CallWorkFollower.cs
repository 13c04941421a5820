using CallCenter.Core.Work;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Work;

/// <summary>
/// Moves what people put on a call to the call it became part of: notes all, tags united, of two words of one person the later.
/// </summary>
internal sealed class CallWorkFollower : ICallFollower
{
    public async Task FollowAsync(CallCenterDbContext db, CallChanges changes, CancellationToken cancellationToken)
    {
        if (changes.Absorbed.Count == 0)
        {
            return;
        }

        List<Guid> gone = [.. changes.Absorbed.Keys];
        await MoveNotesAsync(db, gone, changes.Absorbed, cancellationToken);
        await MoveTagsAsync(db, gone, changes.Absorbed, cancellationToken);
        await MoveDispositionsAsync(db, gone, changes.Absorbed, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static async Task MoveNotesAsync(
        CallCenterDbContext db, List<Guid> gone, IReadOnlyDictionary<Guid, Guid> absorbed, CancellationToken cancellationToken)
    {
        var calls = await db.Set<CallNote>().Where(note => EF.Parameter(gone).Contains(note.CallId))
            .Select(note => note.CallId).Distinct().ToListAsync(cancellationToken);
        foreach (var call in calls)
        {
            var to = absorbed[call];
            await db.Set<CallNote>().Where(note => note.CallId == call)
                .ExecuteUpdateAsync(set => set.SetProperty(note => note.CallId, to), cancellationToken);
        }
    }

    private static async Task MoveTagsAsync(
        CallCenterDbContext db, List<Guid> gone, IReadOnlyDictionary<Guid, Guid> absorbed, CancellationToken cancellationToken)
    {
        var tags = await db.Set<CallTag>().AsNoTracking().Where(tag => EF.Parameter(gone).Contains(tag.CallId)).ToListAsync(cancellationToken);
        if (tags.Count == 0)
        {
            return;
        }

        List<Guid> targets = [.. tags.Select(tag => absorbed[tag.CallId]).Distinct()];
        var there = (await db.Set<CallTag>().Where(tag => EF.Parameter(targets).Contains(tag.CallId))
            .Select(tag => new { tag.CallId, tag.Key }).ToListAsync(cancellationToken)).Select(tag => (tag.CallId, tag.Key)).ToHashSet();
        await db.Set<CallTag>().Where(tag => EF.Parameter(gone).Contains(tag.CallId)).ExecuteDeleteAsync(cancellationToken);
        foreach (var tag in tags.OrderBy(tag => tag.AddedAtUtc).Where(tag => there.Add((absorbed[tag.CallId], tag.Key))))
        {
            db.Add(new CallTag { CallId = absorbed[tag.CallId], Key = tag.Key, AddedBy = tag.AddedBy, AddedAtUtc = tag.AddedAtUtc });
        }
    }

    private static async Task MoveDispositionsAsync(
        CallCenterDbContext db, List<Guid> gone, IReadOnlyDictionary<Guid, Guid> absorbed, CancellationToken cancellationToken)
    {
        var words = await db.Set<CallDisposition>().AsNoTracking()
            .Where(row => EF.Parameter(gone).Contains(row.CallId)).ToListAsync(cancellationToken);
        if (words.Count == 0)
        {
            return;
        }

        List<Guid> targets = [.. words.Select(row => absorbed[row.CallId]).Distinct()];
        var there = await db.Set<CallDisposition>().Where(row => EF.Parameter(targets).Contains(row.CallId)).ToListAsync(cancellationToken);
        await db.Set<CallDisposition>().Where(row => EF.Parameter(gone).Contains(row.CallId)).ExecuteDeleteAsync(cancellationToken);
        foreach (var word in words.OrderBy(row => row.SetAtUtc))
        {
            var to = absorbed[word.CallId];
            if (there.SingleOrDefault(row => row.CallId == to && row.UserId == word.UserId) is not { } row)
            {
                row = new CallDisposition
                {
                    CallId = to,
                    UserId = word.UserId,
                    UserName = word.UserName,
                    DispositionId = word.DispositionId,
                    SetAtUtc = word.SetAtUtc,
                    IsLast = false,
                };
                db.Add(row);
                there.Add(row);
            }
            else if (word.SetAtUtc >= row.SetAtUtc)
            {
                (row.DispositionId, row.UserName, row.SetAtUtc) = (word.DispositionId, word.UserName, word.SetAtUtc);
            }
        }

        foreach (var call in there.GroupBy(row => row.CallId))
        {
            CallWorkService.LastWord([.. call]);
        }
    }
}

using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Work;

internal sealed class CallMarksReader(IDbContextFactory<CallCenterDbContext> contexts, ICaller caller, ICallReaches reaches) : ICallMarks
{
    public async Task<Result<IReadOnlyDictionary<Guid, CallMarks>>> ReadAsync(IReadOnlyCollection<Guid> callIds, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.View))
        {
            return AccessErrors.Denied;
        }

        var ids = callIds.Distinct().Take(ICallMarks.MaxCount).ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var calls = db.Set<Call>().Within(db, await reaches.ReadAsync(cancellationToken)).Where(call => EF.Parameter(ids).Contains(call.Id)).Select(call => call.Id);
        var tags = (await (
            from tag in db.Set<CallTag>()
            join word in db.Set<CallTagWord>() on tag.Key equals word.Key
            where calls.Contains(tag.CallId)
            orderby tag.Key
            select new { tag.CallId, word.Text }).ToListAsync(cancellationToken)).ToLookup(tag => tag.CallId, tag => tag.Text);
        var given = (await (
            from row in db.Set<CallDisposition>()
            join entry in db.Set<Disposition>() on row.DispositionId equals entry.Id
            where calls.Contains(row.CallId) && row.IsLast
            select new { row.CallId, entry.NameEnglish, entry.NameArabic }).ToListAsync(cancellationToken)).ToLookup(row => row.CallId);
        return tags.Select(tag => tag.Key).Union(given.Select(row => row.Key)).ToDictionary(
            id => id,
            id => new CallMarks([.. tags[id]], given[id].FirstOrDefault()?.NameEnglish ?? "", given[id].FirstOrDefault()?.NameArabic ?? ""));
    }
}

using CallCenter.Core.Audit;
using CallCenter.Core.Clients;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Work;

internal sealed class CallTags(
    IDbContextFactory<CallCenterDbContext> contexts, CallWriting writing, IAuditTrail audit, ICaller caller, TimeProvider time)
{
    private const int SuggestedCount = 20;

    public static Task<List<CallTagRow>> ReadAsync(CallCenterDbContext db, Guid callId, CancellationToken cancellationToken) => (
        from tag in db.Set<CallTag>()
        join word in db.Set<CallTagWord>() on tag.Key equals word.Key
        where tag.CallId == callId
        orderby tag.Key
        select new CallTagRow(tag.Key, word.Text)).ToListAsync(cancellationToken);

    public async Task<Result<IReadOnlyList<CallTagRow>>> SuggestAsync(string text, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Calls.View))
        {
            return AccessErrors.Denied;
        }

        var key = SearchText.Fold(text);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var words = db.Set<CallTagWord>().AsQueryable();
        if (key.Length > 0)
        {
            var later = " " + key;
            words = words.Where(word => word.Key.StartsWith(key) || word.Key.Contains(later));
        }

        return await words.OrderByDescending(word => word.UsedAtUtc).ThenBy(word => word.Key).Take(SuggestedCount)
            .Select(word => new CallTagRow(word.Key, word.Text)).ToListAsync(cancellationToken);
    }

    public async Task<Result> AddAsync(Guid callId, string text, CancellationToken cancellationToken)
    {
        var clean = string.Join(' ', string.Concat(text.EnumerateRunes()).Replace("\0", "", StringComparison.Ordinal)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var key = SearchText.Fold(clean);
        if (key.Length is 0 or > CallTagWord.TextMaxLength || clean.Length > CallTagWord.TextMaxLength)
        {
            return WorkErrors.TagWrong;
        }

        var result = await writing.RunAsync<string>(callId, async (db, callKey) =>
        {
            var keys = await db.Set<CallTag>().Where(tag => tag.CallId == callId).Select(tag => tag.Key).ToListAsync(cancellationToken);
            if (keys.Contains(key))
            {
                return key;
            }

            if (keys.Count >= CallTag.MaxPerCall)
            {
                return WorkErrors.TooManyTags;
            }

            var now = time.GetUtcNow().UtcDateTime;
            if (await db.Set<CallTagWord>().SingleOrDefaultAsync(word => word.Key == key, cancellationToken) is { } known)
            {
                known.UsedAtUtc = now;
                clean = known.Text;
            }
            else
            {
                db.Add(new CallTagWord { Key = key, Text = clean, UsedAtUtc = now });
            }

            db.Add(new CallTag { CallId = callId, Key = key, AddedBy = CallNotes.Short(caller.Name), AddedAtUtc = now });
            audit.Append(db, new AuditNote(WorkAuditActions.TagAdded, AuditSubjects.Call, callId.ToString("D"), callKey) { After = new AuditValues { ["tag"] = clean } });
            return key;
        }, cancellationToken);
        return result.Error is { } error ? error : Result.Success;
    }

    public async Task<Result> RemoveAsync(Guid callId, string key, CancellationToken cancellationToken)
    {
        var result = await writing.RunAsync<string>(callId, async (db, callKey) =>
        {
            if (await db.Set<CallTag>().SingleOrDefaultAsync(tag => tag.CallId == callId && tag.Key == key, cancellationToken) is { } tag)
            {
                var text = await db.Set<CallTagWord>().Where(word => word.Key == key).Select(word => word.Text).SingleOrDefaultAsync(cancellationToken);
                db.Remove(tag);
                audit.Append(db, new AuditNote(WorkAuditActions.TagRemoved, AuditSubjects.Call, callId.ToString("D"), callKey) { Before = new AuditValues { ["tag"] = text ?? key } });
            }

            return key;
        }, cancellationToken);
        return result.Error is { } error ? error : Result.Success;
    }
}

using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Softphone;

internal sealed class PhoneCalls(
    IDbContextFactory<CallCenterDbContext> contexts,
    PhoneCallStore store,
    PhoneCallKeeping keeping,
    PhoneCallWork work,
    OpenPhoneCalls open,
    ICallReaches reaches,
    TenantNotices notices,
    ITenantContext tenant,
    ICaller caller,
    TimeProvider time) : IPhoneCalls
{
    private const int MaxCount = 200;

    // A live call is told again before it counts as lost, and not with every snapshot.
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, (PhoneCallReport Report, DateTimeOffset At)> _told = new(StringComparer.Ordinal);

    public async Task<Result> ReportAsync(IReadOnlyList<PhoneCallReport> live, CancellationToken cancellationToken = default)
    {
        if (Caller() is not { } userId)
        {
            return AccessErrors.Denied;
        }

        var now = time.GetUtcNow();
        var news = live.Where(report => report.Id.Length > 0 && (!_told.TryGetValue(report.Id, out var told) || told.Report != report || now - told.At >= Again))
            .DistinctBy(report => report.Id).ToList();
        if (news.Count == 0)
        {
            return Result.Success;
        }

        await store.ReportAsync(userId, news, cancellationToken);
        foreach (var gone in _told.Keys.Except(live.Select(report => report.Id)).ToList())
        {
            _told.Remove(gone);
        }

        news.ForEach(report => _told[report.Id] = (report, now));
        notices.Raise(NoticeTopic.PhoneCalls, tenant.TenantId);
        return Result.Success;
    }

    public async Task<Result<IReadOnlyList<string>>> EndAsync(IReadOnlyList<PhoneCallEnd> ended, CancellationToken cancellationToken = default)
    {
        if (Caller() is not { } userId)
        {
            return AccessErrors.Denied;
        }

        var news = ended.DistinctBy(end => end.Id).ToList();
        if (news.Count > 0)
        {
            foreach (var key in await store.EndAsync(userId, news, cancellationToken))
            {
                await keeping.JoinAsync(key, cancellationToken);
            }

            notices.Raise(NoticeTopic.PhoneCalls, tenant.TenantId);
        }

        return news.ConvertAll(end => end.Id);
    }

    public async Task<Result<IReadOnlyList<PhoneCallRow>>> ListOwnAsync(int count = 20, CancellationToken cancellationToken = default)
    {
        if (Caller() is not { } userId)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return Done(await db.Set<PhoneCall>().Where(c => c.UserId == userId).OrderByDescending(c => c.StartedAtUtc).ThenByDescending(c => c.Id)
            .Take(Math.Clamp(count, 1, MaxCount)).ToRowsAsync(db, caller, cancellationToken));
    }

    public async Task<Result<PhoneCallRow>> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        if (Caller() is not { } userId)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<PhoneCall>().Where(c => c.UserId == userId && c.ClientId == id).ToRowsAsync(db, caller, cancellationToken) is [var row]
            ? row
            : PhoneErrors.CallNotFound;
    }

    public Task<Result> SaveWorkAsync(string id, string note, Guid? dispositionId, CancellationToken cancellationToken = default) =>
        work.SaveAsync(id, note, dispositionId, cancellationToken);

    public Task<Result<IReadOnlyList<PhoneCallRow>>> ListOpenAsync(CallFilter filter, int count = 50, CancellationToken cancellationToken = default) =>
        open.ListAsync(filter, Math.Clamp(count, 1, MaxCount), cancellationToken);

    public async Task<Result<IReadOnlyList<PhoneCallRow>>> ListOfCallAsync(Guid callId, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.View))
        {
            return AccessErrors.Denied;
        }

        var reach = await reaches.ReadAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<Call>().Within(db, reach).AnyAsync(call => call.Id == callId, cancellationToken)
            ? Done(await db.Set<PhoneCall>().Where(c => c.CallId == callId).OrderBy(c => c.StartedAtUtc).ThenBy(c => c.Id).ToRowsAsync(db, caller, cancellationToken))
            : CallErrors.NotFound;
    }

    public IDisposable Subscribe(Func<Task> changed) => notices.Subscribe(NoticeTopic.PhoneCalls, tenant.TenantId, changed);

    // An interface does not convert by itself.
    private static Result<IReadOnlyList<PhoneCallRow>> Done(IReadOnlyList<PhoneCallRow> rows) => new List<PhoneCallRow>(rows);

    private Guid? Caller() => caller.May(Permissions.Extensions.Own) ? caller.UserId : null;
}

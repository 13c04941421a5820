using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Figures;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.Figures;

/// <summary>Calls written straight into the table, with the sums kept by the follower as the writer would have it.</summary>
internal sealed class FigureCalls(TestDatabase database, TenantInfo tenant, Guid pbxId)
{
    private readonly PostgreSqlCallBulkWriter _bulk = new();

    public static Call Make(
        TenantInfo tenant,
        Guid pbxId,
        DateTime startedAtUtc,
        CallOutcome outcome = CallOutcome.Answered,
        int wait = 10,
        int talk = 60,
        string queue = "6500",
        CallDirection direction = CallDirection.Inbound,
        string via = "",
        string from = "+353209100123",
        string to = "014960000",
        string trunk = "ITSP-A",
        long outside = 353209100123,
        int transfers = 0,
        Guid? id = null) => new()
        {
            Id = id ?? Guid.CreateVersion7(),
            TenantId = tenant.Id,
            PbxId = pbxId,
            CallKey = Guid.NewGuid().ToString("N"),
            StartedAtUtc = startedAtUtc,
            EndedAtUtc = startedAtUtc.AddSeconds(wait + talk),
            Direction = direction,
            Outcome = outcome,
            FromNumber = from,
            FromName = "",
            ToNumber = to,
            AnsweredBy = outcome == CallOutcome.Answered ? "1001" : "",
            Via = via.Length > 0 ? via : queue,
            Queue = queue,
            Trunk = direction == CallDirection.Internal ? "" : trunk,
            DurationSeconds = wait + talk,
            WaitSeconds = wait,
            TalkSeconds = outcome == CallOutcome.Answered ? talk : 0,
            LegCount = 1,
            HasRecording = false,
            FromTail = NumberTail.Of(from),
            ToTail = NumberTail.Of(to),
            AnsweredByTail = 0,
            OutsideE164 = direction == CallDirection.Internal ? 0 : outside,
            TransferCount = transfers,
        };

    public static CallParticipant Part(Call call, string extension, CallPart part = CallPart.Rang | CallPart.Answered, int talk = 60, int ring = 5) => new()
    {
        TenantId = call.TenantId,
        CallId = call.Id,
        Extension = extension,
        StartedAtUtc = call.StartedAtUtc,
        Part = part,
        Queue = call.Queue,
        Offers = 1,
        RingSeconds = ring,
        TalkSeconds = talk,
    };

    /// <summary>Adds, changes and removes calls in one transaction, and has the follower told.</summary>
    public async Task ApplyAsync(IReadOnlyList<CallChange> changes)
    {
        await using var db = database.As(tenant).CreateDbContext();
        await using var transaction = await db.Database.BeginTransactionAsync();
        await _bulk.LockAsync(db, pbxId, CancellationToken.None);
        var gone = changes.Where(change => change.Before is not null).Select(change => change.Before!.Id).ToList();
        await db.Set<CallParticipant>().Where(part => gone.Contains(part.CallId)).ExecuteDeleteAsync();
        await db.Set<Call>().Where(call => gone.Contains(call.Id)).ExecuteDeleteAsync();
        await _bulk.InsertAsync<Call, CallMap>(db, [.. changes.Where(change => change.After is not null).Select(change => change.After!)], CancellationToken.None);
        await _bulk.InsertAsync<CallParticipant, CallParticipantMap>(db, [.. changes.SelectMany(change => change.PartsAfter)], CancellationToken.None);
        await new FigureFollower(_bulk).FollowAsync(db, new CallChanges(tenant.Id, pbxId, changes, new Dictionary<Guid, Guid>()), CancellationToken.None);
        await transaction.CommitAsync();
    }

    public Task AddAsync(params IReadOnlyList<Call> calls) =>
        ApplyAsync([.. calls.Select(call => new CallChange(null, [], call, call.Outcome == CallOutcome.Answered ? [Part(call, "1001", talk: call.TalkSeconds)] : [], null))]);

    public FigureRecount Recount(TimeProvider? clock = null) =>
        new(database.As(tenant), _bulk, new FigureStore(new PostgreSqlFigureText()), clock ?? TimeProvider.System);
}

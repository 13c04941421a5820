using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Tests.Erasure;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static CallCenter.Tests.Calls.TestLegs;

namespace CallCenter.Tests.Calls;

/// <summary>Batches one after another, the next one prepared while one is written.</summary>
public sealed class CallWritingTests : IAsyncLifetime
{
    private static readonly Guid Tenant = Guid.NewGuid();
    private static readonly Guid Pbx = Guid.NewGuid();

    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Add_LegsOfOneCallInThreeBatches_MakeOneCallAsAWholeBatchDoes()
    {
        // Legs of the same call lie in each batch, tied by session only, between calls of their own.
        List<CdrLeg> tied =
        [
            Leg(uniqueId: "1772452800.9001", accountId: "9001", session: "1772452800-tied", answeredBy: ""),
            Leg(uniqueId: "1772452860.9002", accountId: "9002", session: "1772452800-tied", second: 60),
            Leg(uniqueId: "1772452920.9003", accountId: "9003", session: "1772452800-tied", second: 120),
        ];
        var batches = tied.Select((leg, i) => OneLegCalls(20, first: i * 20).Append(leg).ToArray()).ToList();

        await WriteAsync(Pbx, batches);
        var wholePbx = Guid.NewGuid();
        await WriterOf([]).WriteAsync(wholePbx, [.. batches.SelectMany(batch => batch)]);

        var calls = await CallsAsync(Pbx);
        Assert.Equal(61, calls.Count);
        Assert.Equal(3, calls.Single(call => call.CallKey == "1772452800.9001").LegCount);
        Assert.Equal((await CallsAsync(wholePbx)).Select(Facts), calls.Select(Facts));
        Assert.Equal(63, await LegsAsync(Pbx));
    }

    [Fact]
    public async Task Add_CheckpointsOfBatches_CountTheCallsBefore()
    {
        await using (var writing = WriterOf([]).Begin(Pbx, callsWritten: 100))
        {
            await writing.AddAsync(OneLegCalls(10), new SyncCheckpoint(Noon, 1, 10, 0, 0));
            await writing.AddAsync(OneLegCalls(10, first: 10), new SyncCheckpoint(Noon.AddHours(1), 2, 20, 0, 0));
            await writing.CompleteAsync();
            Assert.Equal(120, writing.CallsWritten);
        }

        await using var db = _database.As(Tenant).CreateDbContext();
        var state = await db.Set<CdrSyncState>().SingleAsync();
        Assert.Equal((Noon.AddHours(1), 20, 120), (state.CursorUtc, state.LegsRead, state.CallsWritten));
    }

    [Fact]
    public async Task Add_AfterAFailedWrite_WritesNothingMoreAndSaysWhy()
    {
        var failing = new Failing(atWrite: 2);
        await using var writing = WriterOf([failing]).Begin(Pbx);
        await writing.AddAsync(OneLegCalls(10), new SyncCheckpoint(Noon, 1, 10, 0, 0));
        await writing.AddAsync(OneLegCalls(10, first: 10), new SyncCheckpoint(Noon.AddHours(1), 2, 20, 0, 0));

        await Assert.ThrowsAsync<TimeoutException>(() => writing.AddAsync(OneLegCalls(10, first: 20), new SyncCheckpoint(Noon.AddHours(2), 3, 30, 0, 0)));
        await Assert.ThrowsAsync<TimeoutException>(writing.CompleteAsync);

        Assert.Equal(2, failing.Writes);
        Assert.Equal(10, (await CallsAsync(Pbx)).Count);
        await using var db = _database.As(Tenant).CreateDbContext();
        Assert.Equal(Noon, (await db.Set<CdrSyncState>().SingleAsync()).CursorUtc);
    }

    [Fact]
    public async Task Dispose_WithoutCompleting_WaitsForTheWrite()
    {
        var slow = new Failing(atWrite: 0);
        await using (var writing = WriterOf([slow]).Begin(Pbx))
        {
            await writing.AddAsync(OneLegCalls(10), null);
        }

        Assert.Equal(1, slow.Writes);
        Assert.Equal(10, (await CallsAsync(Pbx)).Count);
    }

    private async Task WriteAsync(Guid pbxId, IEnumerable<CdrLeg[]> batches)
    {
        await using var writing = WriterOf([]).Begin(pbxId);
        foreach (var batch in batches)
        {
            await writing.AddAsync(batch, null);
        }

        await writing.CompleteAsync();
    }

    private CallWriter WriterOf(IEnumerable<ICallFollower> followers) => new(_database.As(Tenant), new PostgreSqlCallBulkWriter(), followers, NoErasures.Numbers);

    private async Task<List<Call>> CallsAsync(Guid pbxId)
    {
        await using var db = _database.As(Tenant).CreateDbContext();
        return await db.Set<Call>().AsNoTracking().Where(call => call.PbxId == pbxId).OrderBy(call => call.StartedAtUtc).ThenBy(call => call.CallKey).ToListAsync();
    }

    private async Task<int> LegsAsync(Guid pbxId)
    {
        await using var db = _database.As(Tenant).CreateDbContext();
        var calls = db.Set<Call>().Select(call => call.Id);
        return await db.Set<CallLeg>().CountAsync(leg => leg.PbxId == pbxId && calls.Contains(leg.CallId));
    }

    private static string Facts(Call call) =>
        $"{call.CallKey} {call.StartedAtUtc:O} {call.EndedAtUtc:O} {call.Outcome} {call.AnsweredBy} {call.TalkSeconds} {call.LegCount} {call.Path} {call.OutsideE164}";

    private sealed class Failing(int atWrite) : ICallFollower
    {
        public int Writes { get; private set; }

        public Task FollowAsync(CallCenterDbContext db, CallChanges changes, CancellationToken cancellationToken) =>
            ++Writes == atWrite ? throw new TimeoutException("The follower had enough.") : Task.CompletedTask;
    }
}

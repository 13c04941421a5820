using CallCenter.Core.Calls;
using CallCenter.Core.Recordings;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Recordings;
using CallCenter.Tests.Erasure;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static CallCenter.Tests.Calls.TestLegs;

namespace CallCenter.Tests.Recordings;

/// <summary>Rows of recordings in step with the calls, through the real writer.</summary>
public sealed class RecordingFollowerTests : IAsyncLifetime
{
    private static readonly Guid Tenant = Guid.NewGuid();
    private static readonly Guid Pbx = Guid.NewGuid();

    private readonly ManualClock _clock = new(new DateTimeOffset(Noon.AddHours(1), TimeSpan.Zero));
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Write_LegsWithRecordings_AreWaitingOnceEach()
    {
        await WriteAsync([Recorded("2026-03/a.wav", "2026-03/b+4470#1.wav") with { AccountId = "1" }, Recorded("2026-03/a.wav") with { AccountId = "2" }]);

        var rows = await RowsAsync();
        Assert.Equal(["2026-03/a.wav", "2026-03/b+4470#1.wav"], rows.Select(row => row.PbxName));
        var call = await CallAsync();
        Assert.All(rows, row => Assert.Equal(
            (Tenant, Pbx, call.Id, RecordingState.Waiting, Noon.AddSeconds(5), 55, _clock.GetUtcNow().UtcDateTime),
            (row.TenantId, row.PbxId, row.CallId, row.State, row.StartedAtUtc, row.DurationSeconds, row.NextAttemptUtc)));
    }

    [Fact]
    public async Task Write_SameNameOfTwoPbxs_AreTwo()
    {
        await WriteAsync([Recorded("a.wav")]);
        await WriteAsync([Recorded("a.wav")], Guid.NewGuid());

        Assert.Equal(2, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task Write_LateLegJoinsCalls_TheirRecordingsMoveToTheOneThatStays()
    {
        await WriteAsync([
            Recorded("a.wav") with { UniqueId = "1772452800.100", AccountId = "1", Session = "1772452800111-a" },
            Recorded("b.wav") with { UniqueId = "1772452900.200", AccountId = "2", Session = "1772452900222-b", StartLocal = Noon.AddSeconds(100), StartUtc = Noon.AddSeconds(100) },
        ]);
        Assert.Equal(2, (await RowsAsync()).Select(row => row.CallId).Distinct().Count());

        await WriteAsync([Leg(uniqueId: "1772452900.200", accountId: "3", session: "1772452800111-a", second: 50)]);

        var call = await CallAsync();
        Assert.Equal([call.Id, call.Id], (await RowsAsync()).Select(row => row.CallId));
    }

    [Fact]
    public async Task Write_LateFileName_MakesARowThen()
    {
        await WriteAsync([Leg()]);
        Assert.Empty(await RowsAsync());

        await WriteAsync([Recorded("late.wav")]);

        Assert.Equal(RecordingState.Waiting, Assert.Single(await RowsAsync()).State);
    }

    [Theory]
    [InlineData(RecordingState.Missing, RecordingState.Waiting)]
    [InlineData(RecordingState.Corrupt, RecordingState.Waiting)]
    [InlineData(RecordingState.Stored, RecordingState.Stored)]
    [InlineData(RecordingState.Deleted, RecordingState.Deleted)]
    [InlineData(RecordingState.Deleting, RecordingState.Deleting)]
    public async Task Write_LegNamesAKnownFileAgain_WakesOnlyWhatWasNotThere(RecordingState before, RecordingState after)
    {
        await WriteAsync([Recorded("a.wav")]);
        await using (var db = _database.As(Tenant).CreateDbContext())
        {
            var row = await db.Set<Recording>().SingleAsync();
            (row.State, row.Attempts, row.NextAttemptUtc) = (before, 9, null);
            await db.SaveChangesAsync();
        }

        await WriteAsync([Recorded("a.wav") with { DurationSeconds = 61 }]);

        var now = Assert.Single(await RowsAsync());
        Assert.Equal((after, after == RecordingState.Waiting ? 0 : 9), (now.State, now.Attempts));
        Assert.Equal(after == RecordingState.Waiting, now.NextAttemptUtc is not null);
    }

    [Fact]
    public async Task Write_SameNamesOfAnotherTenant_LeavesItsRowsAlone()
    {
        await WriteAsync([Recorded("a.wav")]);
        await using (var db = _database.As(Tenant).CreateDbContext())
        {
            (await db.Set<Recording>().SingleAsync()).State = RecordingState.Missing;
            await db.SaveChangesAsync();
        }

        var bulk = new PostgreSqlCallBulkWriter();
        var other = Guid.NewGuid();
        await new CallWriter(_database.As(other), bulk, [new RecordingFollower(bulk, _clock)], NoErasures.Numbers).WriteAsync(Pbx, [Recorded("a.wav")]);

        Assert.Equal(RecordingState.Missing, Assert.Single(await RowsAsync()).State);
        await using var others = _database.As(other).CreateDbContext();
        Assert.Equal(RecordingState.Waiting, (await others.Set<Recording>().SingleAsync()).State);
    }

    private static CdrLeg Recorded(params string[] files) => Leg() with { RecordingFiles = files };

    private async Task WriteAsync(IReadOnlyList<CdrLeg> legs, Guid? pbx = null)
    {
        var bulk = new PostgreSqlCallBulkWriter();
        await new CallWriter(_database.As(Tenant), bulk, [new RecordingFollower(bulk, _clock)], NoErasures.Numbers).WriteAsync(pbx ?? Pbx, legs);
    }

    private async Task<Call> CallAsync()
    {
        await using var db = _database.As(Tenant).CreateDbContext();
        return await db.Set<Call>().SingleAsync();
    }

    private async Task<List<Recording>> RowsAsync()
    {
        await using var db = _database.As(Tenant).CreateDbContext();
        return await db.Set<Recording>().AsNoTracking().OrderBy(row => row.PbxName).ToListAsync();
    }
}

using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Calls;
using CallCenter.Tests.Erasure;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static CallCenter.Tests.Calls.TestLegs;

namespace CallCenter.Tests.Calls;

public sealed class CallWriterTests : IAsyncLifetime
{
    private static readonly Guid Tenant = Guid.NewGuid();
    private static readonly Guid OtherTenant = Guid.NewGuid();
    private static readonly Guid Pbx = Guid.NewGuid();

    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task WriteAsync_NewLegs_StoresLegsAndTheirCall()
    {
        var result = await WriteAsync([Leg(accountId: "1", answeredBy: ""), Leg(accountId: "2", second: 20)]);

        Assert.Equal(new CallWriteResult(2, 0, 1, 0, 0), result);
        var call = Assert.Single(await CallsAsync());
        Assert.Equal("1772452800.1", call.CallKey);
        Assert.Equal(2, call.LegCount);
        Assert.Equal(Noon, call.StartedAtUtc);
        Assert.Equal(NumberTail.Of("+353209100123"), call.FromTail);
        Assert.Equal(Tenant, call.TenantId);
        Assert.All(await LegsAsync(), leg => Assert.Equal((call.Id, Tenant), (leg.CallId, leg.TenantId)));
    }

    [Fact]
    public async Task WriteAsync_SameLegsAgain_WritesNothing()
    {
        var legs = OneLegCalls(50);
        await WriteAsync(legs);
        var before = await CallsAsync();

        var again = await WriteAsync(legs);

        Assert.True(again.WroteNothing);
        Assert.Equivalent(before, await CallsAsync(), strict: true);
    }

    [Fact]
    public async Task WriteAsync_SameKeyTwiceInBatch_KeepsTheLast()
    {
        await WriteAsync([Leg(duration: 60), Leg(duration: 70)]);

        Assert.Equal(70, Assert.Single(await LegsAsync()).DurationSeconds);
    }

    [Fact]
    public async Task WriteAsync_SameIdsInNextMonth_AreTwoLegs()
    {
        await WriteAsync([Leg(uniqueId: "1772452800.11", accountId: "1"), Leg(uniqueId: "1772452800.11", accountId: "1", second: 86_400 * 30)]);

        Assert.Equal(2, (await LegsAsync()).Count);
    }

    [Fact]
    public async Task WriteAsync_LateLegOfKnownCall_RebuildsTheCallUnderItsId()
    {
        await WriteAsync([Leg(accountId: "2", second: 20)]);
        var before = Assert.Single(await CallsAsync());

        var result = await WriteAsync([Leg(accountId: "1", answeredBy: "")]);

        var after = Assert.Single(await CallsAsync());
        Assert.Equal(new CallWriteResult(1, 0, 0, 1, 0), result);
        Assert.Equal((before.Id, 2, Noon), (after.Id, after.LegCount, after.StartedAtUtc));
    }

    [Fact]
    public async Task WriteAsync_ChangedLeg_ChangesLegAndCall()
    {
        await WriteAsync([Leg(duration: 60)]);

        var result = await WriteAsync([Leg(duration: 60) with { RecordingFiles = ["2026-03/a.wav", "2026-03/b.wav"] }]);

        Assert.Equal(new CallWriteResult(0, 1, 0, 1, 0), result);
        Assert.True(Assert.Single(await CallsAsync()).HasRecording);
        Assert.Equal("2026-03/a.wav\n2026-03/b.wav", Assert.Single(await LegsAsync()).RecordingFiles);
    }

    [Fact]
    public async Task WriteAsync_LateLegLinksTwoCalls_MergesThemAndMovesTheLegs()
    {
        await WriteAsync([Leg(uniqueId: "1772452800.100", accountId: "1", session: "1772452800111-a"), Leg(uniqueId: "1772452900.200", accountId: "2", session: "1772452900222-b", second: 100)]);
        var first = (await CallsAsync()).Single(call => call.CallKey == "1772452800.100");

        var result = await WriteAsync([Leg(uniqueId: "1772452900.200", accountId: "3", session: "1772452800111-a", second: 50)]);

        var call = Assert.Single(await CallsAsync());
        Assert.Equal(new CallWriteResult(1, 1, 0, 1, 1), result);
        Assert.Equal((first.Id, "1772452800.100", 3), (call.Id, call.CallKey, call.LegCount));
        Assert.All(await LegsAsync(), leg => Assert.Equal(call.Id, leg.CallId));
        Assert.All(await LegsAsync(), leg => Assert.Equal("{}", leg.Raw));
    }

    [Fact]
    public async Task WriteAsync_EarlierLegUnderAnotherId_TakesOverTheCallsId()
    {
        await WriteAsync([Leg(uniqueId: "1772452900.200", session: "1772452800333-c", second: 100)]);
        var before = Assert.Single(await CallsAsync());

        await WriteAsync([Leg(uniqueId: "1772452800.100", session: "1772452800333-c")]);

        var after = Assert.Single(await CallsAsync());
        Assert.Equal((before.Id, "1772452800.100"), (after.Id, after.CallKey));
    }

    [Fact]
    public async Task WriteAsync_LinkOverSeveralHops_IsFollowed()
    {
        await WriteAsync([Leg(uniqueId: "1772452800.11", accountId: "1", session: "1772452800444-a")]);
        await WriteAsync([Leg(uniqueId: "1772452800.11", accountId: "2", session: "1772452810555-b", second: 10)]);
        await WriteAsync([Leg(uniqueId: "1772452820.21", accountId: "3", session: "1772452810555-b", second: 20)]);
        await WriteAsync([Leg(uniqueId: "1772452820.21", accountId: "4", session: "1772452830666-c", second: 30)]);

        Assert.Equal(4, Assert.Single(await CallsAsync()).LegCount);
    }

    [Fact]
    public async Task WriteAsync_InAnyOrderAndSplit_GivesTheSameCalls()
    {
        var legs = Enumerable.Range(0, 40).Select(i => Leg(
            uniqueId: $"17724528{i / 4:00}.1", accountId: $"{i}", session: $"17724528{i / 8:00}777-s", second: i * 10, answeredBy: i % 3 == 0 ? "1001" : "")).ToList();
        var random = new Random(20261121);

        await WriteAsync(legs);
        var expected = (await CallsAsync()).Select(Facts).Order().ToList();
        var otherPbx = Guid.NewGuid();
        foreach (var part in legs.OrderBy(_ => random.Next()).Chunk(7))
        {
            await WriterOf(Tenant).WriteAsync(otherPbx, part);
        }

        Assert.Equal(expected, (await CallsAsync(otherPbx)).Select(Facts).Order());
    }

    [Fact]
    public async Task WriteAsync_SameIdsInOtherTenantAndOtherPbx_StayApart()
    {
        await WriteAsync([Leg()]);
        var before = Assert.Single(await CallsAsync());

        await WriterOf(OtherTenant).WriteAsync(Pbx, [Leg(duration: 99)]);
        await WriterOf(Tenant).WriteAsync(Guid.NewGuid(), [Leg(duration: 98)]);

        Assert.Equivalent(before, Assert.Single(await CallsAsync()), strict: true);
        await using var other = _database.As(OtherTenant).CreateDbContext();
        Assert.Equal(OtherTenant, Assert.Single(await other.Set<Call>().ToListAsync()).TenantId);
        Assert.Equal(OtherTenant, Assert.Single(await other.Set<CallLeg>().ToListAsync()).TenantId);
    }

    [Fact]
    public async Task WriteAsync_LegsWithoutUniqueId_AreStoredOnceEach()
    {
        CdrLeg[] legs = [Leg(uniqueId: "", accountId: "7"), Leg(uniqueId: "", accountId: "8", second: 90_000)];
        await WriteAsync(legs);

        var again = await WriteAsync(legs);

        Assert.True(again.WroteNothing);
        Assert.Equal(2, (await LegsAsync()).Count);
    }

    [Fact]
    public async Task WriteAsync_TextNoDatabaseTakes_IsRepairedNotLost()
    {
        var leg = Leg(raw: "{\0}\ud800") with { CallerName = new string('x', 119) + "😀", LastData = new string('d', 5000), Source = new string('9', 200) };

        await WriteAsync([leg]);
        var again = await WriteAsync([leg]);

        var stored = Assert.Single(await LegsAsync());
        Assert.True(again.WroteNothing);
        Assert.Equal("{}\ufffd", stored.Raw);
        Assert.Equal(new string('x', 119), stored.CallerName);
        Assert.Equal(5000, stored.LastData.Length);
        Assert.Equal(Call.NumberMaxLength, stored.Source.Length);
    }

    [Fact]
    public async Task WriteAsync_Checkpoint_IsSavedWithTheRowsAndNeverGoesBack()
    {
        await WriterOf(Tenant).WriteAsync(Pbx, OneLegCalls(3), new SyncCheckpoint(Noon, 1, 3, 0, 10));
        await WriterOf(Tenant).WriteAsync(Pbx, [], new SyncCheckpoint(Noon.AddHours(-1), 2, 3, 1, 13));
        await WriterOf(Tenant).WriteAsync(Pbx, [], new SyncCheckpoint(null, 3, 3, 1, 13));

        await using var db = _database.As(Tenant).CreateDbContext();
        var state = await db.Set<CdrSyncState>().SingleAsync();
        Assert.Equal((Noon, 3, 1, 13), (state.CursorUtc, state.PagesRead, state.SkippedRows, state.CallsWritten));
        await using var other = _database.As(OtherTenant).CreateDbContext();
        Assert.Empty(await other.Set<CdrSyncState>().ToListAsync());
    }

    [Fact]
    public async Task WriteAsync_Cancelled_LeavesNothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => WriterOf(Tenant).WriteAsync(Pbx, OneLegCalls(3), new SyncCheckpoint(Noon, 1, 3, 0, 0), cancelled.Token));

        Assert.Empty(await CallsAsync());
    }

    [Fact]
    public async Task WriteAsync_ManyWritersAtOnce_DoubleNothing()
    {
        var legs = OneLegCalls(400);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(n => Task.Run(async () =>
        {
            foreach (var part in legs.Skip(n * 20).Chunk(50))
            {
                await WriterOf(Tenant).WriteAsync(Pbx, part);
            }
        })));

        Assert.Equal(400, (await CallsAsync()).Count);
        Assert.Equal(400, (await LegsAsync()).Count);
    }

    private static string Facts(Call call) =>
        $"{call.CallKey} {call.StartedAtUtc:O} {call.EndedAtUtc:O} {call.Outcome} {call.AnsweredBy} {call.TalkSeconds} {call.LegCount}";

    private CallWriter WriterOf(Guid tenantId) => new(_database.As(tenantId), new PostgreSqlCallBulkWriter(), [], NoErasures.Numbers);

    private Task<CallWriteResult> WriteAsync(IReadOnlyCollection<CdrLeg> legs) => WriterOf(Tenant).WriteAsync(Pbx, legs);

    private async Task<List<Call>> CallsAsync(Guid? pbxId = null)
    {
        await using var db = _database.As(Tenant).CreateDbContext();
        var pbx = pbxId ?? Pbx;
        return await db.Set<Call>().AsNoTracking().Where(call => call.PbxId == pbx).OrderBy(call => call.StartedAtUtc).ToListAsync();
    }

    private async Task<List<CallLeg>> LegsAsync()
    {
        await using var db = _database.As(Tenant).CreateDbContext();
        return await db.Set<CallLeg>().AsNoTracking().Where(leg => leg.PbxId == Pbx).ToListAsync();
    }
}

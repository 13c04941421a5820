using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Tests.Erasure;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using static CallCenter.Tests.Calls.TestLegs;

namespace CallCenter.Tests.Calls;

public sealed class CallRebuildTests : IAsyncLifetime
{
    private static readonly Guid Pbx = Guid.NewGuid();

    private readonly TenantInfo _tenant = new(Guid.NewGuid(), "demo", "Demo", "Europe/Dublin", "IE", "en");
    private readonly TenantInfo _other = new(Guid.NewGuid(), "other", "Other", "Asia/Riyadh", "SA", "ar");
    private readonly Recorder _recorder = new();
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task RunAsync_CallsOfOlderRules_AreAsIfWrittenToday()
    {
        List<CdrLeg> legs =
        [
            .. OneLegCalls(700),
            Leg("1772460000.7", "9001", second: 7200, duration: 30),
            Leg("1772460000.7", "9002", second: 7230, duration: 60, answeredBy: "1002") with { Action = LegAction.Transfer },
        ];
        await WriterOf(_tenant).WriteAsync(Pbx, legs);
        await WriterOf(_other).WriteAsync(Pbx, [Leg()]);
        var (calls, parts) = (await CallsAsync(), await PartsAsync());
        await AgeAsync();
        await using (var db = await OpenAsync(_tenant))
        {
            await db.Set<Call>().ExecuteUpdateAsync(set => set.SetProperty(call => call.Path, "").SetProperty(call => call.TransferCount, 9));
            await db.Set<CallParticipant>().ExecuteDeleteAsync();
        }

        _recorder.Changes.Clear();
        Assert.False(await RebuildOf(_tenant).RunAsync(1, default));
        Assert.True(await RebuildOf(_tenant).RunAsync(10, default));

        Assert.Equivalent(calls, await CallsAsync(), strict: true);
        Assert.Equivalent(parts, await PartsAsync(), strict: true);
        Assert.Equal(701, _recorder.Changes.Select(change => change.After!.Id).Distinct().Count());
        await using var other = await OpenAsync(_other);
        Assert.Equal(CallAssembler.RulesVersion, (await other.Set<Call>().SingleAsync()).RulesVersion);
    }

    [Fact]
    public async Task RunAsync_NothingOld_TouchesNothing()
    {
        await WriterOf(_tenant).WriteAsync(Pbx, OneLegCalls(3));
        _recorder.Changes.Clear();

        Assert.True(await RebuildOf(_tenant).RunAsync(1, default));

        Assert.Empty(_recorder.Changes);
    }

    [Fact]
    public async Task RunAsync_OldCallWithoutLegs_IsNotMetAgain()
    {
        await WriterOf(_tenant).WriteAsync(Pbx, OneLegCalls(1));
        await AgeAsync();
        await using (var db = await OpenAsync(_tenant))
        {
            await db.Set<CallLeg>().ExecuteDeleteAsync();
        }

        Assert.True(await RebuildOf(_tenant).RunAsync(3, default));

        Assert.Equal(CallAssembler.RulesVersion, Assert.Single(await CallsAsync()).RulesVersion);
    }

    [Fact]
    public async Task AddAsync_LegThatIsStored_StaysAsItIs()
    {
        await WriterOf(_tenant).WriteAsync(Pbx, [Leg() with { RecordingFiles = ["2026-03/a.wav"] }]);

        var result = await WriterOf(_tenant).AddAsync(Pbx, [Leg(raw: "other"), Leg(accountId: "2", second: 90)]);

        Assert.Equal(new CallWriteResult(1, 0, 0, 1, 0), result);
        var call = Assert.Single(await CallsAsync());
        Assert.Equal((2, true), (call.LegCount, call.HasRecording));
    }

    [Fact]
    public async Task RawLegs_OfACallWithinReach_AreReadAndAudited()
    {
        await WriterOf(_tenant).WriteAsync(Pbx, [Leg(raw: """{"AcctId":"1"}""")]);
        var call = Assert.Single(await CallsAsync());
        var raw = RawOf(_tenant);

        var legs = (await raw.ReadAsync(call.Id)).Value;

        Assert.Equal(("""{"AcctId":"1"}""", TimeSpan.Zero), (Assert.Single(legs).Raw, legs[0].Offset));
        Assert.Equal(CallErrors.NotFound, (await RawOf(_other).ReadAsync(call.Id)).Error);
        await using var db = await OpenAsync(_tenant);
        var entry = Assert.Single(await db.Set<AuditEntry>().ToListAsync());
        Assert.Equal((CallAuditActions.RawRead, call.Id.ToString("D"), call.CallKey), (entry.Action, entry.SubjectId, entry.SubjectName));
    }

    [Fact]
    public async Task RawLegs_WithoutPermission_IsDenied()
    {
        var nobody = new ScopeContext();
        nobody.SignIn(Guid.NewGuid(), "someone", false, null);
        var contexts = _database.As(_tenant);

        Assert.Equal(AccessErrors.Denied, (await new RawLegs(contexts, nobody, new CallReaches(contexts, nobody), new AuditTrail(nobody, nobody, new ManualClock(Noon))).ReadAsync(Guid.NewGuid())).Error);
    }

    private CallWriter WriterOf(TenantInfo tenant) => new(_database.As(tenant), new PostgreSqlCallBulkWriter(), [_recorder], NoErasures.Numbers);

    private CallRebuild RebuildOf(TenantInfo tenant) => new(_database.As(tenant), WriterOf(tenant), new TenantNotices(new ManualClock(Noon), NullLogger<TenantNotices>.Instance));

    private RawLegs RawOf(TenantInfo tenant)
    {
        var scope = new ScopeContext();
        scope.EnterAsSystem(tenant, "test");
        return new RawLegs(_database.As(tenant), scope, new CallReaches(_database.As(tenant), scope), new AuditTrail(scope, scope, new ManualClock(Noon)));
    }

    private Task<CallCenterDbContext> OpenAsync(TenantInfo tenant) => _database.As(tenant).CreateDbContextAsync();

    private async Task AgeAsync()
    {
        await using var db = await OpenAsync(_tenant);
        await db.Set<Call>().ExecuteUpdateAsync(set => set.SetProperty(call => call.RulesVersion, 1));
    }

    private async Task<List<Call>> CallsAsync()
    {
        await using var db = await OpenAsync(_tenant);
        return await db.Set<Call>().AsNoTracking().OrderBy(call => call.CallKey).ToListAsync();
    }

    private async Task<List<CallParticipant>> PartsAsync()
    {
        await using var db = await OpenAsync(_tenant);
        return await db.Set<CallParticipant>().AsNoTracking().OrderBy(part => part.CallId).ThenBy(part => part.Extension).ToListAsync();
    }

    private sealed class Recorder : ICallFollower
    {
        public List<CallChange> Changes { get; } = [];

        public Task FollowAsync(CallCenterDbContext db, CallChanges changes, CancellationToken cancellationToken)
        {
            Changes.AddRange(changes.Changes);
            return Task.CompletedTask;
        }
    }
}

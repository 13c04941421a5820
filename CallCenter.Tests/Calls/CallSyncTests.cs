using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Jobs;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls.Sync;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using static CallCenter.Tests.Calls.TestLegs;

namespace CallCenter.Tests.Calls;

public sealed class CallSyncTests : IAsyncLifetime
{
    private static readonly Guid PbxId = Guid.NewGuid();

    private readonly ManualClock _clock = new(new DateTimeOffset(Noon).AddDays(40));
    private readonly ScriptedCdrSource _source = new();
    private readonly IPbxDirectory _directory = Substitute.For<IPbxDirectory>();
    private TestDatabase _database = null!;
    private TenantInfo _tenant = null!;
    private TenantInfo _other = null!;
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        _tenant = await _database.AddTenantAsync("demo", "Europe/Dublin");
        _other = await _database.AddTenantAsync("other");
        _directory.GetAsync(default).ReturnsForAnyArgs(new PbxEndpoint(
            _tenant.Id, PbxId, PbxKind.Ucm, "pbx.example.test", 8089, "/ws", "api", new Secret("x"), null, "Europe/Dublin"));
        _services = _database.CreateServices(services => services
            .AddSingleton<TimeProvider>(_clock)
            .AddSingleton<ICdrSource>(_source)
            .AddSingleton(_directory)
            .AddSingleton(CallSyncRules.Default with { LegsPerWrite = 25, Retries = [TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)] }));
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task StartAsync_FirstTime_ReadsFromTheOldestRowToNow()
    {
        _source.Legs.AddRange(OneLegCalls(120));

        var last = await RunAsync();

        Assert.Equal(CallSyncPhase.Done, last.Phase);
        Assert.Equal((120, 120), (last.LegsRead, last.CallsWritten));
        Assert.Equal(120, await CallCountAsync());
        var state = await StateAsync();
        Assert.Equal(_clock.GetUtcNow().UtcDateTime, state.CursorUtc);
        Assert.Equal((0, null, null), (state.FailedAttempts, state.NextAttemptAtUtc, state.StoppedAtUtc));
        Assert.NotNull(state.CaughtUpAtUtc);

        // The newest days come first, and do not stand in for the history.
        var (newest, windows) = (_source.Windows[0], _source.Windows[1..]);
        Assert.Equal((windows[^1].ToUtc.AddDays(-2), windows[^1].ToUtc), (newest.FromUtc, newest.ToUtc));
        Assert.Equal(Noon.AddDays(-1), windows[0].FromUtc);
        Assert.All(windows.Zip(windows.Skip(1)), pair => Assert.Equal(pair.First.ToUtc, pair.Second.FromUtc));
        Assert.True(windows[1].ToUtc - windows[1].FromUtc > windows[0].ToUtc - windows[0].FromUtc);
    }

    [Fact]
    public async Task StartAsync_FailsAfterTheNewest_KeepsThemAndGoesOnWithTheHistory()
    {
        _source.Legs.AddRange(OneLegCalls(120));
        _source.Legs.Add(OneLegCalls(1).Single() with { UniqueId = "today.1", AccountId = "today", StartUtc = _clock.GetUtcNow().UtcDateTime.AddHours(-1) });
        _source.BeforePage = page => page == 1 ? TelephonyErrors.WrongCredentials : null;

        await RunAsync();

        Assert.Equal(1, await CallCountAsync());
        Assert.Null((await StateAsync()).CaughtUpAtUtc);
        Assert.True((await StateAsync()).CursorUtc < Noon);
    }

    [Fact]
    public async Task StartAsync_Again_WritesNothingAndReadsOnlyTheOverlap()
    {
        _source.Legs.AddRange(OneLegCalls(120));
        await RunAsync();
        await RunAsync();
        _source.Windows.Clear();

        var last = await RunAsync();

        Assert.Equal(0, last.CallsWritten);
        Assert.Equal(120, await CallCountAsync());
        Assert.Equal(_clock.GetUtcNow().UtcDateTime.AddHours(-3), Assert.Single(_source.Windows).FromUtc);
    }

    [Fact]
    public async Task StartAsync_EmptyPbx_SucceedsAndFindsTheFirstCallLater()
    {
        await RunAsync();
        _clock.Advance(TimeSpan.FromHours(5));
        _source.Legs.Add(At(_clock.GetUtcNow().AddMinutes(-5)));

        var last = await RunAsync();

        Assert.Equal(1, last.CallsWritten);
    }

    [Fact]
    public async Task StartAsync_LegArrivesTwoHoursAfterItsStart_IsFound()
    {
        await RunAsync();
        var start = _clock.GetUtcNow();
        for (var i = 0; i < 40; i++)
        {
            _clock.Advance(TimeSpan.FromMinutes(3));
            await RunAsync();
        }

        _source.Legs.Add(At(start.AddMinutes(-30)));
        await RunAsync();

        Assert.Equal(1, await CallCountAsync());
    }

    [Fact]
    public async Task StartAsync_PassingFailure_IsTriedAgainWithinTheRun()
    {
        _source.Legs.AddRange(OneLegCalls(30));
        var failures = 2;
        _source.BeforePage = page => page == 1 && failures-- > 0 ? TelephonyErrors.Dropped : null;

        var last = await RunAsync();

        Assert.Equal(CallSyncPhase.Done, last.Phase);
        Assert.Equal(30, await CallCountAsync());
    }

    [Fact]
    public async Task StartAsync_FailureThatStays_KeepsWhatCameAndSaysSo()
    {
        _source.Legs.AddRange(OneLegCalls(50));
        _source.BeforePage = page => page >= 3 ? TelephonyErrors.TimedOut : null;

        var last = await RunAsync();

        Assert.Equal((CallSyncPhase.Failed, TelephonyErrors.TimedOut), (last.Phase, last.Error));
        Assert.Equal(30, await CallCountAsync());
        var state = await StateAsync();
        Assert.Equal((1, TelephonyErrors.TimedOut.Code, null), (state.FailedAttempts, state.LastErrorCode, state.StoppedAtUtc));
        Assert.InRange(state.NextAttemptAtUtc!.Value - _clock.GetUtcNow().UtcDateTime, TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1));
        Assert.Equal(Noon.AddDays(-1), state.CursorUtc);

        _source.BeforePage = _ => null;
        await RunAsync();
        Assert.Equal(50, await CallCountAsync());
        Assert.Equal(0, (await StateAsync()).FailedAttempts);
    }

    [Fact]
    public async Task StartAsync_WrongCredentials_StopsUntilTheSettingsChange()
    {
        _source.Legs.AddRange(OneLegCalls(5));
        var asked = 0;
        _source.BeforePage = _ =>
        {
            asked++;
            return TelephonyErrors.WrongCredentials;
        };

        await RunAsync();

        Assert.Equal(1, asked);
        Assert.NotNull((await StateAsync()).StoppedAtUtc);
        Assert.True(await MustWaitAsync());
        _clock.Advance(TimeSpan.FromDays(3));
        Assert.True(await MustWaitAsync());
        var status = await StatusOf(_tenant);
        Assert.Equal((true, TelephonyErrors.WrongCredentials.Code), (status.IsStopped, status.LastErrorCode));

        await ChangeSettingsAsync();
        Assert.False(await MustWaitAsync());
    }

    [Fact]
    public async Task StartAsync_SourceThrows_FailsWithAWordAndTheStateKnows()
    {
        _source.Legs.AddRange(OneLegCalls(5));
        _source.BeforePage = _ => throw new InvalidOperationException("boom");

        var last = await RunAsync();

        Assert.Equal(CallErrors.SyncFailed, last.Error);
        Assert.Equal(CallErrors.SyncFailed.Code, (await StateAsync()).LastErrorCode);
    }

    [Fact]
    public async Task CancelAsync_InTheMiddle_LeavesWholeCallsAndTheNextRunCompletes()
    {
        _source.Legs.AddRange(OneLegCalls(100));
        using var reached = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        _source.BeforePage = page =>
        {
            if (page == 6)
            {
                reached.Release();
                goOn.Wait();
            }

            return null;
        };
        var sync = SyncOf(_tenant);
        await sync.StartAsync();
        await reached.WaitAsync();

        var cancelled = await sync.CancelAsync();
        var run = _services.GetRequiredService<CallSyncRuns>().Find(_tenant.Id)!;
        goOn.Release();
        var last = await run.Completion;

        Assert.True(cancelled.Succeeded);
        Assert.Equal(CallSyncPhase.Cancelled, last.Phase);
        Assert.InRange(await CallCountAsync(), 1, 99);
        Assert.NotNull((await StateAsync()).RunEndedAtUtc);
        Assert.Equal(Noon.AddDays(-1), (await StateAsync()).CursorUtc);

        _source.BeforePage = _ => null;
        await RunAsync();
        Assert.Equal(100, await CallCountAsync());
    }

    [Fact]
    public async Task StartAsync_WhileOneRuns_JoinsIt()
    {
        _source.Legs.AddRange(OneLegCalls(20));
        using var reached = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        _source.BeforePage = page =>
        {
            if (page == 1)
            {
                reached.Release();
                goOn.Wait();
            }

            return null;
        };
        await SyncOf(_tenant).StartAsync();
        await reached.WaitAsync();
        var run = _services.GetRequiredService<CallSyncRuns>().Find(_tenant.Id)!;

        var joined = await SyncOf(_tenant).StartAsync();
        var status = await StatusOf(_tenant);
        goOn.Release();
        await run.Completion;

        Assert.Equal(1, joined.Value.PagesRead);
        Assert.Equal(run.Progress.StartedAtUtc, status.Running!.StartedAtUtc);
        Assert.Equal(2, _source.PagesServed);
        await using var db = _database.As(_tenant).CreateDbContext();
        Assert.Single(await db.Set<AuditEntry>().Where(entry => entry.Action == CallAuditActions.SyncStarted).ToListAsync());
    }

    [Fact]
    public async Task StartAsync_AnotherNodeHoldsTheLease_SaysSo()
    {
        await using var lease = await _services.GetRequiredService<ILeases>().TryAcquireAsync($"cdr-sync:{PbxId:N}", TimeSpan.FromMinutes(1));

        Assert.Equal(CallErrors.SyncRunsElsewhere, (await SyncOf(_tenant).StartAsync()).Error);
    }

    [Fact]
    public async Task StartAsync_WithoutPermission_IsDenied()
    {
        await using var scope = _services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.SignIn(Guid.NewGuid(), "agent", false, null);
        context.EnterTenant(_tenant, TenantRole.Agent);
        var sync = scope.ServiceProvider.GetRequiredService<ICallSync>();

        Assert.Equal(AccessErrors.Denied, (await sync.StartAsync()).Error);
        Assert.Equal(AccessErrors.Denied, (await sync.CancelAsync()).Error);
        Assert.True((await sync.GetStatusAsync()).Succeeded);
    }

    [Fact]
    public async Task GetStatusAsync_OtherTenant_KnowsNothingOfIt()
    {
        _source.Legs.AddRange(OneLegCalls(5));
        await RunAsync();

        var status = await StatusOf(_other);

        Assert.Equal((null, null), (status.CursorUtc, status.LastSucceededAtUtc));
        Assert.NotNull((await StatusOf(_tenant)).LastSucceededAtUtc);
        Assert.Equal(CallErrors.SyncNotRunning, (await SyncOf(_other).CancelAsync()).Error);
    }

    [Fact]
    public async Task GetStatusAsync_NoPbx_IsNotConfigured()
    {
        _directory.GetAsync(default).ReturnsForAnyArgs(TelephonyErrors.NotConfigured);

        Assert.False((await StatusOf(_tenant)).IsConfigured);
        Assert.Equal(TelephonyErrors.NotConfigured, (await SyncOf(_tenant).StartAsync()).Error);
    }

    [Fact]
    public async Task Job_TenantWithPbx_SyncsItAndRespectsThePause()
    {
        _source.Legs.AddRange(OneLegCalls(5));
        _directory.ListConfiguredTenantsAsync(default).ReturnsForAnyArgs([_tenant]);
        var job = _services.GetRequiredService<CallSyncJob>();

        await job.RunForAllAsync(CancellationToken.None);
        Assert.Equal(5, await CallCountAsync());

        _source.Legs.Add(At(_clock.GetUtcNow()));
        _source.BeforePage = _ => TelephonyErrors.Unreachable;
        await job.RunForAllAsync(CancellationToken.None);
        var windows = _source.Windows.Count;
        await job.RunForAllAsync(CancellationToken.None);

        Assert.Equal(1, (await StateAsync()).FailedAttempts);
        Assert.Equal(windows, _source.Windows.Count);
    }

    [Fact]
    public async Task Subscribe_RunProgresses_IsToldUntilDisposed()
    {
        _source.Legs.AddRange(OneLegCalls(50));
        var told = new TaskCompletionSource();
        var others = 0;
        using (SyncOf(_other).Subscribe(() =>
        {
            others++;
            return Task.CompletedTask;
        }))
        using (SyncOf(_tenant).Subscribe(() =>
        {
            told.TrySetResult();
            return Task.CompletedTask;
        }))
        {
            await RunAsync();
            await told.Task.WaitAsync(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(0, others);
    }

    private static CdrLeg At(DateTimeOffset start) => Leg(uniqueId: $"{start.ToUnixTimeSeconds()}.1") with
    {
        StartUtc = start.UtcDateTime,
        StartLocal = DateTime.SpecifyKind(start.UtcDateTime, DateTimeKind.Unspecified),
        AnswerUtc = start.UtcDateTime,
        EndUtc = start.UtcDateTime.AddSeconds(60),
    };

    private async Task ChangeSettingsAsync()
    {
        Action<Guid>? publish = null;
        var changes = Substitute.For<IPbxChangeNotices>();
        changes.Subscribe(Arg.Do<Action<Guid>>(callback => publish = callback)).Returns(Substitute.For<IDisposable>());
        using var reset = new CallSyncReset(
            changes, _services.GetRequiredService<ContextOptions>(), Microsoft.Extensions.Logging.Abstractions.NullLogger<CallSyncReset>.Instance);
        await reset.StartAsync(CancellationToken.None);
        publish!(_other.Id);
        publish(_tenant.Id);
        for (var i = 0; i < 200 && await MustWaitAsync(); i++)
        {
            await Task.Delay(25);
        }

        await reset.StopAsync(CancellationToken.None);
    }

    private ICallSync SyncOf(TenantInfo tenant)
    {
        var scope = _services.CreateScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(tenant, "test");
        return scope.ServiceProvider.GetRequiredService<ICallSync>();
    }

    private async Task<CallSyncStatus> StatusOf(TenantInfo tenant) => (await SyncOf(tenant).GetStatusAsync()).Value;

    private async Task<CallSyncProgress> RunAsync()
    {
        var runs = _services.GetRequiredService<CallSyncRuns>();
        var pbx = (await _directory.GetAsync()).Value;
        var started = await runs.StartOrJoinAsync(_tenant, pbx, CancellationToken.None);
        return await started.Value.Run.Completion.WaitAsync(TimeSpan.FromMinutes(2));
    }

    private async Task<bool> MustWaitAsync()
    {
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(_tenant, "test");
        return await scope.ServiceProvider.GetRequiredService<CdrSyncStates>().MustWaitAsync(PbxId, CancellationToken.None);
    }

    private async Task<int> CallCountAsync()
    {
        await using var db = _database.As(_tenant).CreateDbContext();
        return await db.Set<Call>().CountAsync();
    }

    private async Task<CdrSyncState> StateAsync()
    {
        await using var db = _database.As(_tenant).CreateDbContext();
        return await db.Set<CdrSyncState>().SingleAsync();
    }
}

using System.Collections.Concurrent;
using CallCenter.Core.Jobs;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure;
using CallCenter.Infrastructure.Jobs;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace CallCenter.Tests.Jobs;

public sealed class TenantJobTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private readonly Recorder _recorder = new();
    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await _database.AddTenantAsync("alpha");
        await _database.AddTenantAsync("beta");
        _services = _database.CreateServices(services =>
        {
            services.AddSingleton<TimeProvider>(_clock);
            services.AddSingleton(_recorder);
            services.AddTenantJob<ProbeJob>("probe", TimeSpan.FromMinutes(1));
        });
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task RunForAll_EachTenant_RunsInItsOwnScope()
    {
        await RunAsync();

        Assert.Equal(["alpha:probe", "beta:probe"], _recorder.Runs.Order());
    }

    [Fact]
    public async Task RunForAll_OneTenantThrows_OthersRunAndItWaitsLongerEachTime()
    {
        _recorder.Outcome = tenant => tenant.Slug == "alpha" ? throw new InvalidOperationException("broken") : Result.Success;
        var ran = new List<bool>();

        for (var minute = 0; minute < 8; minute++)
        {
            _recorder.Runs.Clear();
            await RunAsync();
            Assert.Contains("beta:probe", _recorder.Runs);
            ran.Add(_recorder.Runs.Contains("alpha:probe"));
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([true, true, false, true, false, false, false, true], ran);
    }

    [Fact]
    public async Task RunForAll_SuccessAfterFailure_ForgetsTheWait()
    {
        _recorder.Outcome = _ => new Error("test.failed", "Failed.");
        await RunAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));
        _recorder.Outcome = _ => Result.Success;
        await RunAsync();
        _recorder.Runs.Clear();

        await RunAsync();

        Assert.Equal(2, _recorder.Runs.Count);
    }

    [Fact]
    public async Task RunForAll_SuspendedTenant_Rests()
    {
        await using (var db = _database.Global().CreateDbContext())
        {
            await db.Set<Tenant>().Where(t => t.Slug == "beta")
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.SuspendedAtUtc, _clock.GetUtcNow().UtcDateTime));
        }

        await RunAsync();

        Assert.Equal(["alpha:probe"], _recorder.Runs);
    }

    [Fact]
    public async Task RunForAll_LeaseHeldElsewhere_SkipsThatTenantOnly()
    {
        await using var held = await _services.GetRequiredService<ILeases>().TryAcquireAsync("probe:alpha", TimeSpan.FromMinutes(1));

        await RunAsync();

        Assert.Equal(["beta:probe"], _recorder.Runs);
    }

    [Fact]
    public async Task RunForAll_Shutdown_EndsWithoutCountingAFailure()
    {
        using var stop = new CancellationTokenSource();
        _recorder.Outcome = _ =>
        {
            stop.Cancel();
            throw new OperationCanceledException(stop.Token);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(stop.Token));
        _recorder.Outcome = _ => Result.Success;
        _recorder.Runs.Clear();
        await RunAsync();

        Assert.Equal(2, _recorder.Runs.Count);
    }

    [Fact]
    public async Task Scheduling_HostStarts_SchedulerRunsTheJob()
    {
        var scheduling = ActivatorUtilities.CreateInstance<JobScheduling>(_services);

        await scheduling.StartAsync(CancellationToken.None);

        var scheduler = await _services.GetRequiredService<ISchedulerFactory>().GetScheduler();
        Assert.True(await scheduler.Exists(new JobKey("probe")));
        await scheduler.Start();
        await scheduler.TriggerJob(new JobKey("probe"));
        for (var wait = 0; wait < 200 && _recorder.Runs.Count < 2; wait++)
        {
            await Task.Delay(25);
        }

        await scheduler.Shutdown();
        Assert.Equal(["alpha:probe", "beta:probe"], _recorder.Runs.Order());
    }

    [Fact]
    public async Task HostStops_JobUnderWay_IsToldAndTheHostDoesNotWait()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(TestKeys.Settings);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:CallCenter"] = _database.ConnectionString,
            ["Database:Provider"] = "PostgreSQL",
            ["Jobs:StartDelay"] = "00:00:00",
        });
        builder.Services.AddSingleton(_recorder);
        builder.Services.AddTenantJob<ProbeJob>("probe", TimeSpan.FromHours(1));
        builder.Services.AddCallCenterInfrastructure();
        using var host = builder.Build();
        var started = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        _recorder.WorkAsync = async token =>
        {
            started.TrySetResult();
            try
            {
                await Task.Delay(TimeSpan.FromMinutes(5), token);
            }
            finally
            {
                ended.TrySetResult();
            }
        };
        await host.StartAsync();
        await started.Task.WaitAsync(TimeSpan.FromMinutes(2));

        await host.StopAsync().WaitAsync(TimeSpan.FromMinutes(1));

        Assert.True(ended.Task.IsCompleted);
    }

    private Task RunAsync(CancellationToken cancellationToken = default) =>
        _services.GetRequiredService<ProbeJob>().RunForAllAsync(cancellationToken);

    internal sealed class Recorder
    {
        public ConcurrentBag<string> Runs { get; } = [];

        public Func<TenantInfo, Result> Outcome { get; set; } = _ => Result.Success;

        public Func<CancellationToken, Task> WorkAsync { get; set; } = _ => Task.CompletedTask;
    }

    internal sealed class ProbeJob(TenantJobTools tools, Recorder recorder) : TenantJob(tools)
    {
        protected override string? LeaseFor(TenantInfo tenant) => $"probe:{tenant.Slug}";

        protected override async Task<Result> RunAsync(IServiceProvider services, TenantInfo tenant, CancellationToken cancellationToken)
        {
            var scope = services.GetRequiredService<ScopeContext>();
            recorder.Runs.Add($"{scope.Tenant.Slug}:{scope.Name}");
            await recorder.WorkAsync(cancellationToken);
            return recorder.Outcome(tenant);
        }
    }
}

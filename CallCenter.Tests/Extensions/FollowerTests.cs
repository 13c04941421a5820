using CallCenter.Core.Extensions;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Extensions;
using CallCenter.Infrastructure.Extensions.Following;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Extensions;

/// <summary>Gathering, applying, pausing, and more than one node.</summary>
public sealed class FollowerTests : IAsyncLifetime
{
    private readonly MemoryPbx _pbx = new();
    private ExtensionBench _bench = null!;

    public async Task InitializeAsync() => _bench = await ExtensionBench.StartAsync(_pbx);

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Fact]
    public async Task Pass_ManyChanges_AppliesOnce()
    {
        for (var i = 0; i < 45; i++)
        {
            await _bench.CreateAsync();
        }

        await _bench.FollowAsync();

        Assert.Equal((45, 45, 1), (_pbx.Configured.Count, _pbx.Count("add"), _pbx.Count("apply")));
    }

    [Fact]
    public async Task Pass_OneAfterTheOther_KeepsThePbxsSpacingOnWhateverNode()
    {
        var spacing = TimeSpan.FromMilliseconds(400);
        var settings = new Dictionary<string, string?>(ExtensionBench.Quick) { ["Extensions:ApplySpacing"] = spacing.ToString() };
        for (var i = 0; i < 3; i++)
        {
            var node = _bench.AddNode(settings);
            await _bench.CreateAsync(node: node);
            await _bench.FollowAsync(node);
        }

        Assert.Equal(2, _pbx.ApplyGaps.Count);

        // The stored time has whole microseconds, our measure more.
        Assert.All(_pbx.ApplyGaps, gap => Assert.True(gap >= spacing - TimeSpan.FromMilliseconds(2), gap.ToString()));
    }

    [Theory]
    [InlineData("conference")]
    [InlineData("running")]
    [InlineData("soon")]
    public async Task Pass_ApplyRefusedForNow_SaysWhyAndAppliesLater(string why)
    {
        var error = why switch { "conference" => ExtensionErrors.ApplyConference, "running" => ExtensionErrors.ApplyRunning, _ => ExtensionErrors.ApplyTooSoon };
        var patient = _bench.AddNode(new Dictionary<string, string?>(ExtensionBench.Quick) { ["Extensions:BusyPause"] = "00:01:00", ["Extensions:ApplySpacing"] = "00:01:00" });
        _pbx.ApplyRefusal = () => error;
        var id = (await _bench.CreateAsync()).Value;

        await _bench.PassAsync(patient);
        var waiting = await _bench.UseAsync(e => e.GetQueueAsync());
        var row = await _bench.RowAsync(id);
        await _bench.UseAsync(e => e.ChangeAsync(id, row.Wanted, row.Version));
        _pbx.ApplyRefusal = () => null;
        await RestOverAsync();
        await _bench.FollowAsync();

        Assert.Equal((1, error.Code), (waiting.Value.Pending, waiting.Value.WaitingCode));
        Assert.NotNull(waiting.Value.NextAttemptAtUtc);
        Assert.Equal((ExtensionState.Creating, ExtensionStep.Written), (row.State, row.Step));
        Assert.Equal(ExtensionState.Active, (await _bench.RowAsync(id)).State);
        Assert.Null((await _bench.UseAsync(e => e.GetQueueAsync())).Value.WaitingCode);
        Assert.Equal((1, 2), (_pbx.Count("add"), _pbx.Count("apply")));
    }

    [Fact]
    public async Task Pass_PbxOutOfReach_RestsInsteadOfHammering()
    {
        var patient = _bench.AddNode(new Dictionary<string, string?>(ExtensionBench.Quick) { ["Extensions:FirstPause"] = "00:01:00", ["Extensions:LongestPause"] = "00:10:00" });
        _pbx.Fault = (_, _) => MemoryFault.Unreachable;
        for (var i = 0; i < 5; i++)
        {
            await _bench.CreateAsync(node: patient);
        }

        for (var i = 0; i < 3; i++)
        {
            await _bench.PassAsync(patient);
        }

        var queue = (await _bench.UseAsync(e => e.GetQueueAsync())).Value;
        Assert.Equal(1, _pbx.Count("add"));
        Assert.Equal((5, TelephonyErrors.Unreachable.Code), (queue.Pending, queue.WaitingCode));

        // New settings lift the rest at once.
        _pbx.Fault = (_, _) => MemoryFault.None;
        await patient.GetRequiredService<Follower>().RunAsync(_bench.Tenant, insist: true, CancellationToken.None);
        Assert.All(await _bench.RowsAsync(), row => Assert.Equal(ExtensionState.Active, row.State));
    }

    [Fact]
    public async Task Pass_TwoNodesAtOnce_WriteEverythingOnce()
    {
        var other = _bench.AddNode();
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => _bench.CreateAsync(node: i % 2 == 0 ? _bench.Node : other)));

        await Task.WhenAll(_bench.FollowAsync(), _bench.FollowAsync(other), _bench.FollowAsync(other));

        Assert.Equal((30, 30), (_pbx.Configured.Count, _pbx.Count("add")));
        Assert.All(await _bench.RowsAsync(), row => Assert.Equal(ExtensionState.Active, row.State));
    }

    [Fact]
    public async Task Pass_EndedAtEveryCall_GoesOnWhereItWas()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 6; i++)
        {
            ids.Add(await _bench.CreateActiveAsync());
        }

        foreach (var (id, i) in ids.Select((id, i) => (id, i)))
        {
            var row = await _bench.RowAsync(id);
            var asked = i % 2 == 0
                ? await _bench.UseAsync(e => e.DeleteAsync(id, row.Version, true))
                : await _bench.UseAsync(e => e.RotateSecretAsync(id, row.Version));
            Assert.True(asked.Succeeded);
            await _bench.CreateAsync();
        }

        // Each pass is ended at its nth call, once before the call is done and once after.
        for (var n = 0; n < 40; n++)
        {
            using var ending = new CancellationTokenSource();
            var left = n / 2;
            var done = n % 2 == 0;
            _pbx.Fault = (_, _) =>
            {
                if (left-- != 0)
                {
                    return MemoryFault.None;
                }

                ending.Cancel();
                return done ? MemoryFault.AnswerLost : MemoryFault.NeverArrived;
            };
            try
            {
                await _bench.PassAsync(cancellationToken: ending.Token);
            }
            catch (OperationCanceledException)
            {
                // What a shutdown does.
            }
        }

        _pbx.Fault = (_, _) => MemoryFault.None;
        await _bench.FollowAsync();

        var rows = await _bench.RowsAsync();
        Assert.Equal(9, rows.Count);
        Assert.Equal(_pbx.Configured.Keys.Order(StringComparer.Ordinal), rows.Select(row => row.Number));
        foreach (var row in rows)
        {
            Assert.Equal(await _bench.SecretOfAsync(row.Id), _pbx.Configured[row.Number].Secret!.Reveal());
        }
    }

    [Fact]
    public async Task Worker_WokenByAnAct_FollowsWithoutTheJob()
    {
        using var worker = ActivatorUtilities.CreateInstance<FollowWorker>(_bench.Node);
        await worker.StartAsync(CancellationToken.None);

        var id = (await _bench.CreateAsync()).Value;

        for (var tries = 0; tries < 500 && (await _bench.RowAsync(id)).State != ExtensionState.Active; tries++)
        {
            await Task.Delay(20);
        }

        await worker.StopAsync(CancellationToken.None);
        Assert.Equal(ExtensionState.Active, (await _bench.RowAsync(id)).State);
    }

    [Fact]
    public async Task Watch_ChangeOnAnotherNode_IsToldHere()
    {
        var other = _bench.AddNode();
        using var watch = ActivatorUtilities.CreateInstance<ExtensionWatch>(_bench.Node);
        await using var scope = _bench.EnterAs(_bench.Node, Core.Tenancy.TenantRole.Admin);
        var told = new TaskCompletionSource();
        using var subscription = scope.ServiceProvider.GetRequiredService<IExtensions>().Subscribe(() =>
        {
            told.TrySetResult();
            return Task.CompletedTask;
        });
        await watch.LookAsync(CancellationToken.None);
        await watch.LookAsync(CancellationToken.None);
        Assert.False(told.Task.IsCompleted);

        await _bench.CreateAsync(node: other);
        await watch.LookAsync(CancellationToken.None);

        await told.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private async Task RestOverAsync()
    {
        await using var db = _bench.Db();
        var state = await db.Set<PbxApply>().SingleAsync();
        state.NotBeforeUtc = null;
        state.SentAtUtc = null;
        await db.SaveChangesAsync();
    }
}

using CallCenter.Infrastructure.Jobs;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace CallCenter.Tests.Jobs;

public sealed class LeasesTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ManualClock _clock = new();
    private TestDatabase _database = null!;

    public async Task InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task TryAcquire_ManyAtOnce_ExactlyOneGetsIt()
    {
        for (var round = 0; round < 5; round++)
        {
            var name = $"pbx:{round}";
            var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Node().TryAcquireAsync(name, Minute)));

            await using var winner = Assert.Single(taken, lease => lease is not null);
        }
    }

    [Fact]
    public async Task TryAcquire_ManyAtOnceAfterExpiry_ExactlyOneGetsItWithAHigherFence()
    {
        await using var first = await Node().TryAcquireAsync("pbx:1", Minute);
        _clock.Advance(Minute);

        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Node().TryAcquireAsync("pbx:1", Minute)));

        await using var winner = Assert.Single(taken, lease => lease is not null);
        Assert.Equal(first!.Fence + 1, winner!.Fence);
    }

    [Fact]
    public async Task Dispose_HeldLease_FreesItForOthers()
    {
        var first = await Node().TryAcquireAsync("pbx:1", Minute);
        Assert.Null(await Node().TryAcquireAsync("pbx:1", Minute));

        await first!.DisposeAsync();

        await using var second = await Node().TryAcquireAsync("pbx:1", Minute);
        Assert.NotNull(second);
    }

    [Fact]
    public async Task Dispose_LeaseOfAStaleHolder_LeavesTheNewHolderAlone()
    {
        var stale = await Node().TryAcquireAsync("pbx:1", Minute);
        _clock.Advance(Minute);
        await using var current = await Node().TryAcquireAsync("pbx:1", Minute);

        await stale!.DisposeAsync();

        Assert.Null(await Node().TryAcquireAsync("pbx:1", Minute));
    }

    [Fact]
    public async Task Renewal_WhileHeld_KeepsTheLease()
    {
        var node = new Leases(_database.Options, TimeProvider.System, NullLogger<Lease>.Instance);
        await using var lease = await node.TryAcquireAsync("pbx:1", TimeSpan.FromSeconds(5));

        await Task.Delay(TimeSpan.FromSeconds(6));

        Assert.False(lease!.Lost.IsCancellationRequested);
        Assert.Null(await node.TryAcquireAsync("pbx:1", TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task Renewal_AnotherHolderTookIt_FiresLost()
    {
        var node = new Leases(_database.Options, TimeProvider.System, NullLogger<Lease>.Instance);
        await using var lease = await node.TryAcquireAsync("pbx:1", TimeSpan.FromSeconds(5));
        await using (var db = _database.Global().CreateDbContext())
        {
            await db.Set<JobLease>().ExecuteUpdateAsync(set => set.SetProperty(l => l.Holder, "someone else"));
        }

        var lost = new TaskCompletionSource();
        await using var registration = lease!.Lost.Register(lost.SetResult);

        await lost.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    private Leases Node() => new(_database.Options, _clock, NullLogger<Lease>.Instance);
}

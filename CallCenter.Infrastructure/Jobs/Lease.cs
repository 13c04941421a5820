using CallCenter.Core.Jobs;
using Microsoft.Extensions.Logging;

namespace CallCenter.Infrastructure.Jobs;

/// <summary>
/// Renews at a third of the duration. <see cref="Lost"/> fires at nine tenths at the latest, by a timer and not by the
/// renewal, because a hanging database call must not keep the work going into another node's time.
/// </summary>
internal sealed class Lease : ILease
{
    private readonly Leases _leases;
    private readonly string _holder;
    private readonly TimeSpan _duration;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _lost;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _renewal;

    public Lease(Leases leases, string name, string holder, long fence, TimeSpan duration, TimeProvider time, long acquiredAt, ILogger logger)
    {
        _leases = leases;
        Name = name;
        _holder = holder;
        Fence = fence;
        _duration = duration;
        _time = time;
        _logger = logger;
        var left = (duration * 0.9) - time.GetElapsedTime(acquiredAt);
        _lost = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
        Lost = _lost.Token;
        _renewal = RenewAsync();
    }

    public string Name { get; }

    public long Fence { get; }

    public CancellationToken Lost { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _renewal;
        try
        {
            await _leases.RenewAsync(Name, _holder, TimeSpan.Zero, CancellationToken.None);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The lease then runs out by itself; giving it back late must not fail the work that was done under it.
            _logger.LogWarning(exception, "Lease {Lease} could not be given back and runs out by itself.", Name);
        }

        _stop.Dispose();
        _lost.Dispose();
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(_duration / 3, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                if (!await TryRenewAsync())
                {
                    await _lost.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Given back.
        }
    }

    private async Task<bool> TryRenewAsync()
    {
        var start = _time.GetTimestamp();
        try
        {
            if (_lost.IsCancellationRequested || !await _leases.RenewAsync(Name, _holder, _duration, _stop.Token))
            {
                _logger.LogWarning("Lease {Lease} was lost.", Name);
                return false;
            }

            var left = (_duration * 0.9) - _time.GetElapsedTime(start);
            _lost.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
        catch (Exception exception) when (!_stop.IsCancellationRequested && exception is not OutOfMemoryException)
        {
            // The next tick tries again; the timer behind Lost ends it in time.
            _logger.LogWarning(exception, "Lease {Lease} could not be renewed.", Name);
        }

        return true;
    }
}

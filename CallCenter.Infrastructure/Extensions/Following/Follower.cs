using System.Threading.Channels;
using CallCenter.Core.Jobs;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallCenter.Infrastructure.Extensions.Following;

/// <summary>
/// Makes the PBXs follow what is stored: at most one pass per PBX in the whole installation, by a lease. Woken in this
/// process after an act; the job of every node wakes it too, so that nothing depends on the process that took the wish.
/// </summary>
internal sealed class Follower(IServiceScopeFactory scopes, ILeases leases, ILogger<Follower> logger)
{
    public const string JobName = "extension-changes";

    private static readonly TimeSpan LeaseDuration = TimeSpan.FromMinutes(1);

    // Bounded, since nobody reads on a node whose jobs are switched off; what is dropped the job finds.
    private readonly Channel<FollowRequest> _requests =
        Channel.CreateBounded<FollowRequest>(new BoundedChannelOptions(1024) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, FollowSignal> _running = [];

    /// <summary>Requests that <see cref="FollowWorker"/> works on.</summary>
    public ChannelReader<FollowRequest> Requests => _requests.Reader;

    /// <summary>Says that there is something to do. Returns at once.</summary>
    public void Wake(TenantInfo tenant)
    {
        lock (_gate)
        {
            if (_running.TryGetValue(tenant.Id, out var signal))
            {
                signal.Set();
                return;
            }
        }

        _requests.Writer.TryWrite(new FollowRequest(tenant, Insist: false));
    }

    /// <summary>As <see cref="Wake"/>, and pauses after failures are over: the settings changed.</summary>
    public void Insist(TenantInfo tenant) => _requests.Writer.TryWrite(new FollowRequest(tenant, Insist: true));

    /// <summary>Works until nothing is due. Gives at once when this or another node works for the tenant's PBX.</summary>
    public async Task<Result> RunAsync(TenantInfo tenant, bool insist, CancellationToken cancellationToken)
    {
        FollowSignal signal;
        lock (_gate)
        {
            if (_running.TryGetValue(tenant.Id, out var running))
            {
                running.Set();
                return Result.Success;
            }

            _running[tenant.Id] = signal = new FollowSignal();
        }

        try
        {
            while (true)
            {
                signal.Reset();
                if (await RunLeasedAsync(tenant, signal, insist, cancellationToken) is { Succeeded: false } failed)
                {
                    return failed;
                }

                // Whoever woke us after the last look and before this was told that somebody is at work.
                lock (_gate)
                {
                    if (!signal.IsSet)
                    {
                        _running.Remove(tenant.Id);
                        return Result.Success;
                    }
                }

                insist = false;
            }
        }
        finally
        {
            lock (_gate)
            {
                if (_running.TryGetValue(tenant.Id, out var own) && own == signal)
                {
                    _running.Remove(tenant.Id);
                }
            }
        }
    }

    private async Task<Result> RunLeasedAsync(TenantInfo tenant, FollowSignal signal, bool insist, CancellationToken cancellationToken)
    {
        await using var services = scopes.CreateAsyncScope();
        services.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(tenant, JobName);
        using var scope = logger.BeginScope(new Dictionary<string, object> { ["Tenant"] = tenant.Slug, ["Job"] = JobName });
        var pass = services.ServiceProvider.GetRequiredService<FollowPass>();
        if (!await pass.HasWorkAsync(insist, cancellationToken))
        {
            return Result.Success;
        }

        var pbx = await services.ServiceProvider.GetRequiredService<IPbxDirectory>().GetAsync(cancellationToken);
        if (pbx.Error is { } error)
        {
            return error.Code == TelephonyErrors.NotConfigured.Code ? Result.Success : error;
        }

        var lease = await leases.TryAcquireAsync($"ext:{pbx.Value.PbxId:N}", LeaseDuration, cancellationToken);
        if (lease is null)
        {
            return Result.Success;
        }

        await using (lease)
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
            try
            {
                await pass.RunAsync(pbx.Value, signal, insist, ending.Token);
            }
            catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // Another node goes on from what is stored.
            }
        }

        return Result.Success;
    }
}

/// <summary>A wish to work for a tenant.</summary>
/// <param name="Tenant">Whom for.</param>
/// <param name="Insist">Pauses after failures are over.</param>
internal sealed record FollowRequest(TenantInfo Tenant, bool Insist);

/// <summary>Tells a pass that waits that something new is there.</summary>
internal sealed class FollowSignal
{
    private volatile TaskCompletionSource _set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsSet => _set.Task.IsCompleted;

    public void Set() => _set.TrySetResult();

    public void Reset()
    {
        if (IsSet)
        {
            _set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Returns after the time, or sooner when set.</summary>
    public async Task WaitAsync(TimeSpan span, TimeProvider time, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_set.Task, Task.Delay(span, time, ending.Token));
        await ending.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}

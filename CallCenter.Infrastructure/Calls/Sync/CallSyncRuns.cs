using CallCenter.Core.Calls;
using CallCenter.Core.Jobs;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Notices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallCenter.Infrastructure.Calls.Sync;

/// <summary>The runs of this process, at most one per PBX; a lease keeps other nodes off it.</summary>
internal sealed class CallSyncRuns(IServiceScopeFactory scopes, ILeases leases, TenantNotices notices, TimeProvider time, ILogger<CallSyncRuns> logger)
    : IAsyncDisposable
{
    public const string JobName = "cdr-sync";

    private static readonly TimeSpan LeaseDuration = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _starting = new(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<(Guid TenantId, Guid PbxId), CallSyncRun> _runs = [];

    public CallSyncRun? Find(Guid tenantId)
    {
        lock (_gate)
        {
            return _runs.FirstOrDefault(entry => entry.Key.TenantId == tenantId).Value;
        }
    }

    /// <summary>Starts a run or joins the one under way.</summary>
    /// <returns>The run and whether it is new, or <see cref="CallErrors.SyncRunsElsewhere"/>.</returns>
    public async Task<Result<(CallSyncRun Run, bool IsNew)>> StartOrJoinAsync(TenantInfo tenant, PbxEndpoint pbx, CancellationToken cancellationToken)
    {
        var key = (tenant.Id, pbx.PbxId);
        await _starting.WaitAsync(cancellationToken);
        try
        {
            lock (_gate)
            {
                if (_runs.TryGetValue(key, out var under))
                {
                    return (under, false);
                }
            }

            var lease = await leases.TryAcquireAsync($"{JobName}:{pbx.PbxId:N}", LeaseDuration, cancellationToken);
            if (lease is null)
            {
                return CallErrors.SyncRunsElsewhere;
            }

            var run = new CallSyncRun(tenant.Id, time.GetUtcNow().UtcDateTime, notices, _stopping.Token);
            lock (_gate)
            {
                _runs.Add(key, run);
            }

            // Outlives the page or job that started it, so it takes nothing of theirs along.
            using (ExecutionContext.SuppressFlow())
            {
                _ = Task.Run(() => RunAsync(tenant, pbx, run, lease), CancellationToken.None);
            }

            return (run, true);
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        CallSyncRun[] runs;
        lock (_gate)
        {
            runs = [.. _runs.Values];
        }

        await Task.WhenAll(runs.Select(run => run.Completion));
        _stopping.Dispose();
        _starting.Dispose();
    }

    private async Task RunAsync(TenantInfo tenant, PbxEndpoint pbx, CallSyncRun run, ILease lease)
    {
        using var scope = logger.BeginScope(new Dictionary<string, object> { ["Tenant"] = tenant.Slug, ["Job"] = JobName });
        var last = await RunLeasedAsync(tenant, pbx, run, lease);
        await ReleaseAsync(lease);
        lock (_gate)
        {
            _runs.Remove((tenant.Id, pbx.PbxId));
        }

        run.Complete(last);
        run.Dispose();
    }

    private async Task<CallSyncProgress> RunLeasedAsync(TenantInfo tenant, PbxEndpoint pbx, CallSyncRun run, ILease lease)
    {
        await using var services = scopes.CreateAsyncScope();
        services.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(tenant, JobName);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(run.Token, lease.Lost);
        try
        {
            var last = await services.ServiceProvider.GetRequiredService<CallSyncEngine>().RunAsync(pbx, run, ending.Token);
            if (last.Error is { } error)
            {
                logger.LogWarning("The call sync failed: {Code}.", error.Code);
            }
            else if (last.SkippedRows > 0)
            {
                logger.LogWarning("The call sync could not understand {Rows} rows.", last.SkippedRows);
            }

            return last;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            await SaveEndAsync(states => states.EndAsync(pbx.PbxId, CancellationToken.None));
            return run.Progress with { Phase = CallSyncPhase.Cancelled, Error = null };
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            logger.LogError(exception, "The call sync ended unexpectedly.");
            await SaveEndAsync(states => states.FailAsync(pbx.PbxId, CallErrors.SyncFailed, CancellationToken.None));
            return run.Progress with { Phase = CallSyncPhase.Failed, Error = CallErrors.SyncFailed };
        }

        async Task SaveEndAsync(Func<CdrSyncStates, Task> save)
        {
            try
            {
                await save(services.ServiceProvider.GetRequiredService<CdrSyncStates>());
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // The database may be why the run ended; a run without an end is read as one that was killed.
                logger.LogWarning(exception, "The end of the call sync could not be saved.");
            }
        }
    }

    private async Task ReleaseAsync(ILease lease)
    {
        try
        {
            await lease.DisposeAsync();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // It runs out by itself.
            logger.LogWarning(exception, "The lease of the call sync could not be given back.");
        }
    }
}

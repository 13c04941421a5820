using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;

namespace CallCenter.Infrastructure.Settings;

internal sealed class ConnectionStatusFeed(
    ConnectionStatusStore store, ConnectionChecker checker, ConnectionStatusHub hub, ITenantContext tenant, ICaller caller) : IConnectionStatusFeed
{
    public Task<ConnectionStatus> GetAsync(CancellationToken cancellationToken = default) => store.GetAsync(cancellationToken);

    public IDisposable Subscribe(Func<Task> changed) => hub.Subscribe(tenant.TenantId, changed);

    public async Task<Result> CheckNowAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Settings.View))
        {
            return AccessErrors.Denied;
        }

        await checker.CheckAsync(cancellationToken);
        return Result.Success;
    }
}

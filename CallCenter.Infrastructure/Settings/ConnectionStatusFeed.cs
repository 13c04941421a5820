using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Notices;

namespace CallCenter.Infrastructure.Settings;

internal sealed class ConnectionStatusFeed(
    ConnectionStatusStore store, ConnectionChecker checker, TenantNotices notices, ITenantContext tenant, ICaller caller) : IConnectionStatusFeed
{
    public Task<ConnectionStatus> GetAsync(CancellationToken cancellationToken = default) => store.GetAsync(cancellationToken);

    public IDisposable Subscribe(Func<Task> changed) => notices.Subscribe(NoticeTopic.Connection, tenant.TenantId, changed);

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

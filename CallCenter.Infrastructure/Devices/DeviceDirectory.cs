using CallCenter.Core.Devices;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Devices;

internal sealed class DeviceDirectory(
    DeviceCache cache,
    DeviceRows rows,
    TenantNotices notices,
    IGdmsConnections connections,
    IDbContextFactory<CallCenterDbContext> contexts,
    ITenantContext tenant,
    ICaller caller) : IDevices
{
    private const int TasksShown = 10;

    public async Task<Result<DeviceOverview>> GetAsync(CancellationToken cancellationToken = default)
    {
        var connection = await ConnectAsync(cancellationToken);
        if (connection.Error is { } error)
        {
            return error;
        }

        var endpoint = connection.Value;
        var view = await cache.GetAsync(tenant.TenantId, endpoint, cancellationToken);
        if (view.Snapshot is not { } snapshot)
        {
            return view.Error ?? GdmsErrors.Unreachable;
        }

        var devices = await rows.BuildAsync(endpoint, [.. snapshot.Devices.Values], view.Accounts, cancellationToken);
        var left = devices.Count(row => !row.IsPbx && row.Accounts is null);
        return new DeviceOverview(
            [.. devices.OrderBy(row => row.Device.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(row => row.Mac, StringComparer.Ordinal)],
            SitesOf(snapshot),
            OrganizationName(snapshot, endpoint),
            snapshot.Organizations.Count,
            snapshot.ReadAtUtc,
            snapshot.IsComplete,
            new DeviceRefresh(view.IsRunning, view.WaitingUntilUtc, view.Error, view.FailedAtUtc, left));
    }

    public async Task<Result> RefreshAsync(CancellationToken cancellationToken = default)
    {
        var connection = await ConnectAsync(cancellationToken);
        if (connection.Error is { } error)
        {
            return error;
        }

        cache.Refresh(tenant.TenantId, connection.Value);
        return Result.Success;
    }

    public async Task<Result<DeviceDetail>> FindAsync(string mac, CancellationToken cancellationToken = default)
    {
        var connection = await ConnectAsync(cancellationToken);
        if (connection.Error is { } error)
        {
            return error;
        }

        var endpoint = connection.Value;
        var view = await cache.GetAsync(tenant.TenantId, endpoint, cancellationToken);
        if (view.Snapshot is not { } snapshot)
        {
            return view.Error ?? GdmsErrors.Unreachable;
        }

        // Only what the organisation's list shows: GDMS would tell about devices of the account's other organisations too.
        if (MacText.Normalize(mac) is not { } wanted || !snapshot.Devices.TryGetValue(wanted, out var device))
        {
            return DeviceErrors.NotFound;
        }

        var read = DeviceKinds.IsPbx(device, endpoint.DeviceMac)
            ? (Result<DeviceAccounts>?)null
            : await cache.ReadAccountsAsync(tenant.TenantId, endpoint, wanted, cancellationToken);
        var accounts = new Dictionary<string, DeviceAccounts>(StringComparer.Ordinal);
        if (read is { Succeeded: true, Value: var fresh })
        {
            accounts[wanted] = fresh;
        }
        else if (view.Accounts.TryGetValue(wanted, out var known))
        {
            accounts[wanted] = known;
        }

        var state = accounts.GetValueOrDefault(wanted)?.State;
        var row = (await rows.BuildAsync(endpoint, [device], accounts, cancellationToken))[0];
        return new DeviceDetail(row, read?.Error, state?.SyncFailure ?? "", state?.DoNotDisturb, await TasksOfAsync(wanted, cancellationToken));
    }

    public async Task<Result<IReadOnlyList<ExtensionDevice>>> FindDevicesOfAsync(
        IReadOnlyCollection<string> numbers, CancellationToken cancellationToken = default)
    {
        var connection = await ConnectAsync(cancellationToken);
        if (connection.Error is { } error)
        {
            return error;
        }

        var view = cache.View(tenant.TenantId, connection.Value);
        if (view.Snapshot is not { } snapshot)
        {
            cache.Refresh(tenant.TenantId, connection.Value);
            return Array.Empty<ExtensionDevice>();
        }

        var wanted = numbers.ToHashSet(StringComparer.Ordinal);
        return snapshot.Devices.Values
            .Where(device => view.Accounts.ContainsKey(device.Mac))
            .SelectMany(device => view.Accounts[device.Mac].State.Accounts
                .Where(account => wanted.Contains(account.User))
                .Select(account => new ExtensionDevice(
                    account.User, device.Mac, device.Name, device.Model, device.Status, device.SiteName, account.Registered, view.Accounts[device.Mac].ReadAtUtc)))
            .OrderBy(found => found.Number, StringComparer.Ordinal)
            .ThenBy(found => found.Name, StringComparer.CurrentCultureIgnoreCase)
            .ToList();
    }

    public IDisposable Subscribe(Func<Task> changed) => notices.Subscribe(NoticeTopic.Devices, tenant.TenantId, changed);

    private static IReadOnlyList<GdmsSite> SitesOf(DeviceSnapshot snapshot) =>
    [
        .. snapshot.Sites
            .Concat(snapshot.Devices.Values.Where(device => device.SiteId is not null).Select(device => new GdmsSite(device.SiteId!.Value, device.SiteName ?? "")))
            .DistinctBy(site => site.Id)
            .OrderBy(site => site.Name, StringComparer.CurrentCultureIgnoreCase),
    ];

    private static string? OrganizationName(DeviceSnapshot snapshot, GdmsEndpoint endpoint) => endpoint.OrganizationId is { } id
        ? snapshot.Organizations.FirstOrDefault(organization => organization.Id == id)?.Name
        : snapshot.Organizations is [var only] ? only.Name : null;

    private async Task<Result<GdmsEndpoint>> ConnectAsync(CancellationToken cancellationToken) =>
        caller.May(Permissions.Devices.View) ? await connections.GetAsync(cancellationToken) : AccessErrors.Denied;

    private async Task<IReadOnlyList<DeviceTaskItemRow>> TasksOfAsync(string mac, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await DeviceTaskQueries.Rows(db)
            .Where(row => row.Item.Mac == mac)
            .OrderByDescending(row => row.Task.RequestedAtUtc)
            .Take(TasksShown)
            .Select(DeviceTaskQueries.ToRow)
            .ToListAsync(cancellationToken);
    }
}

using CallCenter.Core.Devices;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Devices;

/// <summary>Puts together what GDMS, the extensions and the tasks say about devices.</summary>
internal sealed class DeviceRows(DeviceLinks links, IDbContextFactory<CallCenterDbContext> contexts)
{
    public async Task<IReadOnlyList<DeviceRow>> BuildAsync(
        GdmsEndpoint endpoint,
        IReadOnlyList<GdmsDevice> devices,
        IReadOnlyDictionary<string, DeviceAccounts> accounts,
        CancellationToken cancellationToken)
    {
        var states = devices.ToDictionary(device => device.Mac, device => accounts.GetValueOrDefault(device.Mac)?.State, StringComparer.Ordinal);
        var extensions = await links.FindAsync(states.Values.OfType<GdmsAccountState>().SelectMany(state => state.Accounts).Select(account => account.User), cancellationToken);
        var marks = await OpenTasksAsync(cancellationToken);
        return
        [
            .. devices.Select(device => new DeviceRow(
                device,
                DeviceKinds.IsPbx(device, endpoint.DeviceMac),
                states[device.Mac]?.Accounts.Select(account => new DeviceAccount(account.User, account.Registered, extensions.GetValueOrDefault(account.User))).ToList(),
                marks.GetValueOrDefault(device.Mac))),
        ];
    }

    public async Task<IReadOnlyDictionary<string, DeviceTaskMark>> OpenTasksAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var open = await DeviceTaskQueries.Rows(db)
            .Where(row => row.Item.State < DeviceItemState.Done && row.Task.State < DeviceTaskState.Ended)
            .OrderBy(row => row.Task.RequestedAtUtc)
            .Select(row => new { row.Item.Mac, Mark = new DeviceTaskMark(row.Task.Id, row.Task.Kind, row.Item.State) })
            .ToListAsync(cancellationToken);
        return open.GroupBy(row => row.Mac, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Last().Mark, StringComparer.Ordinal);
    }
}

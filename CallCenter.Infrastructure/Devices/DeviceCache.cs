using System.Collections.Concurrent;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Telephony.Gdms;
using Microsoft.Extensions.Logging;

namespace CallCenter.Infrastructure.Devices;

/// <summary>
/// What each tenant's GDMS was last read to say, in memory. One reading at a time per tenant; pages share it. A tenant whose
/// account or organisation changes begins with nothing.
/// </summary>
internal sealed class DeviceCache : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, DeviceTenant> _tenants = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly IGdmsDirectory _gdms;
    private readonly GdmsWaits _waits;
    private readonly TenantNotices _notices;
    private readonly DeviceRules _rules;
    private readonly TimeProvider _time;
    private readonly ILogger<DeviceCache> _logger;
    private readonly IDisposable _changes;

    public DeviceCache(
        IGdmsDirectory gdms, GdmsWaits waits, TenantNotices notices, IPbxChangeNotices changes, DeviceRules rules, TimeProvider time, ILogger<DeviceCache> logger)
    {
        _gdms = gdms;
        _waits = waits;
        _notices = notices;
        _rules = rules;
        _time = time;
        _logger = logger;
        _changes = changes.Subscribe(Forget);
    }

    /// <summary>What is known now, without asking GDMS.</summary>
    public DeviceView View(Guid tenantId, GdmsEndpoint endpoint) => TenantOf(tenantId, endpoint).View(_waits.Until(endpoint.Account));

    /// <summary>What is known, read first if nothing is, and anew in the background if it is old.</summary>
    public async Task<DeviceView> GetAsync(Guid tenantId, GdmsEndpoint endpoint, CancellationToken cancellationToken)
    {
        var tenant = TenantOf(tenantId, endpoint);
        var now = Now;
        if (tenant.Snapshot is null)
        {
            if (tenant.FailedAtUtc is not { } failed || now - failed >= _rules.FailurePause)
            {
                await StartOrJoin(tenantId, tenant, endpoint).WaitAsync(cancellationToken);
            }
        }
        else if (now - tenant.Snapshot.ReadAtUtc >= _rules.FreshFor && (tenant.FailedAtUtc is not { } at || now - at >= _rules.FailurePause))
        {
            _ = StartOrJoin(tenantId, tenant, endpoint);
        }

        return tenant.View(_waits.Until(endpoint.Account));
    }

    /// <summary>Reads anew in the background.</summary>
    public void Refresh(Guid tenantId, GdmsEndpoint endpoint) => _ = StartOrJoin(tenantId, TenantOf(tenantId, endpoint), endpoint);

    /// <summary>Reads anew and waits for it. The answer is the outcome of a reading that began after this call.</summary>
    public async Task<Result<DeviceSnapshot>> ReadNowAsync(Guid tenantId, GdmsEndpoint endpoint, CancellationToken cancellationToken)
    {
        var tenant = TenantOf(tenantId, endpoint);
        if (tenant.Loading is { } earlier)
        {
            await earlier.WaitAsync(cancellationToken);
        }

        var error = await StartOrJoin(tenantId, tenant, endpoint).WaitAsync(cancellationToken);
        return error is null && tenant.Snapshot is { } snapshot ? snapshot : error ?? GdmsErrors.Unreachable;
    }

    /// <summary>Accounts of one device, read now.</summary>
    public async Task<Result<DeviceAccounts>> ReadAccountsAsync(Guid tenantId, GdmsEndpoint endpoint, string mac, CancellationToken cancellationToken)
    {
        var state = await _gdms.GetAccountStateAsync(endpoint.Account, mac, cancellationToken);
        if (state.Error is { } error)
        {
            return error;
        }

        var accounts = new DeviceAccounts(state.Value, Now);
        TenantOf(tenantId, endpoint).Accounts[mac] = accounts;
        return accounts;
    }

    public async ValueTask DisposeAsync()
    {
        _changes.Dispose();
        await _stopping.CancelAsync();
        await Task.WhenAll(_tenants.Values.Select(tenant => tenant.Idle));
        _stopping.Dispose();
    }

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    private void Forget(Guid tenantId)
    {
        _tenants.TryRemove(tenantId, out _);
        _notices.Raise(NoticeTopic.Devices, tenantId);
    }

    private DeviceTenant TenantOf(Guid tenantId, GdmsEndpoint endpoint)
    {
        var identity = new DeviceSource(endpoint.Account.Region, endpoint.Account.BaseAddress, endpoint.Account.UserName, endpoint.Account.ApiId, endpoint.OrganizationId);
        return _tenants.AddOrUpdate(
            tenantId, _ => new DeviceTenant(identity), (_, known) => known.Source == identity ? known : new DeviceTenant(identity));
    }

    // The answer is null when something was read, a part at least.
    private Task<Error?> StartOrJoin(Guid tenantId, DeviceTenant tenant, GdmsEndpoint endpoint)
    {
        if (_stopping.IsCancellationRequested)
        {
            return Task.FromResult<Error?>(GdmsErrors.Unreachable);
        }

        // Outlives the page or job that asked, so it takes nothing of theirs along.
        using (ExecutionContext.SuppressFlow())
        {
            return tenant.StartOrJoin(
                () => Task.Run(() => LoadAsync(tenantId, tenant, endpoint, _stopping.Token)),
                () => FillAccountsAsync(tenantId, tenant, endpoint, _stopping.Token));
        }
    }

    private async Task<Error?> LoadAsync(Guid tenantId, DeviceTenant tenant, GdmsEndpoint endpoint, CancellationToken cancellationToken)
    {
        using var watching = _waits.Watch(endpoint.Account, () => _notices.Raise(NoticeTopic.Devices, tenantId));
        _notices.Raise(NoticeTopic.Devices, tenantId);
        try
        {
            var reading = await _gdms.ReadDevicesAsync(endpoint.Account, endpoint.OrganizationId, cancellationToken);
            if (reading.Devices.Count == 0 && reading.Failure is { } failure)
            {
                tenant.Fail(failure, Now);
                return failure;
            }

            var organizations = reading.Failure is null ? await _gdms.GetOrganizationsAsync(endpoint.Account, cancellationToken) : reading.Failure;
            var known = tenant.Snapshot;
            var named = organizations.Succeeded ? organizations.Value : known?.Organizations ?? [];
            var sites = await SitesAsync(endpoint, named, organizations.Succeeded, cancellationToken);
            tenant.Keep(
                new DeviceSnapshot(
                    DeviceSnapshot.Merge(known, reading),
                    sites ?? known?.Sites ?? [],
                    named,
                    Now,
                    reading.IsWhole,
                    reading.Devices.Select(device => device.Mac).ToHashSet(StringComparer.Ordinal)),
                reading.Failure,
                Now);
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return GdmsErrors.Unreachable;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _logger.LogError(exception, "Reading the devices of a tenant failed.");
            tenant.Fail(GdmsErrors.UnexpectedReply, Now);
            return GdmsErrors.UnexpectedReply;
        }
        finally
        {
            _notices.Raise(NoticeTopic.Devices, tenantId);
        }
    }

    // Sites are asked for by organisation; which one is the default is known only when there is one.
    private async Task<IReadOnlyList<GdmsSite>?> SitesAsync(
        GdmsEndpoint endpoint, IReadOnlyList<GdmsOrganization> organizations, bool ask, CancellationToken cancellationToken)
    {
        var organization = endpoint.OrganizationId ?? (organizations.Count == 1 ? organizations[0].Id : null);
        if (!ask || organization is not { } id)
        {
            return null;
        }

        var sites = await _gdms.GetSitesAsync(endpoint.Account, id, cancellationToken);
        return sites.Succeeded ? sites.Value : null;
    }

    private async Task FillAccountsAsync(Guid tenantId, DeviceTenant tenant, GdmsEndpoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var mac in tenant.WithoutAccounts(Now - _rules.AccountsFreshFor, endpoint.DeviceMac))
            {
                await Task.Delay(_rules.AccountPause, _time, cancellationToken);
                var read = await ReadAccountsAsync(tenantId, endpoint, mac, cancellationToken);
                if (read.Error is { } error && error != GdmsErrors.DeviceNotFound)
                {
                    // GDMS is busy or away; the next reading of the list goes on here.
                    return;
                }

                _notices.Raise(NoticeTopic.Devices, tenantId);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The process ends.
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _logger.LogError(exception, "Reading the accounts of a tenant's devices failed.");
        }
    }
}

/// <summary>Whose devices they are.</summary>
internal sealed record DeviceSource(GdmsRegion Region, Uri? Address, string UserName, string ApiId, long? OrganizationId);

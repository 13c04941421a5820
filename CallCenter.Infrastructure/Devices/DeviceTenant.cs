using System.Collections.Concurrent;
using CallCenter.Core.Primitives;

namespace CallCenter.Infrastructure.Devices;

/// <summary>What is kept for one tenant, and the reading under way. Safe from any thread.</summary>
internal sealed class DeviceTenant(DeviceSource source)
{
    private readonly Lock _gate = new();
    private Task<Error?>? _loading;
    private Task? _filling;
    private DeviceSnapshot? _snapshot;
    private Error? _error;
    private DateTime? _failedAtUtc;

    public DeviceSource Source => source;

    public ConcurrentDictionary<string, DeviceAccounts> Accounts { get; } = new(StringComparer.Ordinal);

    public DeviceSnapshot? Snapshot
    {
        get
        {
            lock (_gate)
            {
                return _snapshot;
            }
        }
    }

    public DateTime? FailedAtUtc
    {
        get
        {
            lock (_gate)
            {
                return _failedAtUtc;
            }
        }
    }

    /// <summary>The reading under way; null when there is none.</summary>
    public Task? Loading
    {
        get
        {
            lock (_gate)
            {
                return _loading is { IsCompleted: false } running ? running : null;
            }
        }
    }

    /// <summary>Ends when nothing is read any more.</summary>
    public Task Idle
    {
        get
        {
            lock (_gate)
            {
                return Task.WhenAll(_loading ?? Task.CompletedTask, _filling ?? Task.CompletedTask);
            }
        }
    }

    /// <summary>Starts a reading or joins the one under way, whose outcome is the answer; that of the accounts follows it, one at a time.</summary>
    public Task<Error?> StartOrJoin(Func<Task<Error?>> load, Func<Task> fill)
    {
        lock (_gate)
        {
            if (_loading is null or { IsCompleted: true })
            {
                var loading = _loading = load();
                if (_filling is null or { IsCompleted: true })
                {
                    _filling = Task.Run(async () =>
                    {
                        await loading;
                        await fill();
                    });
                }
            }

            return _loading;
        }
    }

    public void Keep(DeviceSnapshot snapshot, Error? failure, DateTime nowUtc)
    {
        lock (_gate)
        {
            _snapshot = snapshot;
            _error = failure;
            _failedAtUtc = failure is null ? null : nowUtc;
        }
    }

    public void Fail(Error error, DateTime nowUtc)
    {
        lock (_gate)
        {
            _error = error;
            _failedAtUtc = nowUtc;
        }
    }

    /// <summary>Phones whose accounts were never read or before <paramref name="olderThanUtc"/>, unread ones first.</summary>
    public IReadOnlyList<string> WithoutAccounts(DateTime olderThanUtc, string pbxMac) =>
    [
        .. (Snapshot?.Devices.Values ?? [])
            .Where(device => !DeviceKinds.IsPbx(device, pbxMac))
            .Select(device => (device.Mac, ReadAtUtc: Accounts.TryGetValue(device.Mac, out var known) ? known.ReadAtUtc : DateTime.MinValue))
            .Where(device => device.ReadAtUtc <= olderThanUtc)
            .OrderBy(device => device.ReadAtUtc)
            .Select(device => device.Mac),
    ];

    public DeviceView View(DateTime? waitingUntilUtc)
    {
        lock (_gate)
        {
            return new DeviceView(
                _snapshot, new Dictionary<string, DeviceAccounts>(Accounts, StringComparer.Ordinal), _loading is { IsCompleted: false }, waitingUntilUtc, _error, _failedAtUtc);
        }
    }
}

using System.Globalization;

namespace CallCenter.Simulators.Gdms;

/// <summary>The data of one region, safe from any thread.</summary>
public sealed class GdmsWorld
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Dictionary<string, GdmsLogin> _logins;
    private readonly Dictionary<string, SimulatedDevice> _devices;
    private readonly Dictionary<string, string> _factory;
    private readonly Dictionary<string, int> _detailPolls = [];
    private readonly List<SimulatedTask> _tasks = [];
    private long _nextTask = 50_001;

    internal GdmsWorld(GdmsSimulatorOptions options)
    {
        _time = options.Time;
        _logins = options.Logins.ToDictionary(l => l.UserName);
        _devices = options.Devices.ToDictionary(d => NormalizeMac(d.Mac), d => d with { Mac = NormalizeMac(d.Mac) });
        _factory = options.Factory.ToDictionary(f => NormalizeMac(f.Key), f => f.Value);
        Organizations = options.Organizations;
        Sites = options.Sites;
        SipServers = options.SipServers;
        SipAccounts = options.SipAccounts;
        TemplateGroups = options.TemplateGroups;
    }

    public IReadOnlyList<SimulatedOrganization> Organizations { get; }

    public IReadOnlyList<SimulatedSite> Sites { get; }

    public IReadOnlyList<SimulatedSipServer> SipServers { get; }

    public IReadOnlyList<SimulatedSipAccount> SipAccounts { get; }

    public IReadOnlyList<SimulatedTemplateGroup> TemplateGroups { get; }

    /// <summary>Devices by MAC, reboots taken into account.</summary>
    public IReadOnlyList<SimulatedDevice> Devices
    {
        get
        {
            lock (_gate)
            {
                return [.. _devices.Values.Select(AsOfNow).OrderBy(d => d.Mac, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Tasks in the order they came.</summary>
    public IReadOnlyList<SimulatedTask> Tasks
    {
        get
        {
            lock (_gate)
            {
                return [.. _tasks];
            }
        }
    }

    /// <summary>Upper-case hex digits without separators; GDMS takes both forms.</summary>
    public static string NormalizeMac(string mac) =>
        mac.Replace(":", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();

    public SimulatedDevice? FindDevice(string mac)
    {
        lock (_gate)
        {
            return _devices.TryGetValue(NormalizeMac(mac), out var device) ? AsOfNow(device) : null;
        }
    }

    /// <summary>Adds the device or replaces the one with its MAC.</summary>
    public void PutDevice(SimulatedDevice device)
    {
        lock (_gate)
        {
            _devices[NormalizeMac(device.Mac)] = device with { Mac = NormalizeMac(device.Mac) };
        }
    }

    public void RemoveDevice(string mac)
    {
        lock (_gate)
        {
            _devices.Remove(NormalizeMac(mac));
        }
    }

    /// <summary>Sets 1 online, 0 offline or -1 abnormal; ends a reboot.</summary>
    /// <exception cref="KeyNotFoundException">No such device.</exception>
    public void SetStatus(string mac, int status)
    {
        lock (_gate)
        {
            _devices[NormalizeMac(mac)] = _devices[NormalizeMac(mac)] with { Status = status, RebootsUntil = null, LastSeen = _time.GetUtcNow() };
        }
    }

    /// <summary>Adds a login or replaces the one with its user name.</summary>
    public void PutLogin(GdmsLogin login)
    {
        lock (_gate)
        {
            _logins[login.UserName] = login;
        }
    }

    internal IReadOnlyList<GdmsLogin> Logins
    {
        get
        {
            lock (_gate)
            {
                return [.. _logins.Values];
            }
        }
    }

    /// <summary>Adds one item of a batch; null when it went well, otherwise the error text.</summary>
    internal string? TryAdd(string mac, string serialNumber, string name, long organizationId, long siteId)
    {
        lock (_gate)
        {
            var key = NormalizeMac(mac);
            if (_devices.ContainsKey(key))
            {
                return "The device already exists";
            }

            if (!_factory.TryGetValue(key, out var made) || made != serialNumber)
            {
                return "30010";
            }

            _devices[key] = new SimulatedDevice(key, serialNumber, organizationId, siteId) { Name = name, Status = 0 };
            return null;
        }
    }

    internal bool Edit(string mac, Func<SimulatedDevice, SimulatedDevice> change)
    {
        lock (_gate)
        {
            var key = NormalizeMac(mac);
            if (!_devices.TryGetValue(key, out var device))
            {
                return false;
            }

            _devices[key] = change(device);
            return true;
        }
    }

    /// <summary>True when the device itself has answered: it is online and was polled often enough since the first request.</summary>
    internal bool PollDetail(SimulatedDevice device, bool isFirst, int pollsNeeded)
    {
        lock (_gate)
        {
            var polls = isFirst ? 0 : _detailPolls.GetValueOrDefault(device.Mac, -1) + 1;
            _detailPolls[device.Mac] = polls;
            return device.Status == 1 && polls >= pollsNeeded;
        }
    }

    internal SimulatedTask AddTask(string name, int type, IReadOnlyList<string> macs, GdmsQuirks quirks)
    {
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            var task = new SimulatedTask(_nextTask++, name, type, [.. macs.Select(NormalizeMac)], now);
            _tasks.Add(task);
            foreach (var mac in task.Macs)
            {
                // A device that is offline does not hear of it; whether the real cloud keeps the task for later is not known.
                if (!quirks.IgnoreTasks && _devices.TryGetValue(mac, out var device) && device.Status == 1)
                {
                    var from = now + quirks.StatusLag;
                    _devices[mac] = device with { RebootsFrom = from, RebootsUntil = from + (type == 2 ? quirks.ResetTime : quirks.RebootTime), LastSeen = from };
                }
            }

            return task;
        }
    }

    /// <summary>A device that restarts is back now, however long it would have taken.</summary>
    public void EndRestart(string mac) => Edit(mac, device => device with { RebootsUntil = _time.GetUtcNow() });

    internal static string ShowMac(string mac) =>
        string.Join(':', mac.Chunk(2).Select(pair => new string(pair)));

    internal static string ShowTime(DateTimeOffset time, TimeSpan offset) =>
        (time.UtcDateTime + offset).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private SimulatedDevice AsOfNow(SimulatedDevice device)
    {
        var now = _time.GetUtcNow();
        var current = device.RebootsUntil is { } until && now < until && !(now < device.RebootsFrom) ? device with { Status = 0 } : device;
        return current.Status == 1 ? current with { LastSeen = now } : current;
    }
}

namespace CallCenter.Simulators.Ucm.Accounts;

/// <summary>The phones that are registered. Safe for concurrent use.</summary>
public sealed class UcmPhones
{
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, string?> _addresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset Since, TimeSpan Period)> _flapping = [];

    internal UcmPhones(TimeProvider time) => _time = time;

    /// <summary>Contact address by extension; null where a phone was and left.</summary>
    public IReadOnlyDictionary<string, string?> All
    {
        get
        {
            lock (_gate)
            {
                return new SortedDictionary<string, string?>(_addresses, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>A phone registers, as <c>192.0.2.10:5060 (GRP2614)</c>.</summary>
    public void Register(string extension, string address = "192.0.2.199:5060 (GRP2614)") => Set(extension, address);

    /// <summary>The phone leaves.</summary>
    public void Leave(string extension) => Set(extension, null);

    /// <summary>From now on the phone is gone for one period, back for one, and so on, by the simulator's clock; zero ends that.</summary>
    public void Flap(string extension, TimeSpan period)
    {
        lock (_gate)
        {
            _flapping.Remove(extension);
            if (period > TimeSpan.Zero)
            {
                _flapping[extension] = (_time.GetUtcNow(), period);
            }
        }
    }

    /// <summary>Contact address of the extension's phone at this moment; null when none is registered.</summary>
    public string? AddressOf(string extension)
    {
        lock (_gate)
        {
            return _flapping.TryGetValue(extension, out var flap) && (_time.GetUtcNow() - flap.Since).Ticks / flap.Period.Ticks % 2 == 0
                ? null
                : _addresses.GetValueOrDefault(extension);
        }
    }

    internal void Forget(Func<string, bool> isGone)
    {
        lock (_gate)
        {
            foreach (var gone in _addresses.Keys.Where(isGone).ToList())
            {
                _addresses.Remove(gone);
                _flapping.Remove(gone);
            }
        }
    }

    private void Set(string extension, string? address)
    {
        lock (_gate)
        {
            _addresses[extension] = address;
        }
    }
}

using CallCenter.Core.Telephony.Gdms;

namespace CallCenter.Core.Devices;

/// <summary>What the list shows; every part is optional and all given parts must match. Pure.</summary>
public sealed record DeviceQuery
{
    /// <summary>Part of the name, MAC address, model, address, site, account, or the name behind an account.</summary>
    public string Search { get; init; } = "";

    /// <summary>Site in GDMS.</summary>
    public long? SiteId { get; init; }

    /// <summary>State in GDMS.</summary>
    public GdmsDeviceStatus? Status { get; init; }

    /// <summary>Model as GDMS says.</summary>
    public string? Model { get; init; }

    /// <summary>Firmware as GDMS says.</summary>
    public string? Firmware { get; init; }

    /// <summary>The order; the name decides between equals.</summary>
    public DeviceSort Sort { get; init; }

    /// <summary>Turns the order round.</summary>
    public bool Descending { get; init; }

    /// <summary>The devices that match, in order.</summary>
    public IReadOnlyList<DeviceRow> Apply(IReadOnlyList<DeviceRow> devices)
    {
        var matching = devices.Where(Matches);
        var ordered = (Sort, Descending) switch
        {
            (DeviceSort.Name, false) => matching.OrderBy(row => row.Device.Name, StringComparer.CurrentCultureIgnoreCase),
            (DeviceSort.Name, true) => matching.OrderByDescending(row => row.Device.Name, StringComparer.CurrentCultureIgnoreCase),
            (DeviceSort.State, _) => Order(matching, row => Rank(row.Device.Status)),
            (DeviceSort.LastSeen, _) => Order(matching, row => -(row.Device.LastSeenUtc ?? DateTime.MinValue).Ticks),
            (DeviceSort.Model, _) => Order(matching, row => row.Device.Model),
            (DeviceSort.Firmware, _) => Order(matching, row => FirmwareKey(row.Device.FirmwareVersion)),
            _ => Order(matching, row => row.Device.SiteName ?? ""),
        };
        return [.. ordered.ThenBy(row => row.Device.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(row => row.Mac, StringComparer.Ordinal)];
    }

    private IOrderedEnumerable<DeviceRow> Order<TKey>(IEnumerable<DeviceRow> rows, Func<DeviceRow, TKey> key) =>
        Descending ? rows.OrderByDescending(key) : rows.OrderBy(key);

    private bool Matches(DeviceRow row) =>
        (SiteId is null || row.Device.SiteId == SiteId)
        && (Status is null || row.Device.Status == Status)
        && (Model is null || row.Device.Model == Model)
        && (Firmware is null || row.Device.FirmwareVersion == Firmware)
        && (Search.Length == 0 || Texts(row).Any(text => text.Contains(Search, StringComparison.CurrentCultureIgnoreCase)) || MatchesMac(row.Mac));

    // Typed with colons or without, whole or in part.
    private bool MatchesMac(string mac)
    {
        var digits = new string([.. Search.Where(char.IsAsciiHexDigit)]);
        return digits.Length >= 2 && Search.All(c => char.IsAsciiHexDigit(c) || c is ':' or '-' or '.') && mac.Contains(digits, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Texts(DeviceRow row) => new[]
    {
        row.Device.Name,
        row.Device.Model,
        row.Device.PublicAddress,
        row.Device.PrivateAddress,
        row.Device.SiteName,
        row.Device.SerialNumber,
    }
        .Concat((row.Accounts ?? []).SelectMany(account => new[] { account.User, account.Extension?.Name, account.Extension?.UserName }))
        .OfType<string>();

    // Trouble first.
    private static int Rank(GdmsDeviceStatus status) => status switch
    {
        GdmsDeviceStatus.Abnormal => 0,
        GdmsDeviceStatus.Offline => 1,
        GdmsDeviceStatus.Unknown => 2,
        _ => 3,
    };

    // 1.0.5.9 comes before 1.0.5.44.
    private static string FirmwareKey(string? version) =>
        string.Join('.', (version ?? "").Split('.').Select(part => part.PadLeft(6, '0')));
}

/// <summary>Orders of the list.</summary>
public enum DeviceSort
{
    /// <summary>By name.</summary>
    Name,

    /// <summary>Trouble first.</summary>
    State,

    /// <summary>By site.</summary>
    Site,

    /// <summary>By model.</summary>
    Model,

    /// <summary>Oldest firmware first.</summary>
    Firmware,

    /// <summary>Latest contact first.</summary>
    LastSeen,
}

namespace CallCenter.Simulators.Gdms;

/// <summary>What signs in.</summary>
public sealed record GdmsLogin(string UserName, string Password, string ApiId, string ApiSecret);

public sealed record SimulatedOrganization(long Id, string Name);

public sealed record SimulatedSite(long Id, long OrganizationId, string Name);

/// <summary>A phone or PBX in GDMS. The MAC is twelve upper-case hex digits; replies show colons.</summary>
public sealed record SimulatedDevice(string Mac, string SerialNumber, long OrganizationId, long SiteId)
{
    public string Name { get; init; } = "";

    public string ProductName { get; init; } = "GRP2615";

    /// <summary>1 online, 0 offline, -1 abnormal.</summary>
    public int Status { get; init; } = 1;

    public string PublicIp { get; init; } = "203.0.113.7";

    public string PrivateIp { get; init; } = "192.0.2.33";

    public string FirmwareVersion { get; init; } = "1.0.5.44";

    public IReadOnlyList<string> SipAccounts { get; init; } = [];

    /// <summary>The device has the settings that GDMS wants it to have.</summary>
    public bool Synchronized { get; init; } = true;

    /// <summary>When a reboot begins, UTC; as before until then.</summary>
    public DateTimeOffset? RebootsFrom { get; init; }

    /// <summary>Last contact, UTC.</summary>
    public DateTimeOffset LastSeen { get; init; }

    /// <summary>When a reboot ends, UTC; offline until then.</summary>
    public DateTimeOffset? RebootsUntil { get; init; }

    /// <summary>UCM devices are listed under project 3, phones under 1 (the numbers are unconfirmed).</summary>
    public bool IsPbx => ProductName.StartsWith("UCM", StringComparison.Ordinal);
}

public sealed record SimulatedSipServer(long Id, string Name, string Address);

public sealed record SimulatedSipAccount(long Id, string UserId, string DisplayName, long SipServerId, long OrganizationId);

public sealed record SimulatedTemplateGroup(long Id, string Name, long OrganizationId);

/// <summary>A task that was accepted. Types: 1 reboot, 2 factory reset, 3 upgrade (unconfirmed).</summary>
public sealed record SimulatedTask(long Id, string Name, int Type, IReadOnlyList<string> Macs, DateTimeOffset CreatedAt);

/// <summary>
/// One request and how it was answered; never with the query string, which holds the token. The code is the
/// envelope's, null when there was none.
/// </summary>
public sealed record GdmsRequest(DateTimeOffset At, string Method, string Path, string Body, int Status, int? RetCode);

namespace CallCenter.Core.Telephony.Gdms;

/// <summary>An organisation of a GDMS account.</summary>
/// <param name="Id">GDMS id.</param>
/// <param name="Name">As named in GDMS.</param>
public sealed record GdmsOrganization(long Id, string Name);

/// <summary>A site of an organisation.</summary>
/// <param name="Id">GDMS id.</param>
/// <param name="Name">As named in GDMS.</param>
public sealed record GdmsSite(long Id, string Name);

/// <summary>State of a device as GDMS sees it; it may lag behind the device by a minute or more.</summary>
public enum GdmsDeviceStatus
{
    /// <summary>A value this version does not know.</summary>
    Unknown,

    /// <summary>GDMS has no connection to it (0).</summary>
    Offline,

    /// <summary>Connected (1).</summary>
    Online,

    /// <summary>Connected, but GDMS reports a fault (-1).</summary>
    Abnormal,
}

/// <summary>A device listed in GDMS, a phone or the PBX itself.</summary>
/// <param name="Mac">Twelve upper-case hex digits without separators.</param>
/// <param name="SerialNumber">Null when GDMS does not say.</param>
/// <param name="Name">As named in GDMS; may be empty.</param>
/// <param name="Model">Such as <c>UCM6301</c>; may be empty.</param>
/// <param name="Status">As GDMS sees it.</param>
/// <param name="PublicAddress">Address text as GDMS sees it; null when unknown.</param>
/// <param name="FirmwareVersion">Null when unknown.</param>
/// <param name="SiteId">Null when unknown.</param>
/// <param name="SiteName">Null when unknown.</param>
public sealed record GdmsDevice(
    string Mac,
    string? SerialNumber,
    string Name,
    string Model,
    GdmsDeviceStatus Status,
    string? PublicAddress,
    string? FirmwareVersion,
    long? SiteId,
    string? SiteName)
{
    /// <summary>Address in its own network; null when unknown.</summary>
    public string? PrivateAddress { get; init; }

    /// <summary>Whether its SIP accounts are registered, as GDMS sees it; null when it does not say.</summary>
    public bool? AccountsRegistered { get; init; }

    /// <summary>
    /// Last contact as GDMS says; null when it does not. GDMS writes it without a zone; it is read as
    /// <c>Telephony:Gdms:TimeZone</c>, UTC unless set. Which one is right is not documented.
    /// </summary>
    public DateTime? LastSeenUtc { get; init; }

    /// <summary>The device has the settings that GDMS wants it to have; null when GDMS does not say.</summary>
    public bool? Synchronized { get; init; }
}

/// <summary>A reading of the device list.</summary>
/// <param name="Devices">What was read.</param>
/// <param name="Failure">Why pages are missing; null when all were read.</param>
/// <param name="IsWhole">All pages were read and hold as many devices as GDMS counts. Otherwise a device's absence means nothing.</param>
public sealed record GdmsDeviceReading(IReadOnlyList<GdmsDevice> Devices, Primitives.Error? Failure, bool IsWhole);

/// <summary>The SIP accounts of a device as GDMS knows them.</summary>
/// <param name="Accounts">In order.</param>
/// <param name="DoNotDisturb">Null when GDMS does not say.</param>
/// <param name="SyncFailure">GDMS's words on why the device lacks its settings; empty when none.</param>
public sealed record GdmsAccountState(IReadOnlyList<GdmsSipAccount> Accounts, bool? DoNotDisturb, string SyncFailure);

/// <summary>A SIP account on a device.</summary>
/// <param name="User">User part.</param>
/// <param name="Registered">Null when GDMS does not say.</param>
public sealed record GdmsSipAccount(string User, bool? Registered);

/// <summary>More about one device, as far as GDMS could reach it.</summary>
/// <param name="Device">The device as listed.</param>
/// <param name="SipAccounts">User parts of the SIP accounts on it; for a PBX usually empty.</param>
/// <param name="Fresh">True when the device itself answered; false when GDMS still showed stored values at the deadline.</param>
public sealed record GdmsDeviceDetail(GdmsDevice Device, IReadOnlyList<string> SipAccounts, bool Fresh);

using CallCenter.Core.Primitives;

namespace CallCenter.Core.Telephony.Gdms;

/// <summary>
/// Writes to GDMS. Nothing is repeated by itself, but for a call that GDMS refused for its token before looking at it. Every
/// answer says whether the write happened, did not, or nobody knows.
/// </summary>
public interface IGdmsActs
{
    /// <summary>Has devices do something now (<c>task/add</c>, execType 1).</summary>
    /// <param name="account">What signs in.</param>
    /// <param name="organizationId">The organisation; null for the account's default.</param>
    /// <param name="task">What.</param>
    /// <param name="name">Name of the task in GDMS.</param>
    /// <param name="macs">Twelve hex digits each.</param>
    /// <param name="cancellationToken">Stops the waiting; the write may then have happened.</param>
    Task<GdmsWrite> AddTaskAsync(
        GdmsAccount account, long? organizationId, GdmsTask task, string name, IReadOnlyList<string> macs, CancellationToken cancellationToken = default);

    /// <summary>Puts devices into the account in one batch (<c>device/add</c>).</summary>
    Task<GdmsWrite> AddDevicesAsync(
        GdmsAccount account, long? organizationId, long siteId, IReadOnlyList<GdmsNewDevice> devices, CancellationToken cancellationToken = default);

    /// <summary>Changes name and site of a device (<c>device/edit</c>).</summary>
    Task<GdmsWrite> EditDeviceAsync(GdmsAccount account, string mac, string name, long? siteId, CancellationToken cancellationToken = default);

    /// <summary>Until when GDMS asked this account to wait, UTC; null when it does not have to. A write is better not sent before.</summary>
    DateTime? WaitingUntilUtc(GdmsAccount account);
}

/// <summary>What a device can be told to do. Type 3 (upgrade) is unconfirmed and left out.</summary>
public enum GdmsTask
{
    /// <summary>Restart.</summary>
    Reboot = 1,

    /// <summary>Back to the factory's settings.</summary>
    FactoryReset = 2,
}

/// <summary>What became of a write.</summary>
public enum GdmsFate
{
    /// <summary>GDMS accepted it.</summary>
    Accepted,

    /// <summary>It was certainly not carried out.</summary>
    Refused,

    /// <summary>The answer was lost, a server fault, or makes no sense: it may have been carried out.</summary>
    InDoubt,
}

/// <summary>Outcome of a write.</summary>
/// <param name="Fate">Whether it happened.</param>
/// <param name="Error">Why it did not, or why nobody knows; null when accepted.</param>
/// <param name="TaskId">GDMS's id of a task; null when it gave none.</param>
/// <param name="Failures">Items of a batch that GDMS refused.</param>
public sealed record GdmsWrite(GdmsFate Fate, Error? Error, string? TaskId, IReadOnlyList<GdmsItemFailure> Failures);

/// <summary>A refused item of a batch.</summary>
/// <param name="Mac">Twelve upper-case hex digits.</param>
/// <param name="Error">What it means, as far as known.</param>
/// <param name="Note">GDMS's own words or code.</param>
public sealed record GdmsItemFailure(string Mac, Error Error, string Note);

/// <summary>A device for <see cref="IGdmsActs.AddDevicesAsync"/>. Its text never shows the serial number.</summary>
/// <param name="Mac">Twelve hex digits.</param>
/// <param name="SerialNumber">From its label.</param>
/// <param name="Name">Name in GDMS.</param>
public sealed record GdmsNewDevice(string Mac, string SerialNumber, string Name)
{
    /// <summary>The MAC address only.</summary>
    public override string ToString() => Mac;
}

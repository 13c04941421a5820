using CallCenter.Core.Primitives;

namespace CallCenter.Core.Telephony.Gdms;

/// <summary>
/// Reads organisations, sites and devices from the GDMS cloud. GDMS knows no calls, recordings or PBX extensions;
/// those come from the PBX. Every method may answer <see cref="GdmsErrors.Unreachable"/>,
/// <see cref="GdmsErrors.CredentialsRejected"/>, <see cref="GdmsErrors.SignatureRejected"/>,
/// <see cref="GdmsErrors.Throttled"/>, <see cref="GdmsErrors.SessionExpired"/>, <see cref="GdmsErrors.NoPermission"/>,
/// <see cref="GdmsErrors.Declined"/> or <see cref="GdmsErrors.UnexpectedReply"/>, and with an address of the account's own
/// <see cref="TelephonyErrors.AddressNotAllowed"/>.
/// </summary>
public interface IGdmsDirectory
{
    /// <summary>Signs in anew, ignoring any cached token, and makes one signed read: proves account, secret and clock.</summary>
    Task<Result> CheckAccessAsync(GdmsAccount account, CancellationToken cancellationToken = default);

    /// <summary>Every organisation of the account.</summary>
    Task<Result<IReadOnlyList<GdmsOrganization>>> GetOrganizationsAsync(
        GdmsAccount account, CancellationToken cancellationToken = default);

    /// <summary>Every site of an organisation.</summary>
    Task<Result<IReadOnlyList<GdmsSite>>> GetSitesAsync(
        GdmsAccount account, long organizationId, CancellationToken cancellationToken = default);

    /// <summary>Every device, all pages read.</summary>
    /// <param name="account">What signs in.</param>
    /// <param name="organizationId">One organisation only; null for the account's default organisation.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<Result<IReadOnlyList<GdmsDevice>>> GetDevicesAsync(
        GdmsAccount account, long? organizationId, CancellationToken cancellationToken = default);

    /// <summary>Every device that can be read: a failing page does not take the others along, and the answer says what is missing.</summary>
    /// <param name="account">What signs in.</param>
    /// <param name="organizationId">One organisation only; null for the account's default organisation.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    Task<GdmsDeviceReading> ReadDevicesAsync(GdmsAccount account, long? organizationId, CancellationToken cancellationToken = default);

    /// <summary>SIP accounts of a device and whether they are registered, as GDMS has it; does not wake the device.</summary>
    /// <param name="account">What signs in.</param>
    /// <param name="mac">Twelve hex digits with or without separators, any case.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The accounts, or <see cref="GdmsErrors.DeviceNotFound"/>, or a failure named on the interface.</returns>
    Task<Result<GdmsAccountState>> GetAccountStateAsync(GdmsAccount account, string mac, CancellationToken cancellationToken = default);

    /// <summary>One device by MAC address, as listed (quick; does not ask the device itself).</summary>
    /// <param name="account">What signs in.</param>
    /// <param name="organizationId">One organisation only; null for the account's default organisation.</param>
    /// <param name="mac">Twelve hex digits with or without separators, any case.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The device, or <see cref="GdmsErrors.DeviceNotFound"/>, or a failure named on the interface.</returns>
    Task<Result<GdmsDevice>> FindDeviceAsync(
        GdmsAccount account, long? organizationId, string mac, CancellationToken cancellationToken = default);

    /// <summary>Asks the device through GDMS, polling up to a minute; prefer <see cref="FindDeviceAsync"/> for a quick look.</summary>
    /// <param name="account">What signs in.</param>
    /// <param name="mac">Twelve hex digits with or without separators, any case.</param>
    /// <param name="cancellationToken">Stops the polling.</param>
    /// <returns>The detail, or <see cref="GdmsErrors.DeviceNotFound"/>, or a failure named on the interface.</returns>
    Task<Result<GdmsDeviceDetail>> GetDeviceDetailAsync(
        GdmsAccount account, string mac, CancellationToken cancellationToken = default);
}

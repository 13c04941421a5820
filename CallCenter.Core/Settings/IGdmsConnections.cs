using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony.Gdms;

namespace CallCenter.Core.Settings;

/// <summary>The tenant's GDMS account.</summary>
public interface IGdmsConnections
{
    /// <summary>The current tenant's account, its secrets decrypted.</summary>
    /// <returns>
    /// The account, or <see cref="SettingsErrors.GdmsNotConfigured"/>, <see cref="Security.SecretErrors.UnknownKey"/> or
    /// <see cref="Security.SecretErrors.Unreadable"/>.
    /// </returns>
    Task<Result<GdmsEndpoint>> GetAsync(CancellationToken cancellationToken = default);
}

/// <summary>What the portal needs to look a PBX up in GDMS.</summary>
/// <param name="Account">Signs in.</param>
/// <param name="DeviceMac">MAC of the PBX, twelve upper-case hex digits.</param>
/// <param name="OrganizationId">GDMS organisation; null for the account's default.</param>
public sealed record GdmsEndpoint(GdmsAccount Account, string DeviceMac, long? OrganizationId);

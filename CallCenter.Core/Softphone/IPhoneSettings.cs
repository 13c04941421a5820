using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Softphone;

/// <summary>The tenant's card "Phone in the browser".</summary>
public interface IPhoneSettings
{
    /// <summary>The card; its secret is masked. Needs <see cref="Permissions.Settings.View"/>.</summary>
    Task<Result<SettingsCard<PhoneForm>>> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Saves it. Needs <see cref="Permissions.Settings.Edit"/>.</summary>
    /// <inheritdoc cref="ITenantSettings.SaveAsync(PbxForm, int, CancellationToken)" path="/param"/>
    Task<CardSave<PhoneForm>> SaveAsync(PhoneForm form, int version, CancellationToken cancellationToken = default);

    /// <summary>Opens the WebSocket as it is stored and asks the PBX for its realm, as browsers will. Needs <see cref="Permissions.Settings.Edit"/>.</summary>
    /// <returns>
    /// What was found, <see cref="PhoneErrors.NoWebSocket"/>, <see cref="PhoneErrors.SocketFailed"/>, <see cref="PhoneErrors.NotSip"/>,
    /// <see cref="PhoneErrors.NoDigest"/>, or <see cref="Telephony.TelephonyErrors.AddressNotAllowed"/>.
    /// </returns>
    Task<Result<PhoneProbe>> AskAsync(CancellationToken cancellationToken = default);
}

/// <summary>What the PBX's WebSocket said.</summary>
/// <param name="Url">Address that was tried.</param>
/// <param name="Realm">Realm of its challenge.</param>
/// <param name="Server">Name it gives itself; empty when it gives none.</param>
/// <param name="OpenMilliseconds">Until the socket was open.</param>
/// <param name="AnswerMilliseconds">From the question to the challenge.</param>
/// <param name="BrowserTrusted">The certificate is one that browsers trust, as far as this machine's list says; true for ws.</param>
public sealed record PhoneProbe(string Url, string Realm, string Server, int OpenMilliseconds, int AnswerMilliseconds, bool BrowserTrusted);

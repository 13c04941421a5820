using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Softphone;

/// <summary>The signed-in person's phone in the page. Needs <see cref="Permissions.Extensions.Own"/>.</summary>
public interface IPhoneSessions
{
    /// <summary>Whether there is one, and what the page must know to draw it; null without one. Holds no secret.</summary>
    Task<PhoneInfo?> FindPhoneAsync(CancellationToken cancellationToken = default);

    /// <summary>Whether the person has an extension that browsers may register as, whose secret is known here, on a PBX with a WebSocket.</summary>
    Task<bool> HasPhoneAsync(CancellationToken cancellationToken = default);

    /// <summary>What the page's phone needs to register. Audited; for the session endpoint only, never for a circuit.</summary>
    /// <returns>
    /// The session, <see cref="AccessErrors.Denied"/>, <see cref="PhoneErrors.NoPhone"/>, <see cref="PhoneErrors.NotAllowed"/>,
    /// <see cref="PhoneErrors.Pending"/>, <see cref="PhoneErrors.SecretUnknown"/>, <see cref="PhoneErrors.NoWebSocket"/>,
    /// <see cref="PhoneErrors.TooMany"/> or <see cref="PhoneErrors.RealmUnknown"/>.
    /// </returns>
    Task<Result<PhoneSession>> GetAsync(CancellationToken cancellationToken = default);
}

/// <summary>What pages know of the own phone.</summary>
/// <param name="Owner">Names the browser's lock, channel and stored records: tenant and user.</param>
/// <param name="Extension">Its number.</param>
/// <param name="Name">Name that others see.</param>
/// <param name="DndAllowed">The person may switch "do not disturb" on.</param>
/// <param name="Ringtone">How it rings.</param>
/// <param name="EchoNumber">Number of the echo test; empty when none is set up.</param>
/// <param name="CanPark">A number for parking is set.</param>
/// <param name="CanConfer">A conference room is set.</param>
public sealed record PhoneInfo(
    string Owner, string Extension, string Name, bool DndAllowed, PhoneRingtone Ringtone, string EchoNumber, bool CanPark, bool CanConfer);

/// <summary>Answer of the session endpoint; <c>contract.ts</c> has the same under the same names.</summary>
/// <param name="Account">Who registers.</param>
/// <param name="Servers">WebSocket addresses, the heaviest first.</param>
/// <param name="IceServers">STUN and TURN.</param>
/// <param name="ExpiresAtUtc">When secrets in it end, UTC; null for never.</param>
/// <param name="Policy">Rules of the tenant.</param>
public sealed record PhoneSession(
    PhoneAccount Account, IReadOnlyList<PhoneServer> Servers, IReadOnlyList<PhoneIceServer> IceServers, DateTime? ExpiresAtUtc, PhonePolicy Policy);

/// <summary>Who registers.</summary>
/// <param name="Uri">For example <c>sip:1001@pbx.example.test</c>.</param>
/// <param name="AuthUser">User of the digest.</param>
/// <param name="Realm">Realm that <paramref name="Ha1"/> was made for.</param>
/// <param name="Ha1">MD5 of user, realm and password: a secret for this realm.</param>
/// <param name="DisplayName">Name that others see.</param>
public sealed record PhoneAccount(string Uri, string AuthUser, string Realm, Secret Ha1, string DisplayName);

/// <summary>A WebSocket address.</summary>
/// <param name="Url">With <c>wss://</c>.</param>
/// <param name="Weight">Heavier ones are tried first.</param>
public sealed record PhoneServer(string Url, int Weight);

/// <summary>A STUN or TURN server.</summary>
/// <param name="Urls">Such as <c>stun:stun.example.test:3478</c>.</param>
/// <param name="UserName">Of TURN: when it ends and who it is for; null for STUN.</param>
/// <param name="Credential">Of TURN; null for STUN.</param>
public sealed record PhoneIceServer(IReadOnlyList<string> Urls, string? UserName, Secret? Credential);

/// <summary>Rules of the tenant, as <c>contract.ts</c> has them.</summary>
/// <param name="RegisterSeconds">Life of a registration, seconds.</param>
/// <param name="Dtmf">How keys are sent.</param>
/// <param name="MaxCalls">Calls at once, held ones included.</param>
/// <param name="AutoAnswer">Which calls are answered by themselves.</param>
/// <param name="ParkNumber">Number that parks a call; null for none.</param>
/// <param name="ConferenceNumber">Conference room for three-way calls; null for none.</param>
/// <param name="MediaTimeoutSeconds">A call without audio for so long is ended; 0 for never.</param>
/// <param name="Codecs">Codecs in the order of preference, lower case.</param>
public sealed record PhonePolicy(
    int RegisterSeconds, PhoneDtmf Dtmf, int MaxCalls, PhoneAutoAnswer AutoAnswer, string? ParkNumber, string? ConferenceNumber, int MediaTimeoutSeconds,
    IReadOnlyList<string> Codecs);

using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Calls;

/// <summary>The address at which the tenant's PBX may push call detail. Asks for <see cref="Permissions.Calls.Import"/>.</summary>
public interface ICdrPush
{
    /// <summary>State of the push; a null value while it is off.</summary>
    /// <returns>The state or <see cref="AccessErrors.Denied"/>.</returns>
    Task<Result<CdrPushState?>> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes a secret and switches the push on; an older secret ends at once.</summary>
    /// <returns>The secret, which is kept nowhere and shown once; <see cref="AccessErrors.Denied"/> or <see cref="TelephonyErrors.NotConfigured"/>.</returns>
    Task<Result<string>> MakeSecretAsync(CancellationToken cancellationToken = default);

    /// <summary>Switches the push off; the secret ends.</summary>
    /// <returns>Success or <see cref="AccessErrors.Denied"/>.</returns>
    Task<Result> SwitchOffAsync(CancellationToken cancellationToken = default);
}

/// <summary>A push that is on.</summary>
/// <param name="MadeAtUtc">When its secret was made, UTC.</param>
/// <param name="LastReceivedAtUtc">When rows last came, UTC; null when none did.</param>
/// <param name="Legs">Legs received since then.</param>
public sealed record CdrPushState(DateTime MadeAtUtc, DateTime? LastReceivedAtUtc, long Legs);

/// <summary>Takes what PBXs push. Needs no signed-in person: the secret is the right.</summary>
public interface ICdrPushReceiver
{
    /// <summary>Largest body, in bytes.</summary>
    const int MaxBytes = 1_048_576;

    /// <summary>Stores the legs of a body: one leg, a list, or <c>cdr_root</c>. Legs that are stored already stay as they are.</summary>
    /// <param name="slug">The tenant, as in addresses.</param>
    /// <param name="secret">As the address or the header gives it.</param>
    /// <param name="body">JSON.</param>
    /// <param name="remoteAddress">For the limit on wrong secrets; null when unknown.</param>
    /// <param name="cancellationToken">Stores nothing.</param>
    /// <returns>
    /// What was stored, or <see cref="CallErrors.PushUnknown"/>, <see cref="CallErrors.PushTooOften"/>, <see cref="CallErrors.PushTooLarge"/>,
    /// <see cref="CallErrors.PushGarbage"/>.
    /// </returns>
    Task<Result<CdrPushReceipt>> ReceiveAsync(
        string slug, string secret, Stream body, string? remoteAddress, CancellationToken cancellationToken = default);
}

/// <summary>What came of a push.</summary>
/// <param name="Legs">Legs understood.</param>
/// <param name="Added">Of those, legs that were not stored before.</param>
/// <param name="Refused">Rows not understood.</param>
public sealed record CdrPushReceipt(int Legs, int Added, int Refused);

using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;

namespace CallCenter.Core.Telephony;

/// <summary>
/// Extensions on a PBX, in neutral terms. Reads answer the <see cref="TelephonyErrors"/>; a kind of PBX without the function
/// answers <see cref="TelephonyErrors.Unsupported"/>. Nothing is retried here except what provably was not executed.
/// </summary>
public interface IPbxExtensions
{
    /// <summary>Every extension that is in force, all pages, with its live state. One list call per page.</summary>
    Task<Result<IReadOnlyList<PbxExtensionLine>>> ListAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default);

    /// <summary>One extension as configured, applied or not, secrets included; null when there is none of that number.</summary>
    Task<Result<PbxExtension?>> FindAsync(PbxEndpoint pbx, string number, CancellationToken cancellationToken = default);

    /// <summary>
    /// Every number that is taken, applied or not: extensions, and queues, ring groups and the like as far as the API user may
    /// list them.
    /// </summary>
    Task<Result<IReadOnlySet<string>>> ListTakenNumbersAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default);

    /// <summary>Creates an extension with its user.</summary>
    Task<PbxWrite> AddAsync(PbxEndpoint pbx, PbxExtension extension, CancellationToken cancellationToken = default);

    /// <summary>
    /// Changes the named fields only, and the secrets that are given. Several vendor calls may be needed; each is safe to send
    /// again.
    /// </summary>
    /// <param name="pbx">The PBX.</param>
    /// <param name="number">Which extension.</param>
    /// <param name="profile">Where the values come from.</param>
    /// <param name="fields">The fields to write; may be empty when only secrets change.</param>
    /// <param name="secret">New SIP secret; null keeps it.</param>
    /// <param name="cancellationToken">Stops before the next vendor call.</param>
    Task<PbxWrite> ChangeAsync(
        PbxEndpoint pbx, string number, ExtensionProfile profile, IReadOnlyList<ExtensionField> fields, Secret? secret, CancellationToken cancellationToken = default);

    /// <summary>Removes the extension and its user. One that is not there answers <see cref="ExtensionErrors.NotOnPbx"/>.</summary>
    Task<PbxWrite> DeleteAsync(PbxEndpoint pbx, string number, CancellationToken cancellationToken = default);

    /// <summary>
    /// Puts all writes into force; may take half a minute. Refusals that pass answer <see cref="ExtensionErrors.ApplyTooSoon"/>,
    /// <see cref="ExtensionErrors.ApplyRunning"/> or <see cref="ExtensionErrors.ApplyConference"/>.
    /// </summary>
    Task<PbxWrite> ApplyAsync(PbxEndpoint pbx, CancellationToken cancellationToken = default);

    /// <summary>Rings the extension and connects it with another number once it answers.</summary>
    Task<PbxWrite> CallAsync(PbxEndpoint pbx, string number, string destination, CancellationToken cancellationToken = default);
}

/// <summary>How a write ended.</summary>
/// <param name="Error">Null on success.</param>
/// <param name="InDoubt">True when it may have been executed all the same: the answer was lost, late or nonsense. Read the truth before anything else.</param>
/// <param name="Hints">Likely causes of a refusal, <see cref="ExtensionHints"/>, likeliest first.</param>
public sealed record PbxWrite(Error? Error, bool InDoubt, IReadOnlyList<string> Hints)
{
    /// <summary>The PBX has it.</summary>
    public static readonly PbxWrite Done = new(null, false, []);

    /// <summary>The PBX certainly does not have it.</summary>
    public static PbxWrite Refused(Error error, params IReadOnlyList<string> hints) => new(error, false, hints);

    /// <summary>Nobody knows.</summary>
    public static PbxWrite Doubt(Error error) => new(error, true, []);

    /// <summary>How long the PBX wants to be left alone before the next attempt, as far as it says; null otherwise.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when the PBX has it.</summary>
    public bool Succeeded => Error is null;
}

/// <summary>An extension in the PBX's list.</summary>
/// <param name="Number">Digits.</param>
/// <param name="Name">Name that phones show.</param>
/// <param name="Kind">The vendor's word for the kind of account, such as <c>SIP(WebRTC)</c>.</param>
/// <param name="WebPhone">The browser's softphone may register.</param>
/// <param name="Status">What the line does.</param>
/// <param name="Address">Address of the registered phone; empty when none.</param>
/// <param name="Model">Its model, as far as said; empty otherwise.</param>
/// <param name="OutOfService">Switched off on the PBX.</param>
/// <param name="Locked">Locked by the PBX.</param>
public sealed record PbxExtensionLine(
    string Number, string Name, string Kind, bool WebPhone, LineStatus Status, string Address, string Model, bool OutOfService, bool Locked);

/// <summary>An extension as configured on the PBX.</summary>
/// <param name="Number">Digits.</param>
/// <param name="Profile">Its settings.</param>
/// <param name="Secret">SIP secret; null when the PBX does not show it.</param>
/// <param name="VoicemailPin">Mailbox PIN; null when the PBX does not show it.</param>
public sealed record PbxExtension(string Number, ExtensionProfile Profile, Secret? Secret, Secret? VoicemailPin)
{
    /// <summary>
    /// Fields that this firmware or API user does not show, or whose value has no counterpart here. The profile has their
    /// defaults, which mean nothing: compare with <see cref="ProfileOver"/>.
    /// </summary>
    public IReadOnlyList<ExtensionField> Unread { get; init; } = [];

    /// <summary>The profile, with the fields that could not be read taken from what is known otherwise, so that they do not differ.</summary>
    public ExtensionProfile ProfileOver(ExtensionProfile known) => Unread.Aggregate(Profile, (profile, field) => field.Copy(profile, known));
}

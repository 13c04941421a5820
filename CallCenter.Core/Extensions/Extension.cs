using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Extensions;

/// <summary>
/// An extension of a tenant's PBX, and the small saga that makes the PBX equal to it: the row says what is wanted, how far
/// that got, and what the PBX was last seen to have. Every step can be run again; what is true is read from the PBX.
/// </summary>
public sealed partial class Extension : ITenantOwned
{
    /// <summary>Longest number, in digits; the PBX's limit.</summary>
    public const int NumberMaxLength = 18;

    /// <summary>Longest encrypted secret, in characters.</summary>
    public const int ProtectedMaxLength = 512;

    /// <summary>Longest error code, in characters.</summary>
    public const int ErrorCodeMaxLength = 80;

    /// <summary>Longest list of hints, in characters.</summary>
    public const int ErrorHintsMaxLength = 400;

    private Extension()
    {
    }

    /// <summary>Key.</summary>
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>The PBX connection.</summary>
    public Guid PbxId { get; private init; }

    /// <summary>2 to 18 digits; unique on the PBX. Changes only while an automatically numbered extension was not yet sent.</summary>
    public string Number { get; private set; } = "";

    /// <summary>Where it came from.</summary>
    public ExtensionOrigin Origin { get; private init; }

    /// <summary>The portal picked the number, and may pick another when the PBX turns out to have it.</summary>
    public bool AutoNumbered { get; private init; }

    /// <summary>What the portal wants the PBX to have.</summary>
    public ExtensionProfile Wanted { get; private set; } = new();

    /// <summary>What the PBX was last seen to have; null before the first reading.</summary>
    public ExtensionProfile? Seen { get; private set; }

    /// <summary>What was wanted before the change that is asked for; null when there is none.</summary>
    public ExtensionProfile? Previous { get; private set; }

    /// <summary>How many <see cref="Differences"/> there are, kept for lists.</summary>
    public int DifferenceCount { get; private set; }

    /// <summary>When <see cref="Seen"/> was read, UTC.</summary>
    public DateTime? SeenAtUtc { get; private set; }

    /// <summary>The PBX was last read to have another SIP secret than the one kept here.</summary>
    public bool SecretDiffers { get; private set; }

    /// <summary>Since when the PBX's list lacks it, UTC; null while it is there.</summary>
    public DateTime? MissingSinceUtc { get; private set; }

    /// <summary>Where it stands.</summary>
    public ExtensionState State { get; private set; }

    /// <summary>What is to be done on the PBX; kept while failed.</summary>
    public ExtensionOperation Operation { get; private set; }

    /// <summary>How far that got.</summary>
    public ExtensionStep Step { get; private set; }

    /// <summary>When the step began, UTC.</summary>
    public DateTime StepAtUtc { get; private set; }

    /// <summary>Attempts of the operation that ended without an outcome.</summary>
    public int Attempts { get; private set; }

    /// <summary>Earliest next attempt, UTC; null for at once.</summary>
    public DateTime? NextAttemptAtUtc { get; private set; }

    /// <summary>Why it waits or failed, an error code; null otherwise.</summary>
    public string? ErrorCode { get; private set; }

    /// <summary>Likely causes, <see cref="ExtensionHints"/> joined by commas; empty when there are none.</summary>
    public string ErrorHints { get; private set; } = "";

    /// <summary>The bulk act it belongs to; null for single acts. Kept after the end, for the run's report.</summary>
    public Guid? RunId { get; private set; }

    /// <summary>The person whose extension it is; one person has at most one in the tenant.</summary>
    public Guid? UserId { get; private set; }

    /// <summary>SIP secret as <see cref="Security.ISecretProtector"/> wrote it; null while it is not known here.</summary>
    public string? SecretProtected { get; private set; }

    /// <summary>Mailbox PIN, likewise.</summary>
    public string? VoicemailPinProtected { get; private set; }

    /// <summary>The next SIP secret while it is on its way to the PBX; null otherwise.</summary>
    public string? NextSecretProtected { get; private set; }

    /// <summary>Since when the SIP secret is in force, UTC; null while it is not known here.</summary>
    public DateTime? SecretSinceUtc { get; private set; }

    /// <summary>UTC.</summary>
    public DateTime CreatedAtUtc { get; private init; }

    /// <summary>Name of who created or adopted it.</summary>
    public string CreatedBy { get; private set; } = "";

    /// <summary>Name of who asked for the operation, for the audit log of its outcome.</summary>
    public string RequestedBy { get; private set; } = "";

    /// <summary>Counts saves.</summary>
    public int Version { get; private init; } = 1;

    /// <summary>True while the PBX has work to do for it.</summary>
    public bool IsPending => State is ExtensionState.Creating or ExtensionState.Changing or ExtensionState.Deleting;

    /// <summary>True until a creation has been completed once; what the PBX has under the number may then be somebody else's.</summary>
    public bool IsNew => Origin == ExtensionOrigin.Portal && SecretSinceUtc is null;

    /// <summary>The SIP secret that the PBX should have; null while it is not known here.</summary>
    public string? WantedSecretProtected => NextSecretProtected ?? SecretProtected;

    /// <summary>Fields in which the PBX differs from what is wanted; empty while pending or unread.</summary>
    public IReadOnlyList<ExtensionField> Differences => State == ExtensionState.Active && Seen is not null ? Wanted.Differences(Seen) : [];

    /// <summary>A new one, to be created on the PBX.</summary>
    public static Extension Create(
        Guid pbxId, string number, bool autoNumbered, ExtensionProfile wanted, string secretProtected, string voicemailPinProtected, string by, DateTime nowUtc, Guid? runId)
    {
        var extension = new Extension
        {
            PbxId = pbxId,
            Number = number,
            AutoNumbered = autoNumbered,
            Origin = ExtensionOrigin.Portal,
            Wanted = wanted,
            SecretProtected = secretProtected,
            VoicemailPinProtected = voicemailPinProtected,
            CreatedAtUtc = nowUtc,
            CreatedBy = by,
        };
        extension.Begin(ExtensionOperation.Create, by, nowUtc, runId);
        return extension;
    }

    /// <summary>One that the PBX's list shows and the portal does not know.</summary>
    public static Extension Find(Guid pbxId, string number, ExtensionProfile seen, DateTime nowUtc) => new()
    {
        PbxId = pbxId,
        Number = number,
        Origin = ExtensionOrigin.Pbx,
        State = ExtensionState.Found,
        Wanted = seen,
        CreatedAtUtc = nowUtc,
        StepAtUtc = nowUtc,
    };

    /// <summary>Takes a found one under management, as it is on the PBX.</summary>
    public void Adopt(ExtensionProfile seen, string? secretProtected, string? voicemailPinProtected, string by, DateTime nowUtc)
    {
        Require(State == ExtensionState.Found);
        Wanted = seen;
        SecretProtected = secretProtected;
        VoicemailPinProtected = voicemailPinProtected;
        SecretSinceUtc = secretProtected is null ? null : nowUtc;
        CreatedBy = by;
        State = ExtensionState.Active;
        See(seen, nowUtc);
    }
}

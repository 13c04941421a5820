using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Extensions;

/// <summary>
/// An extension of a tenant's PBX, and the small saga that makes the PBX equal to it: the row says what is wanted, how far
/// that got, and what the PBX was last seen to have. Every step can be run again; what is true is read from the PBX.
/// </summary>
public sealed class Extension : ITenantOwned
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

    /// <summary>Asks for a change. Also from a failed change, which it replaces.</summary>
    public void Change(ExtensionProfile wanted, string by, DateTime nowUtc, Guid? runId = null)
    {
        Require(MayChange);
        Previous = State == ExtensionState.Active ? Wanted : Previous;
        Wanted = wanted;
        Begin(ExtensionOperation.Change, by, nowUtc, runId);
    }

    /// <summary>Asks for a new SIP secret.</summary>
    public void Rotate(string nextSecretProtected, string by, DateTime nowUtc, Guid? runId = null)
    {
        Require(MayChange);
        NextSecretProtected = nextSecretProtected;
        Begin(ExtensionOperation.Change, by, nowUtc, runId);
    }

    /// <summary>Asks for the removal.</summary>
    public void Delete(string by, DateTime nowUtc, Guid? runId = null)
    {
        Require(MayDelete);
        Begin(Undoes ? ExtensionOperation.Undo : ExtensionOperation.Delete, by, nowUtc, runId);
    }

    /// <summary>True when a change may be asked for.</summary>
    public bool MayChange => State == ExtensionState.Active || (State == ExtensionState.Failed && Operation == ExtensionOperation.Change);

    /// <summary>
    /// True while nothing of the operation was sent and there is a state to go back to. A creation goes back to nothing: its row
    /// is removed by the caller.
    /// </summary>
    public bool MayTakeBack => IsPending && Step == ExtensionStep.Queued && (Operation == ExtensionOperation.Create ? IsNew : Seen is not null);

    /// <summary>Takes back a change or a removal that was not sent. Kept in its run, for the run's report.</summary>
    public void TakeBack(DateTime nowUtc)
    {
        Require(MayTakeBack && Operation is ExtensionOperation.Change or ExtensionOperation.Delete);
        Wanted = Operation == ExtensionOperation.Change ? Previous ?? Wanted : Wanted;
        NextSecretProtected = null;
        Settle(nowUtc);
    }

    /// <summary>True when the removal may be asked for.</summary>
    public bool MayDelete => State is ExtensionState.Active or ExtensionState.Failed;

    /// <summary>Takes another number before anything was sent, or when the PBX answered that somebody else has it.</summary>
    public void Renumber(string number, DateTime nowUtc)
    {
        Require(MayRenumber);
        Number = number;
        Move(ExtensionStep.Queued, nowUtc);
    }

    /// <summary>True when another number would do as well: the portal picked this one and no phone knows it yet.</summary>
    public bool MayRenumber => AutoNumbered && IsNew && Operation == ExtensionOperation.Create && IsPending;

    /// <summary>To be stored before a write is sent.</summary>
    public void MarkSent(DateTime nowUtc)
    {
        Require(IsPending);
        Move(ExtensionStep.Sent, nowUtc);
    }

    /// <summary>The PBX has the write, or was read to have its effect already.</summary>
    public void MarkWritten(DateTime nowUtc)
    {
        Require(IsPending);
        Move(ExtensionStep.Written, nowUtc);
        (ErrorCode, ErrorHints, NextAttemptAtUtc) = (null, "", null);
    }

    /// <summary>The write is in force. A deleted one is to be removed by the caller instead.</summary>
    /// <param name="seen">What the PBX was read to have; null when it was not read again.</param>
    /// <param name="nowUtc">Now.</param>
    public void Complete(ExtensionProfile? seen, DateTime nowUtc)
    {
        Require(Operation is ExtensionOperation.Create or ExtensionOperation.Change);
        if (Operation == ExtensionOperation.Create)
        {
            SecretSinceUtc = nowUtc;
        }
        else if (NextSecretProtected is { } next)
        {
            (SecretProtected, NextSecretProtected, SecretSinceUtc) = (next, null, nowUtc);
            SecretDiffers = false;
        }

        Settle(nowUtc);
        See(seen ?? Wanted, nowUtc);
    }

    /// <summary>The creation of one that was there before was undone: it is missing on the PBX, as it was.</summary>
    public void CompleteUndo(DateTime nowUtc)
    {
        Require(Operation == ExtensionOperation.Undo && !IsNew);
        Settle(nowUtc);
        Miss(nowUtc);
    }

    /// <summary>The attempt ended without an outcome; the operation waits.</summary>
    public void Wait(string errorCode, DateTime untilUtc, DateTime nowUtc)
    {
        Require(IsPending);
        Attempts++;
        ErrorCode = errorCode;
        NextAttemptAtUtc = untilUtc;
        StepAtUtc = nowUtc;
    }

    /// <summary>The wait is over early: what held it back was mended.</summary>
    public void Resume()
    {
        Require(IsPending);
        NextAttemptAtUtc = null;
    }

    /// <summary>The PBX refused for good.</summary>
    public void Fail(string errorCode, IReadOnlyList<string> hints, DateTime nowUtc)
    {
        Require(IsPending);
        State = ExtensionState.Failed;
        ErrorCode = errorCode;
        ErrorHints = string.Join(',', hints);
        NextAttemptAtUtc = null;
        StepAtUtc = nowUtc;
    }

    /// <summary>Runs the failed operation again; what the PBX has is read first.</summary>
    public void Retry(string by, DateTime nowUtc)
    {
        Require(State == ExtensionState.Failed);
        var step = Step;
        Begin(Operation, by, nowUtc, RunId);
        Move(step == ExtensionStep.Queued ? ExtensionStep.Queued : ExtensionStep.Sent, nowUtc);
    }

    /// <summary>
    /// Gives a failed operation up: a creation is undone on the PBX, a change goes back to what was last seen there, a
    /// deletion lets the extension live. Each is an operation of its own, since part of the failed one may be in force.
    /// Only a change of what the PBX lacks needs none: there is nothing to go back to.
    /// </summary>
    public void GiveUp(string by, DateTime nowUtc)
    {
        Require(State == ExtensionState.Failed);
        if (Undoes)
        {
            Begin(ExtensionOperation.Undo, by, nowUtc, RunId);
            return;
        }

        Wanted = Operation == ExtensionOperation.Change ? Seen ?? Wanted : Wanted;
        NextSecretProtected = null;
        if (MissingSinceUtc is not null)
        {
            Settle(nowUtc);
            return;
        }

        Begin(ExtensionOperation.Change, by, nowUtc, RunId);
    }

    /// <summary>Notes what the PBX has.</summary>
    public void See(ExtensionProfile seen, DateTime nowUtc)
    {
        Seen = seen;
        SeenAtUtc = nowUtc;
        MissingSinceUtc = null;
        Compare();
    }

    /// <summary>Notes that the PBX's list lacks it.</summary>
    public void Miss(DateTime nowUtc) => MissingSinceUtc ??= nowUtc;

    /// <summary>True when what the PBX is read to have may be noted: nothing is under way that changes it.</summary>
    public bool MayBeSeen => State == ExtensionState.Active || (State == ExtensionState.Failed && Operation == ExtensionOperation.Change);

    /// <summary>
    /// Notes what the PBX's list shows: that it is there, and of a managed one that was read before the fields that the list
    /// has. A found one is as the list shows it.
    /// </summary>
    /// <returns>False when that is no news.</returns>
    public bool SeeListed(string name, bool webPhone, bool enabled)
    {
        Require(MayBeSeen || State == ExtensionState.Found);
        var known = State == ExtensionState.Found ? Wanted : Seen;
        var seen = known is null ? null : known with { Name = name, WebPhone = webPhone, Enabled = enabled };
        if (seen == known && MissingSinceUtc is null)
        {
            return false;
        }

        MissingSinceUtc = null;
        if (State == ExtensionState.Found)
        {
            Wanted = seen!;
        }
        else if (seen is not null && SeenAtUtc is { } at)
        {
            See(seen, at);
        }

        return true;
    }

    /// <summary>Creates a missing one anew with what is wanted.</summary>
    public void Recreate(string by, DateTime nowUtc)
    {
        Require(State == ExtensionState.Active && MissingSinceUtc is not null && SecretProtected is not null);
        SecretDiffers = false;
        Begin(ExtensionOperation.Create, by, nowUtc, null);
    }

    /// <summary>Settles differences in favour of the PBX: what is wanted takes these fields from what was seen.</summary>
    public void TakeFromPbx(IEnumerable<ExtensionField> fields)
    {
        Require(State == ExtensionState.Active && Seen is not null);
        Wanted = fields.Aggregate(Wanted, (wanted, field) => field.Copy(wanted, Seen!));
        Compare();
    }

    /// <summary>Takes the secrets that the PBX was read to have.</summary>
    public void TakeSecretsFromPbx(string secretProtected, string? voicemailPinProtected, DateTime nowUtc)
    {
        SecretProtected = secretProtected;
        VoicemailPinProtected = voicemailPinProtected ?? VoicemailPinProtected;
        SecretSinceUtc = nowUtc;
        SecretDiffers = false;
        Compare();
    }

    /// <summary>Notes whether the PBX was read to have the SIP secret that is kept here.</summary>
    public void SeeSecret(bool differs)
    {
        SecretDiffers = differs;
        Compare();
    }

    /// <summary>Puts the same secrets under another key.</summary>
    public void Reprotect(string? secret, string? voicemailPin, string? nextSecret) =>
        (SecretProtected, VoicemailPinProtected, NextSecretProtected) = (secret, voicemailPin, nextSecret);

    /// <summary>Makes it a person's, or nobody's.</summary>
    public void Assign(Guid? userId) => UserId = userId;

    private static void Require(bool condition)
    {
        if (!condition)
        {
            throw new InvalidOperationException("The extension's state does not allow this.");
        }
    }

    private void Begin(ExtensionOperation operation, string by, DateTime nowUtc, Guid? runId)
    {
        Operation = operation;
        State = operation switch
        {
            ExtensionOperation.Create => ExtensionState.Creating,
            ExtensionOperation.Delete => ExtensionState.Deleting,
            ExtensionOperation.Undo => ExtensionState.Deleting,
            _ => ExtensionState.Changing,
        };
        (Attempts, ErrorCode, ErrorHints, NextAttemptAtUtc) = (0, null, "", null);
        RequestedBy = by;
        RunId = runId;
        Compare();
        Move(ExtensionStep.Queued, nowUtc);
    }

    private bool Undoes => Operation is ExtensionOperation.Create or ExtensionOperation.Undo;

    private void Settle(DateTime nowUtc)
    {
        (State, Operation, Attempts) = (ExtensionState.Active, ExtensionOperation.None, 0);
        (ErrorCode, ErrorHints, NextAttemptAtUtc) = (null, "", null);
        Previous = null;
        Compare();
        Move(ExtensionStep.None, nowUtc);
    }

    private void Compare() => DifferenceCount = Differences.Count + (SecretDiffers && State == ExtensionState.Active ? 1 : 0);

    private void Move(ExtensionStep step, DateTime nowUtc)
    {
        Step = step;
        StepAtUtc = nowUtc;
    }
}

using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Extensions;

/// <summary>What a bulk act does.</summary>
public enum ExtensionRunKind
{
    /// <summary>Creates extensions.</summary>
    Create,

    /// <summary>Changes settings.</summary>
    Change,

    /// <summary>Gives new secrets.</summary>
    Rotate,

    /// <summary>Deletes extensions.</summary>
    Delete,

    /// <summary>Takes found extensions under management.</summary>
    Adopt,
}

/// <summary>
/// A bulk act. Its work stands in its extensions' rows, all queued in one transaction, so a killed portal goes on where it
/// was; the run itself holds what the rows cannot say once they are done or gone.
/// </summary>
public sealed class ExtensionRun : ITenantOwned
{
    /// <summary>Most extensions in one run.</summary>
    public const int MaxItems = 2_000;

    /// <summary>Key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>The PBX connection.</summary>
    public required Guid PbxId { get; init; }

    /// <summary>What it does.</summary>
    public required ExtensionRunKind Kind { get; init; }

    /// <summary>Extensions in it.</summary>
    public required int Total { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime StartedAtUtc { get; init; }

    /// <summary>Name of who started it.</summary>
    public required string StartedBy { get; init; }

    /// <summary>Deleted ones, whose rows are gone.</summary>
    public int Removed { get; set; }

    /// <summary>Adoptions that the PBX made impossible; such a run is stored when it is over.</summary>
    public int Refused { get; set; }

    /// <summary>Taken back by the cancel before anything was sent.</summary>
    public int TakenBack { get; set; }

    /// <summary>When somebody cancelled, UTC; null otherwise.</summary>
    public DateTime? CancelledAtUtc { get; set; }

    /// <summary>When nothing was left to do, UTC; null while it runs.</summary>
    public DateTime? FinishedAtUtc { get; set; }

    /// <summary>Counts saves.</summary>
    public int Version { get; init; } = 1;
}

/// <summary>
/// What one PBX still has to apply, shared by all nodes and surviving all crashes: writes are gathered and
/// <c>applyChanges</c> never runs more often than the PBX allows.
/// </summary>
public sealed class PbxApply : ITenantOwned
{
    /// <summary>Longest error code, in characters.</summary>
    public const int ErrorCodeMaxLength = 80;

    /// <summary>The PBX connection; key.</summary>
    public required Guid PbxId { get; init; }

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>First write that is not applied, UTC; null when there is none.</summary>
    public DateTime? DirtySinceUtc { get; set; }

    /// <summary>When <c>applyChanges</c> was last sent, whatever came back, UTC.</summary>
    public DateTime? SentAtUtc { get; set; }

    /// <summary>When it last succeeded, UTC.</summary>
    public DateTime? AppliedAtUtc { get; set; }

    /// <summary>Earliest next attempt, UTC; null for at once.</summary>
    public DateTime? NotBeforeUtc { get; set; }

    /// <summary>Why it waits (asked too often, another task, a conference; or the PBX is out of reach), an error code; null otherwise.</summary>
    public string? WaitingCode { get; set; }

    /// <summary>True when writes wait too, and not only the applying: the PBX is out of reach or refuses us altogether.</summary>
    public bool HoldsWrites => WaitingCode is { } code && code != ExtensionErrors.ApplyTooSoon.Code
        && code != ExtensionErrors.ApplyRunning.Code && code != ExtensionErrors.ApplyConference.Code && code != ExtensionErrors.InDoubt.Code;

    /// <summary>Counts saves.</summary>
    public int Version { get; init; } = 1;
}

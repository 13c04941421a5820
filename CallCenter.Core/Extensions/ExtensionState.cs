namespace CallCenter.Core.Extensions;

/// <summary>Where an extension stands between the portal and the PBX.</summary>
public enum ExtensionState
{
    /// <summary>Exists on the PBX and is not managed here; adopting it changes that.</summary>
    Found,

    /// <summary>Being created on the PBX.</summary>
    Creating,

    /// <summary>The PBX has what is wanted, as far as was last read.</summary>
    Active,

    /// <summary>A change is on its way to the PBX.</summary>
    Changing,

    /// <summary>Being deleted on the PBX; the row goes when that is done.</summary>
    Deleting,

    /// <summary>The operation was refused for good; it can be retried or given up.</summary>
    Failed,
}

/// <summary>What is to be done on the PBX.</summary>
public enum ExtensionOperation
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Create it.</summary>
    Create,

    /// <summary>Make it equal to what is wanted, secrets included.</summary>
    Change,

    /// <summary>Remove it.</summary>
    Delete,

    /// <summary>Remove it if what the PBX has under its number is ours: a creation that was given up.</summary>
    Undo,
}

/// <summary>How far the operation got. Stored before each step, so that a crash leaves a lower bound, never a guess.</summary>
public enum ExtensionStep
{
    /// <summary>No operation.</summary>
    None,

    /// <summary>Nothing of this operation was sent.</summary>
    Queued,

    /// <summary>A write may have been sent; the truth is on the PBX and must be read before anything is sent again.</summary>
    Sent,

    /// <summary>The PBX took the write; it awaits the next <c>applyChanges</c>.</summary>
    Written,
}

/// <summary>Where an extension came from.</summary>
public enum ExtensionOrigin
{
    /// <summary>Created here.</summary>
    Portal,

    /// <summary>Found on the PBX.</summary>
    Pbx,
}

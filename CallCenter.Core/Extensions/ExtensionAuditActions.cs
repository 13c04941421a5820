namespace CallCenter.Core.Extensions;

/// <summary>Acts on extensions in the audit log. Permanent, as they are stored.</summary>
public static class ExtensionAuditActions
{
    /// <summary>Since when a person has an extension was corrected.</summary>
    public const string HoldingSet = "extensions.holding_set";

    /// <summary>Somebody asked for a new extension.</summary>
    public const string CreateAsked = "extensions.create_asked";

    /// <summary>The PBX has it.</summary>
    public const string Created = "extensions.created";

    /// <summary>Somebody asked for a change.</summary>
    public const string ChangeAsked = "extensions.change_asked";

    /// <summary>The PBX has the change.</summary>
    public const string Changed = "extensions.changed";

    /// <summary>Somebody asked for a new secret.</summary>
    public const string RotateAsked = "extensions.rotate_asked";

    /// <summary>Somebody asked for the removal.</summary>
    public const string DeleteAsked = "extensions.delete_asked";

    /// <summary>The PBX no longer has it.</summary>
    public const string Deleted = "extensions.deleted";

    /// <summary>The PBX refused for good.</summary>
    public const string Failed = "extensions.failed";

    /// <summary>Somebody asked to try again.</summary>
    public const string RetryAsked = "extensions.retry_asked";

    /// <summary>Somebody gave a failed operation up.</summary>
    public const string GivenUp = "extensions.given_up";

    /// <summary>It became a person's.</summary>
    public const string Assigned = "extensions.assigned";

    /// <summary>It is nobody's any more.</summary>
    public const string Released = "extensions.released";

    /// <summary>A found one was taken under management.</summary>
    public const string Adopted = "extensions.adopted";

    /// <summary>Differences were settled in favour of the PBX.</summary>
    public const string TakenFromPbx = "extensions.taken_from_pbx";

    /// <summary>A row whose extension the PBX lacks was dropped here.</summary>
    public const string Forgotten = "extensions.forgotten";

    /// <summary>A bulk act was started.</summary>
    public const string RunStarted = "extensions.run_started";

    /// <summary>A bulk act was cancelled.</summary>
    public const string RunCancelled = "extensions.run_cancelled";

    /// <summary>A person saw the secret of the own extension.</summary>
    public const string SecretShown = "extensions.secret_shown";

    /// <summary>A person had the own phone rung for the echo test.</summary>
    public const string EchoCalled = "extensions.echo_called";
}

using CallCenter.Core.Primitives;

namespace CallCenter.Core.Extensions;

/// <summary>Expected failures of extensions.</summary>
public static class ExtensionErrors
{
    /// <summary>Somebody else had the extension then, or the time ends before it begins.</summary>
    public static readonly Error HoldingOverlaps = new("extensions.holding_overlaps", "Somebody else had the extension then.", "FromUtc");

    /// <summary>No such extension in the tenant.</summary>
    public static readonly Error NotFound = new("extensions.not_found", "There is no such extension.");

    /// <summary>Somebody changed it meanwhile.</summary>
    public static readonly Error Conflict = new("extensions.conflict", "The extension was changed meanwhile. Read it again.");

    /// <summary>An operation is under way.</summary>
    public static readonly Error Pending = new("extensions.pending", "A change of this extension is still on its way to the PBX.");

    /// <summary>The state does not allow it.</summary>
    public static readonly Error WrongState = new("extensions.wrong_state", "The extension's state does not allow this.");

    /// <summary>No number range is set up.</summary>
    public static readonly Error NoRange = new("extensions.no_range", "Set the extension range in the call-center settings first.");

    /// <summary>Every number of the range is taken here or on the PBX.</summary>
    public static readonly Error RangeExhausted = new("extensions.range_exhausted", "Every number of the range is taken.");

    /// <summary>The number is taken here.</summary>
    public static readonly Error NumberTaken = new("extensions.number_taken", "The number is taken.", "Number");

    /// <summary>The PBX has something else under this number.</summary>
    public static readonly Error NumberTakenOnPbx = new("extensions.number_taken_on_pbx", "The PBX has this number already.", "Number");

    /// <summary>Not 2 to 18 digits.</summary>
    public static readonly Error NumberFormat = new("extensions.number_format", "An extension has 2 to 18 digits.", "Number");

    /// <summary>No name.</summary>
    public static readonly Error NameRequired = new("extensions.name_required", "Give the extension a name.", "Name");

    /// <summary>Too long, or with characters that the PBX refuses.</summary>
    public static readonly Error NameFormat = new("extensions.name_format", "The name is too long or has characters that the PBX refuses.", "Name");

    /// <summary>Not an e-mail address.</summary>
    public static readonly Error EmailFormat = new("extensions.email_format", "This is not an e-mail address.", "Email");

    /// <summary>Not 2 to 32 digits.</summary>
    public static readonly Error CallerIdFormat = new("extensions.caller_id_format", "A caller id has 2 to 32 digits.", "CallerId");

    /// <summary>Outside 3 to 600 seconds.</summary>
    public static readonly Error RingTimeoutRange = new("extensions.ring_timeout_range", "The ring timeout is 3 to 600 seconds.", "RingTimeoutSeconds");

    /// <summary>A forwarding target with other characters than digits, +, * and #, or too long.</summary>
    public static readonly Error ForwardFormat = new("extensions.forward_format", "A forwarding target has digits, +, * and # only.");

    /// <summary>The person has an extension already.</summary>
    public static readonly Error UserHasExtension = new("extensions.user_has_extension", "This person has an extension already.", "UserId");

    /// <summary>Nobody of that key is active in the tenant.</summary>
    public static readonly Error UserUnknown = new("extensions.user_unknown", "This person is not an active member of the tenant.", "UserId");

    /// <summary>Somebody is on a call with it; asked again with the warning taken, it goes on.</summary>
    public static readonly Error InCall = new("extensions.in_call", "This extension is on a call.");

    /// <summary>The PBX has locked the account; the lock is lifted there.</summary>
    public static readonly Error Locked = new("extensions.locked", "The PBX has locked this account. Unlock it on the PBX first.");

    /// <summary>The PBX does not have it.</summary>
    public static readonly Error NotOnPbx = new("extensions.not_on_pbx", "The PBX does not have this extension.");

    /// <summary>Another comparison of every extension is under way.</summary>
    public static readonly Error CompareRuns = new("extensions.compare_runs", "Every extension is being compared already.");

    /// <summary>The PBX refused the values without saying which (UCM -25, -15, -1, -50); see the hints.</summary>
    public static readonly Error RefusedByPbx = new("extensions.refused_by_pbx", "The PBX refused the values without saying which.");

    /// <summary>The answer was lost; the truth is being read from the PBX.</summary>
    public static readonly Error InDoubt = new("extensions.in_doubt", "The PBX's answer was lost. What it has is being read.");

    /// <summary>The write was taken, but the PBX reads back otherwise.</summary>
    public static readonly Error NotTaken = new("extensions.not_taken", "The PBX accepted the change but does not show it.");

    /// <summary>Applied too often in short order (UCM -45, -46, -57).</summary>
    public static readonly Error ApplyTooSoon = new("extensions.apply_too_soon", "The PBX wants a pause before changes are applied again.");

    /// <summary>Another task runs on the PBX (UCM -51).</summary>
    public static readonly Error ApplyRunning = new("extensions.apply_running", "Another task is running on the PBX.");

    /// <summary>A conference or digital calls are under way (UCM -69, -90, -98).</summary>
    public static readonly Error ApplyConference = new("extensions.apply_conference", "A conference is under way; the PBX applies changes afterwards.");

    /// <summary>More than <see cref="ExtensionRun.MaxItems"/>, or none.</summary>
    public static readonly Error RunSize = new("extensions.run_size", "A bulk act holds 1 to 2,000 extensions.");

    /// <summary>No such run.</summary>
    public static readonly Error RunNotFound = new("extensions.run_not_found", "There is no such bulk act.");

    /// <summary>The preview is out of date: something changed meanwhile.</summary>
    public static readonly Error PreviewStale = new("extensions.preview_stale", "Something changed since the preview. Look at it again.");

    /// <summary>No echo number is set up.</summary>
    public static readonly Error NoEchoNumber = new("extensions.no_echo_number", "No echo number is set up in the call-center settings.");

    /// <summary>A test call of this extension was placed just now.</summary>
    public static readonly Error EchoBusy = new("extensions.echo_busy", "A test call was placed just now. Wait a few seconds.");

    /// <summary>The signed-in person has no extension.</summary>
    public static readonly Error NoOwnExtension = new("extensions.no_own_extension", "You have no extension yet.");

    /// <summary>The secret is not known here.</summary>
    public static readonly Error SecretUnknown = new("extensions.secret_unknown", "The secret of this extension is not known here. Give it a new one.");
}

/// <summary>Likely causes of a refusal that the PBX does not explain. Permanent: stored, and keys of translated texts.</summary>
public static class ExtensionHints
{
    /// <summary>The secret or the user's password breaks the PBX's rules.</summary>
    public const string WeakSecret = "weak_secret";

    /// <summary>The API user lacks the write permission for extensions.</summary>
    public const string NoWritePermission = "no_write_permission";

    /// <summary>The firmware wants a field that was not sent, such as an e-mail address.</summary>
    public const string MissingField = "missing_field";

    /// <summary>A value is outside what this firmware takes.</summary>
    public const string ValueOutOfRange = "value_out_of_range";

    /// <summary>The number is outside the PBX's own extension range.</summary>
    public const string NumberOutOfRange = "number_out_of_range";

    /// <summary>The PBX's licence or model holds no more extensions.</summary>
    public const string ExtensionLimit = "extension_limit";

    /// <summary>The name has characters that the PBX counts as sensitive (UCM -50).</summary>
    public const string SensitiveCharacters = "sensitive_characters";

    /// <summary>Another number or user has this value already.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>All there are.</summary>
    public static IReadOnlyList<string> All { get; } =
        [WeakSecret, NoWritePermission, MissingField, ValueOutOfRange, NumberOutOfRange, ExtensionLimit, SensitiveCharacters, Duplicate];
}

namespace CallCenter.Core.Extensions;

/// <summary>What an extension may dial.</summary>
public enum ExtensionPermission
{
    /// <summary>Other extensions only.</summary>
    Internal,

    /// <summary>Local calls too.</summary>
    Local,

    /// <summary>National calls too.</summary>
    National,

    /// <summary>Everything.</summary>
    International,
}

/// <summary>Which calls of an extension the PBX records.</summary>
public enum ExtensionRecording
{
    /// <summary>None.</summary>
    Off,

    /// <summary>Every call.</summary>
    All,

    /// <summary>Calls with the outside.</summary>
    External,

    /// <summary>Calls between extensions.</summary>
    Internal,
}

/// <summary>
/// The settings of an extension that people edit and that are compared with the PBX field by field. Immutable: a change
/// makes a new one, so that what is wanted and what the PBX was seen to have never share an object.
/// </summary>
public sealed record ExtensionProfile
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameMaxLength = 64;

    /// <summary>Longest e-mail address, in characters.</summary>
    public const int EmailMaxLength = 254;

    /// <summary>Longest caller id or forwarding target, in digits; the PBX's limit.</summary>
    public const int DialMaxLength = 32;

    /// <summary>Shortest ring timeout, in seconds; the PBX's limit.</summary>
    public const int RingTimeoutMin = 3;

    /// <summary>Longest ring timeout, in seconds; the PBX's limit.</summary>
    public const int RingTimeoutMax = 600;

    /// <summary>Name that phones show.</summary>
    public string Name { get; init; } = "";

    /// <summary>Address for voicemail and for the PBX's user account; empty when none.</summary>
    public string Email { get; init; } = "";

    /// <summary>The browser's softphone may register as this extension (UCM <c>enable_webrtc</c>).</summary>
    public bool WebPhone { get; init; } = true;

    /// <summary>What it may dial.</summary>
    public ExtensionPermission Permission { get; init; } = ExtensionPermission.National;

    /// <summary>Number shown to the called side, 2 to 32 digits; empty for the PBX's default.</summary>
    public string CallerId { get; init; } = "";

    /// <summary>Seconds until an unanswered call goes on, 3 to 600; null for the PBX's default.</summary>
    public int? RingTimeoutSeconds { get; init; }

    /// <summary>Has a mailbox.</summary>
    public bool Voicemail { get; init; } = true;

    /// <summary>Which calls are recorded.</summary>
    public ExtensionRecording Recording { get; init; } = ExtensionRecording.Off;

    /// <summary>Every call goes to this number; empty for none.</summary>
    public string ForwardAlways { get; init; } = "";

    /// <summary>Calls go to this number when busy; empty for none.</summary>
    public string ForwardBusy { get; init; } = "";

    /// <summary>Unanswered calls go to this number; empty for none.</summary>
    public string ForwardNoAnswer { get; init; } = "";

    /// <summary>Do not disturb.</summary>
    public bool DoNotDisturb { get; init; }

    /// <summary>False when out of service (UCM <c>out_of_service</c>): it can neither register nor call.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Fields in which two profiles differ, in the order of <see cref="ExtensionFields.All"/>.</summary>
    public IReadOnlyList<ExtensionField> Differences(ExtensionProfile other) =>
        [.. ExtensionFields.All.Where(field => !Equals(field.Get(this), field.Get(other)))];
}

/// <summary>One field of <see cref="ExtensionProfile"/>, for comparing, settling and auditing field by field.</summary>
/// <param name="Name">Name of the property; permanent, key of the translated label.</param>
/// <param name="Get">Reads it.</param>
/// <param name="Copy">Gives the first profile with this field of the second.</param>
public sealed record ExtensionField(string Name, Func<ExtensionProfile, object?> Get, Func<ExtensionProfile, ExtensionProfile, ExtensionProfile> Copy);

/// <summary>Every field of <see cref="ExtensionProfile"/>.</summary>
public static class ExtensionFields
{
    /// <summary>In the order in which pages show them.</summary>
    public static IReadOnlyList<ExtensionField> All { get; } =
    [
        // Blanks in a row are one: a PBX that puts first and last name together knows no more.
        new(nameof(ExtensionProfile.Name), p => string.Join(' ', p.Name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), (p, o) => p with { Name = o.Name }),
        new(nameof(ExtensionProfile.Email), p => p.Email, (p, o) => p with { Email = o.Email }),
        new(nameof(ExtensionProfile.Enabled), p => p.Enabled, (p, o) => p with { Enabled = o.Enabled }),
        new(nameof(ExtensionProfile.WebPhone), p => p.WebPhone, (p, o) => p with { WebPhone = o.WebPhone }),
        new(nameof(ExtensionProfile.Permission), p => p.Permission, (p, o) => p with { Permission = o.Permission }),
        new(nameof(ExtensionProfile.CallerId), p => p.CallerId, (p, o) => p with { CallerId = o.CallerId }),
        new(nameof(ExtensionProfile.RingTimeoutSeconds), p => p.RingTimeoutSeconds, (p, o) => p with { RingTimeoutSeconds = o.RingTimeoutSeconds }),
        new(nameof(ExtensionProfile.Voicemail), p => p.Voicemail, (p, o) => p with { Voicemail = o.Voicemail }),
        new(nameof(ExtensionProfile.Recording), p => p.Recording, (p, o) => p with { Recording = o.Recording }),
        new(nameof(ExtensionProfile.ForwardAlways), p => p.ForwardAlways, (p, o) => p with { ForwardAlways = o.ForwardAlways }),
        new(nameof(ExtensionProfile.ForwardBusy), p => p.ForwardBusy, (p, o) => p with { ForwardBusy = o.ForwardBusy }),
        new(nameof(ExtensionProfile.ForwardNoAnswer), p => p.ForwardNoAnswer, (p, o) => p with { ForwardNoAnswer = o.ForwardNoAnswer }),
        new(nameof(ExtensionProfile.DoNotDisturb), p => p.DoNotDisturb, (p, o) => p with { DoNotDisturb = o.DoNotDisturb }),
    ];

    /// <summary>The field of that name; null when there is none.</summary>
    public static ExtensionField? Find(string name) => All.FirstOrDefault(field => field.Name == name);
}

using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Extensions;

/// <summary>What a line does, as the PBX says.</summary>
public enum LineStatus
{
    /// <summary>Not read yet, or the PBX has been out of reach.</summary>
    Unknown,

    /// <summary>No phone is registered (UCM <c>Unavailable</c>).</summary>
    Offline,

    /// <summary>Registered and free.</summary>
    Idle,

    /// <summary>Ringing.</summary>
    Ringing,

    /// <summary>In a call.</summary>
    InUse,

    /// <summary>In a call and taking no other.</summary>
    Busy,
}

/// <summary>
/// The live side of an extension. A row of its own: it changes often and must not collide with edits. Written by the
/// registration job only.
/// </summary>
public sealed class ExtensionPresence : ITenantOwned
{
    /// <summary>Longest address or model, in characters.</summary>
    public const int TextMaxLength = 120;

    /// <summary>The extension; key.</summary>
    public required Guid ExtensionId { get; init; }

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>What the line does.</summary>
    public LineStatus Status { get; set; }

    /// <summary>Address of the phone as the PBX sees it, such as <c>192.0.2.10:5060</c>; empty when none.</summary>
    public string Address { get; set; } = "";

    /// <summary>Phone model or user agent, as far as the PBX says; empty when unknown.</summary>
    public string Model { get; set; } = "";

    /// <summary>The PBX has locked the account.</summary>
    public bool Locked { get; set; }

    /// <summary>The kind of account in the PBX's word, such as <c>SIP(WebRTC)</c>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>Since when it is registered or not, UTC; null before the first reading.</summary>
    public DateTime? SinceUtc { get; set; }

    /// <summary>When it was last seen registered, UTC; null for never.</summary>
    public DateTime? LastRegisteredAtUtc { get; set; }

    /// <summary>When the PBX last said so, UTC.</summary>
    public DateTime ReadAtUtc { get; set; }

    /// <summary>It loses its registration again and again; see <see cref="RegistrationSpan"/>.</summary>
    public bool Flapping { get; set; }

    /// <summary>True when a phone is registered.</summary>
    public bool IsRegistered => Status > LineStatus.Offline;

    /// <summary>True while on a call or ringing.</summary>
    public bool IsInCall => Status is LineStatus.Ringing or LineStatus.InUse or LineStatus.Busy;
}

/// <summary>A stretch of time in which a phone was registered. Times are those of the readings: exact to one interval of the job.</summary>
public sealed class RegistrationSpan : ITenantOwned
{
    /// <summary>Key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>The extension.</summary>
    public required Guid ExtensionId { get; init; }

    /// <summary>First reading that showed it, UTC.</summary>
    public required DateTime FromUtc { get; init; }

    /// <summary>Last reading that showed it, UTC; a gap in the readings ends nothing by itself.</summary>
    public DateTime SeenUntilUtc { get; set; }

    /// <summary>First reading that no longer showed it, UTC; null while registered.</summary>
    public DateTime? LostAtUtc { get; set; }

    /// <summary>Address of the phone.</summary>
    public string Address { get; init; } = "";

    /// <summary>Phone model, as far as the PBX says.</summary>
    public string Model { get; init; } = "";
}

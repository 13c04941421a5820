using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Calls;

/// <summary>
/// A call-detail row as stored. Natural key: tenant, PBX, unique id, account id and local start. Written in bulk by the sync
/// only; see <see cref="CdrLeg"/> for what each column means.
/// </summary>
public sealed class CallLeg : ITenantOwned
{
    /// <summary>Longest account id kept, in characters.</summary>
    public const int AccountIdMaxLength = 32;

    /// <summary>Longest session kept, in characters.</summary>
    public const int SessionMaxLength = 80;

    /// <summary>Longest dial-plan application name or vendor word kept, in characters.</summary>
    public const int WordMaxLength = 40;

    /// <inheritdoc />
    public Guid TenantId { get; init; }

    /// <summary>The PBX connection it came from.</summary>
    public required Guid PbxId { get; init; }

    /// <inheritdoc cref="CdrLeg.UniqueId"/>
    public required string UniqueId { get; init; }

    /// <inheritdoc cref="CdrLeg.AccountId"/>
    public required string AccountId { get; init; }

    /// <summary>Start as received, PBX wall clock without offset; stored as text so that nobody takes it for UTC.</summary>
    public required DateTime StartLocal { get; init; }

    /// <summary>The call it is part of; changes when a late leg shows that two calls were one.</summary>
    public required Guid CallId { get; set; }

    /// <inheritdoc cref="CdrLeg.Session"/>
    public required string Session { get; init; }

    /// <summary>Start, UTC.</summary>
    public required DateTime StartedAtUtc { get; init; }

    /// <inheritdoc cref="CdrLeg.AnswerUtc"/>
    public DateTime? AnsweredAtUtc { get; init; }

    /// <inheritdoc cref="CdrLeg.EndUtc"/>
    public required DateTime EndedAtUtc { get; init; }

    /// <inheritdoc cref="CdrLeg.DurationSeconds"/>
    public required int DurationSeconds { get; init; }

    /// <inheritdoc cref="CdrLeg.BillableSeconds"/>
    public required int BillableSeconds { get; init; }

    /// <inheritdoc cref="CdrLeg.Disposition"/>
    public required LegDisposition Disposition { get; init; }

    /// <inheritdoc cref="CdrLeg.Direction"/>
    public required CallDirection Direction { get; init; }

    /// <inheritdoc cref="CdrLeg.Action"/>
    public required LegAction Action { get; init; }

    /// <inheritdoc cref="CdrLeg.ActionTarget"/>
    public required string ActionTarget { get; init; }

    /// <inheritdoc cref="CdrLeg.Source"/>
    public required string Source { get; init; }

    /// <inheritdoc cref="CdrLeg.Destination"/>
    public required string Destination { get; init; }

    /// <inheritdoc cref="CdrLeg.CallerName"/>
    public required string CallerName { get; init; }

    /// <inheritdoc cref="CdrLeg.AnsweredBy"/>
    public required string AnsweredBy { get; init; }

    /// <inheritdoc cref="CdrLeg.SourceDevice"/>
    public required string SourceDevice { get; init; }

    /// <inheritdoc cref="CdrLeg.DestinationDevice"/>
    public required string DestinationDevice { get; init; }

    /// <inheritdoc cref="CdrLeg.ReachedDevice"/>
    public required bool ReachedDevice { get; init; }

    /// <inheritdoc cref="CdrLeg.LastApplication"/>
    public required string LastApplication { get; init; }

    /// <inheritdoc cref="CdrLeg.LastData"/>
    public required string LastData { get; init; }

    /// <inheritdoc cref="CdrLeg.SourceTrunk"/>
    public required string SourceTrunk { get; init; }

    /// <inheritdoc cref="CdrLeg.DestinationTrunk"/>
    public required string DestinationTrunk { get; init; }

    /// <summary>Recording files as the PBX names them, one per line; empty when none (yet).</summary>
    public required string RecordingFiles { get; init; }

    /// <inheritdoc cref="CdrLeg.Raw"/>
    public required string Raw { get; init; }

    /// <summary>Fingerprint of everything above but the call; a row that is read again unchanged is not written again.</summary>
    public required long ContentHash { get; set; }
}

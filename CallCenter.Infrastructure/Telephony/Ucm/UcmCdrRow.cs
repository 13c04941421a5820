using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>One leg as the UCM wrote it, its words understood but its times still on the PBX's wall clock.</summary>
internal sealed record UcmCdrRow
{
    /// <summary>Number of the root item it came in.</summary>
    public required int Item { get; init; }

    /// <summary><c>AcctId</c>, or a fingerprint of the row where the firmware gives none.</summary>
    public required string AccountId { get; init; }

    public required string UniqueId { get; init; }

    public required string Session { get; init; }

    /// <summary>UTC seconds at which the unique id (or else the session) was made; null when neither names a time.</summary>
    public required long? Epoch { get; init; }

    /// <summary>Null only where <see cref="Epoch"/> or <see cref="StartUtc"/> tells the start.</summary>
    public required DateTime? StartLocal { get; init; }

    /// <summary>Set when the field itself names an instant.</summary>
    public DateTime? StartUtc { get; init; }

    public DateTime? AnswerLocal { get; init; }

    public DateTime? EndLocal { get; init; }

    public int? DurationSeconds { get; init; }

    public int? BillableSeconds { get; init; }

    public required LegDisposition Disposition { get; init; }

    public required CallDirection Direction { get; init; }

    public required LegAction Action { get; init; }

    public required string ActionTarget { get; init; }

    public required string Source { get; init; }

    public required string Destination { get; init; }

    public required string CallerName { get; init; }

    public required string AnsweredBy { get; init; }

    public required string SourceDevice { get; init; }

    public required string DestinationDevice { get; init; }

    public required bool ReachedDevice { get; init; }

    public required string LastApplication { get; init; }

    public required string LastData { get; init; }

    public required string SourceTrunk { get; init; }

    public required string DestinationTrunk { get; init; }

    public required IReadOnlyList<string> RecordingFiles { get; init; }

    public required string Raw { get; init; }
}

/// <summary>What one answer of <c>cdrapi</c> holds.</summary>
/// <param name="Rows">Legs in the order of the answer.</param>
/// <param name="RootItems">Items at the top, which is what paging counts.</param>
/// <param name="Skipped">Raw text of what could not be understood, for telling repetitions apart only.</param>
internal sealed record UcmCdrBatch(IReadOnlyList<UcmCdrRow> Rows, int RootItems, IReadOnlyList<string> Skipped);

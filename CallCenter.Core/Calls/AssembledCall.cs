using CallCenter.Core.Telephony;

namespace CallCenter.Core.Calls;

/// <summary>
/// What <c>CallAssembler.Assemble(IEnumerable{CdrLeg})</c> makes of the legs that belong together; the writer turns it
/// into a <see cref="Call"/>.
/// </summary>
public sealed record AssembledCall
{
    /// <inheritdoc cref="Call.CallKey"/>
    public required string CallKey { get; init; }

    /// <inheritdoc cref="Call.StartedAtUtc"/>
    public required DateTime StartedAtUtc { get; init; }

    /// <inheritdoc cref="Call.EndedAtUtc"/>
    public required DateTime EndedAtUtc { get; init; }

    /// <inheritdoc cref="Call.AnsweredAtUtc"/>
    public DateTime? AnsweredAtUtc { get; init; }

    /// <inheritdoc cref="Call.Direction"/>
    public required CallDirection Direction { get; init; }

    /// <inheritdoc cref="Call.Outcome"/>
    public required CallOutcome Outcome { get; init; }

    /// <inheritdoc cref="Call.FromNumber"/>
    public required string FromNumber { get; init; }

    /// <inheritdoc cref="Call.FromName"/>
    public required string FromName { get; init; }

    /// <inheritdoc cref="Call.ToNumber"/>
    public required string ToNumber { get; init; }

    /// <inheritdoc cref="Call.AnsweredBy"/>
    public required string AnsweredBy { get; init; }

    /// <inheritdoc cref="Call.Via"/>
    public required string Via { get; init; }

    /// <inheritdoc cref="Call.Queue"/>
    public string Queue { get; init; } = "";

    /// <inheritdoc cref="Call.Ivr"/>
    public string Ivr { get; init; } = "";

    /// <inheritdoc cref="Call.Path"/>
    public IReadOnlyList<CallStep> Path { get; init; } = [];

    /// <inheritdoc cref="Call.RingSeconds"/>
    public int? RingSeconds { get; init; }

    /// <inheritdoc cref="Call.HoldSeconds"/>
    public int? HoldSeconds { get; init; }

    /// <inheritdoc cref="Call.HungUpBy"/>
    public CallEnd HungUpBy { get; init; }

    /// <summary>The PBX's own extensions in it, one entry each, in order of number.</summary>
    public IReadOnlyList<AssembledParticipant> Participants { get; init; } = [];

    /// <inheritdoc cref="Call.Trunk"/>
    public required string Trunk { get; init; }

    /// <inheritdoc cref="Call.DurationSeconds"/>
    public required int DurationSeconds { get; init; }

    /// <inheritdoc cref="Call.WaitSeconds"/>
    public required int WaitSeconds { get; init; }

    /// <inheritdoc cref="Call.TalkSeconds"/>
    public required int TalkSeconds { get; init; }

    /// <inheritdoc cref="Call.HasRecording"/>
    public required bool HasRecording { get; init; }

    /// <summary>Why it could not be placed, in the PBX's words such as the name of a prompt; empty unless <see cref="CallOutcome.Failed"/> or <see cref="CallOutcome.Blocked"/>.</summary>
    public string FailureReason { get; init; } = "";

    /// <summary>How often it was transferred.</summary>
    public int TransferCount { get; init; }

    /// <summary>How often it was taken out of parking.</summary>
    public int RetrievedCount { get; init; }

    /// <summary>Its legs by start, then by account id; never empty.</summary>
    public required IReadOnlyList<CdrLeg> Legs { get; init; }
}

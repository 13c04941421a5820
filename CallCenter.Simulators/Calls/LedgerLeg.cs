namespace CallCenter.Simulators.Calls;

/// <summary>How one leg ended.</summary>
public enum LedgerDisposition
{
    Answered,
    NoAnswer,
    Busy,
    Failed,
}

/// <summary>One row of call detail before a firmware writes it in its own way. Times are UTC, to the microsecond.</summary>
public sealed record LedgerLeg
{
    /// <summary>Row counter over the whole life of the PBX, from 1.</summary>
    public long AcctId { get; init; }

    /// <summary>Row counter of firmware that begins again with every calendar month of the leg's local start, from 1.</summary>
    public long MonthlyAcctId { get; init; }

    public required string UniqueId { get; init; }

    /// <summary>Differs from the call's session for the legs after a parked call was picked up.</summary>
    public required SessionId Session { get; init; }

    public required DateTimeOffset Start { get; init; }

    /// <summary>Null when nobody and nothing answered.</summary>
    public DateTimeOffset? Answer { get; init; }

    public required DateTimeOffset End { get; init; }

    public required LedgerDisposition Disposition { get; init; }

    public required LedgerDirection Direction { get; init; }

    public required string Source { get; init; }

    public string SourceName { get; init; } = "";

    public required string Destination { get; init; }

    /// <summary><c>DIAL</c>, <c>VM</c>, <c>QUEUE[6500]</c>…</summary>
    public required string Action { get; init; }

    /// <summary>Dial-plan context.</summary>
    public required string Context { get; init; }

    public required string Application { get; init; }

    public string ApplicationData { get; init; } = "";

    public required string Channel { get; init; }

    public required string ChannelExtension { get; init; }

    /// <summary>Empty when no device was reached.</summary>
    public string DestinationChannel { get; init; } = "";

    public string DestinationExtension { get; init; } = "";

    /// <summary>Who or which mailbox answered.</summary>
    public string AnsweredBy { get; init; } = "";

    public string SourceTrunk { get; init; } = "";

    public string DestinationTrunk { get; init; } = "";

    public required string ActionOwner { get; init; }

    public IReadOnlyList<string> Recordings { get; init; } = [];

    /// <summary>A ring group's book-keeping row, in which nothing rings; older firmware does not write it.</summary>
    public bool IsHeader { get; init; }

    /// <summary>Start to end, seconds, truncated.</summary>
    public int DurationSeconds => (int)(End - Start).TotalSeconds;

    /// <summary>Answer to end, seconds, truncated; 0 when not answered.</summary>
    public int BillableSeconds => Disposition == LedgerDisposition.Answered && Answer is { } answer ? (int)(End - answer).TotalSeconds : 0;

    /// <summary>True for a mailbox, whatever application the PBX names.</summary>
    public bool IsVoicemail => Action == "VM";

    /// <summary>True when a person talked in this leg.</summary>
    public bool IsPerson => Disposition == LedgerDisposition.Answered && !IsVoicemail && DestinationChannel.Length > 0;
}

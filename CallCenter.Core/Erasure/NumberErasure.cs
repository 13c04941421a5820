using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Erasure;

/// <summary>How far an erasure got. Stored in the database.</summary>
public enum ErasureState
{
    /// <summary>Asked for; begins within seconds.</summary>
    Queued = 1,

    /// <summary>Under way, or waiting to go on.</summary>
    Running = 2,

    /// <summary>Ended; its certificate is sealed.</summary>
    Done = 3,
}

/// <summary>What an erasure is at. Stored in the database.</summary>
public enum ErasureStep
{
    /// <summary>Notes that the number is not to come back.</summary>
    Marking = 1,

    /// <summary>Calls, their legs and recordings.</summary>
    Calls = 2,

    /// <summary>Clients, notes, tags, the worklist and everything else in rows.</summary>
    Rows = 3,

    /// <summary>Files of exports.</summary>
    Exports = 4,

    /// <summary>Looks once more.</summary>
    Checking = 5,
}

/// <summary>The erasure of one number, and its certificate when it is done. The number itself is in it only while it is under way, sealed.</summary>
public sealed class NumberErasure : ITenantOwned
{
    /// <summary>Longest reason, in characters.</summary>
    public const int ReasonMaxLength = 400;

    /// <summary>Longest counts as text, in characters.</summary>
    public const int CountsMaxLength = 2000;

    /// <summary>Digits of the number that are typed to confirm.</summary>
    public const int ConfirmDigits = 4;

    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Print of the number under the tenant's key, see <see cref="ErasedNumber.Whole"/>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The number, sealed; empty when done.</summary>
    public required string NumberProtected { get; set; }

    /// <summary>Why, without the number.</summary>
    public required string Reason { get; init; }

    /// <summary>Who.</summary>
    public required Guid ByUserId { get; init; }

    /// <summary>Their name at the time.</summary>
    public required string ByName { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public required DateTime RequestedAtUtc { get; init; }

    /// <summary>When the calls were without it, UTC; an export begun later cannot hold it.</summary>
    public DateTime? CallsDoneAtUtc { get; set; }

    /// <summary>When it ended, UTC.</summary>
    public DateTime? FinishedAtUtc { get; set; }

    /// <summary>How far it got.</summary>
    public required ErasureState State { get; set; }

    /// <summary>What it is at.</summary>
    public ErasureStep Step { get; set; } = ErasureStep.Marking;

    /// <summary>Calls there were to do.</summary>
    public int CallsOf { get; set; }

    /// <summary>What was erased, by kind; see <see cref="ErasureCounts"/>.</summary>
    public string Counts { get; set; } = "";

    /// <summary>Code of what it waits for or what failed last; empty when nothing.</summary>
    public string Failure { get; set; } = "";

    /// <summary>Seal of the certificate under the tenant's key, hex; empty until done.</summary>
    public string Seal { get; set; } = "";
}

/// <summary>A call that an erasure left alone because of a legal hold.</summary>
public sealed class ErasureHeld : ITenantOwned
{
    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Time-ordered key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The erasure.</summary>
    public required Guid ErasureId { get; init; }

    /// <summary>The call; follows when calls are joined.</summary>
    public required Guid CallId { get; set; }

    /// <summary>Its start, UTC.</summary>
    public required DateTime CallStartedAtUtc { get; init; }

    /// <summary>Why it was held.</summary>
    public required string Reason { get; init; }

    /// <summary>Who held it.</summary>
    public required string ByName { get; init; }

    /// <summary>When it was erased after all, its hold being over, UTC.</summary>
    public DateTime? ErasedAtUtc { get; set; }
}

using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Softphone;

/// <summary>
/// A call as the page's phone told it: a row at once, which later joins the call that the PBX's records make. What is joined is shown as
/// that call and never beside it.
/// </summary>
public sealed class PhoneCall : ITenantOwned
{
    /// <summary>Longest id the browser gives, in characters.</summary>
    public const int ClientIdMaxLength = 64;

    /// <summary>Longest SIP Call-ID kept, in characters.</summary>
    public const int SipCallIdMaxLength = 128;

    /// <summary>Longest number kept, in characters.</summary>
    public const int NumberMaxLength = 64;

    /// <summary>Longest name kept, in characters.</summary>
    public const int NameMaxLength = 120;

    /// <summary>Longest cause kept, in characters.</summary>
    public const int CauseMaxLength = 40;

    /// <summary>Longest note written before the PBX's record is there, in characters.</summary>
    public const int NoteMaxLength = Work.CallNote.TextMaxLength;

    /// <summary>Key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Whose phone it was.</summary>
    public required Guid UserId { get; init; }

    /// <summary>That person's name at the time.</summary>
    public required string UserName { get; init; }

    /// <summary>Id that the browser gave; one user's are unique.</summary>
    public required string ClientId { get; init; }

    /// <summary>The extension it was registered as.</summary>
    public required string Extension { get; init; }

    /// <summary>The PBX connection.</summary>
    public required Guid PbxId { get; init; }

    /// <summary>SIP Call-ID; empty while unknown.</summary>
    public string SipCallId { get; set; } = "";

    /// <summary>Who called.</summary>
    public required PhoneDirection Direction { get; init; }

    /// <summary>The other side's number as the phone has it; a transfer changes it.</summary>
    public required string Number { get; set; }

    /// <summary>The other side's name as the phone has it; empty when unknown.</summary>
    public string Name { get; set; } = "";

    /// <summary>Digits of E.164 of <see cref="Number"/> as one integer; 0 for extensions and others.</summary>
    public long E164 { get; set; }

    /// <summary>The number first dialled or shown; the join compares it too. A text, so that erasing a number finds it.</summary>
    public required string FirstNumber { get; init; }

    /// <summary>Where it stands.</summary>
    public PhoneCallState State { get; set; }

    /// <summary>Start by the browser's clock, UTC.</summary>
    public required DateTime StartedAtUtc { get; init; }

    /// <summary>When the portal first heard of it, UTC: a second start for the join, as browsers' clocks may be wrong.</summary>
    public required DateTime FirstSeenAtUtc { get; init; }

    /// <summary>It was told while it was live; else <see cref="FirstSeenAtUtc"/> says nothing about its start.</summary>
    public bool SeenLive { get; set; }

    /// <summary>When the portal last heard of it, UTC.</summary>
    public DateTime LastSeenAtUtc { get; set; }

    /// <summary>When it was answered, UTC; null when it was not.</summary>
    public DateTime? AnsweredAtUtc { get; set; }

    /// <summary>When it ended, UTC; of a lost one when it was last heard of; null while it lasts.</summary>
    public DateTime? EndedAtUtc { get; set; }

    /// <summary>Who ended it; null while unknown.</summary>
    public PhoneEndedBy? EndedBy { get; set; }

    /// <summary>Why it ended, a word of <c>contract.ts</c>; empty while it lasts.</summary>
    public string Cause { get; set; } = "";

    /// <summary>SIP status that ended it; null for none.</summary>
    public int? SipCode { get; set; }

    /// <summary>Mean opinion score, average of the call, 1 to 4.5; null without figures, as all of these.</summary>
    public double? MosAverage { get; set; }

    /// <summary>Its lowest.</summary>
    public double? MosLowest { get; set; }

    /// <summary>Lost packets, per cent.</summary>
    public double? LossPercent { get; set; }

    /// <summary>Jitter, milliseconds.</summary>
    public double? JitterMilliseconds { get; set; }

    /// <summary>Round trip, milliseconds.</summary>
    public double? RoundTripMilliseconds { get; set; }

    /// <summary>How many samples the figures are of.</summary>
    public int QualitySamples { get; set; }

    /// <summary>The PBX's call it is part of; null until that is known.</summary>
    public Guid? CallId { get; set; }

    /// <summary>Note written in the phone; moved to the call when there is one.</summary>
    public string Note { get; set; } = "";

    /// <summary>Disposition given in the phone, likewise.</summary>
    public Guid? DispositionId { get; set; }

    /// <summary>When note or disposition were last written in the phone, UTC; null for never.</summary>
    public DateTime? WorkAtUtc { get; set; }

    /// <summary>The call's note that <see cref="Note"/> became; null before.</summary>
    public Guid? NoteId { get; set; }

    /// <summary>Concurrency token: circuits, the sync and the job write it.</summary>
    public int Version { get; set; }

    /// <summary>True while the phone has it.</summary>
    public bool IsLive => State is not (PhoneCallState.Ended or PhoneCallState.Lost);
}

/// <summary>A number that somebody keeps at hand.</summary>
public sealed class PhoneFavourite : ITenantOwned
{
    /// <summary>Most favourites of one person.</summary>
    public const int MaxCount = 40;

    /// <summary>Key.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public Guid TenantId { get; private set; }

    /// <summary>Whose it is.</summary>
    public required Guid UserId { get; init; }

    /// <summary>What is dialled.</summary>
    public required string Number { get; init; }

    /// <summary>Name as the person wants it; empty to show the number or whose it is.</summary>
    public required string Name { get; set; }

    /// <summary>Place in the list.</summary>
    public required int Position { get; set; }
}

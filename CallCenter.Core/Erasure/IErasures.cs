using CallCenter.Core.Primitives;

namespace CallCenter.Core.Erasure;

/// <summary>
/// Erases one number everywhere in the current tenant: calls keep their times and figures and lose the number. Needs
/// <see cref="Tenancy.Permissions.Recordings.Erase"/> for everything. What the PBX keeps, stays there, and does not come back from it.
/// </summary>
public interface IErasures
{
    /// <summary>What there is of a number, and what holds keep. Changes nothing but a note in the audit log, which does not name it.</summary>
    /// <param name="number">In any spelling.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>
    /// The preview, <see cref="Tenancy.AccessErrors.Denied"/>, <see cref="ErasureErrors.Unreadable"/>, <see cref="ErasureErrors.Internal"/>,
    /// <see cref="ErasureErrors.OwnNumber"/> or <see cref="ErasureErrors.InUse"/>.
    /// </returns>
    Task<Result<ErasurePreview>> PreviewAsync(string number, CancellationToken cancellationToken = default);

    /// <summary>Has the number erased; begins within seconds and survives a restart at any point.</summary>
    /// <param name="number">In any spelling.</param>
    /// <param name="lastDigits">Its last digits, typed once more.</param>
    /// <param name="reason">Why; the number is taken out of it.</param>
    /// <param name="cancellationToken">Asks for nothing.</param>
    /// <returns>
    /// The erasure's key, or as <see cref="PreviewAsync"/>, or <see cref="ErasureErrors.DigitsDiffer"/>, <see cref="ErasureErrors.ReasonMissing"/> or
    /// <see cref="ErasureErrors.UnderWay"/>.
    /// </returns>
    Task<Result<Guid>> RequestAsync(string number, string lastDigits, string reason, CancellationToken cancellationToken = default);

    /// <summary>One erasure: its progress, or its certificate.</summary>
    /// <returns>The erasure, <see cref="Tenancy.AccessErrors.Denied"/> or <see cref="ErasureErrors.NotFound"/>.</returns>
    Task<Result<ErasureView>> FindAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>The erasures, newest first, at most a hundred.</summary>
    Task<Result<IReadOnlyList<ErasureView>>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Checks a certificate: its seal, its entry in the audit log, and, with a number, whether it is that one's and what is there of it now.</summary>
    /// <param name="id">The erasure.</param>
    /// <param name="number">In any spelling; empty leaves the number out of it.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    Task<Result<ErasureCheck>> VerifyAsync(Guid id, string number, CancellationToken cancellationToken = default);
}

/// <summary>What there is of a number.</summary>
/// <param name="Number">E.164 with its plus.</param>
/// <param name="Counts">What would go, by kind.</param>
/// <param name="Examples">Some of it.</param>
/// <param name="Held">Calls that would stay because of a hold.</param>
public sealed record ErasurePreview(string Number, ErasureCounts Counts, IReadOnlyList<ErasureExample> Examples, IReadOnlyList<ErasureHeldView> Held);

/// <summary>Something that holds a number.</summary>
/// <param name="Kind">See <see cref="ErasureKinds"/>.</param>
/// <param name="Text">As people know it.</param>
/// <param name="AtUtc">When it was, UTC; null where it has no time.</param>
public sealed record ErasureExample(string Kind, string Text, DateTime? AtUtc);

/// <summary>A call that a hold keeps.</summary>
/// <param name="CallId">The call.</param>
/// <param name="CallStartedAtUtc">Its start, UTC.</param>
/// <param name="Reason">Why it is held.</param>
/// <param name="ByName">Who held it.</param>
/// <param name="ErasedAtUtc">When it was erased after all, UTC; null while it was not.</param>
public sealed record ErasureHeldView(Guid CallId, DateTime CallStartedAtUtc, string Reason, string ByName, DateTime? ErasedAtUtc);

/// <summary>An erasure as shown.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Fingerprint">Print of the number.</param>
/// <param name="Reason">Why.</param>
/// <param name="ByName">Who.</param>
/// <param name="RequestedAtUtc">When it was asked for, UTC.</param>
/// <param name="FinishedAtUtc">When it ended, UTC.</param>
/// <param name="State">How far it got.</param>
/// <param name="Step">What it is at.</param>
/// <param name="CallsOf">Calls there were to do.</param>
/// <param name="Counts">What was erased so far.</param>
/// <param name="Failure">Code of what it waits for; may be empty.</param>
/// <param name="Seal">Seal of the certificate; empty until done.</param>
/// <param name="AuditSequence">Number of its entry in the audit log; null until done.</param>
/// <param name="Held">What holds kept.</param>
public sealed record ErasureView(
    Guid Id, string Fingerprint, string Reason, string ByName, DateTime RequestedAtUtc, DateTime? FinishedAtUtc, ErasureState State, ErasureStep Step, int CallsOf,
    ErasureCounts Counts, string Failure, string Seal, long? AuditSequence, IReadOnlyList<ErasureHeldView> Held);

/// <summary>What checking a certificate gave.</summary>
/// <param name="SealHolds">Nothing of it was changed since it was sealed.</param>
/// <param name="AuditHolds">The audit log has an entry with the same seal.</param>
/// <param name="NumberMatches">It is of the number asked for; null when none was.</param>
/// <param name="Left">What there is of that number now, calls since then among it; null when it was not asked for or is another.</param>
public sealed record ErasureCheck(bool SealHolds, bool AuditHolds, bool? NumberMatches, ErasureCounts? Left);

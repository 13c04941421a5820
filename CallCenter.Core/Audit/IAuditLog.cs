using CallCenter.Core.Primitives;

namespace CallCenter.Core.Audit;

/// <summary>
/// Reads the audit log. The tenant's chain needs <see cref="Tenancy.Permissions.Audit.View"/>, the platform's
/// <see cref="Tenancy.Permissions.Platform.Tenants"/>; without it every method answers <see cref="Tenancy.AccessErrors.Denied"/>.
/// </summary>
public interface IAuditLog
{
    /// <summary>Newest first.</summary>
    /// <param name="chain">Which chain.</param>
    /// <param name="filter">What to show.</param>
    /// <param name="key">Key from <see cref="KeysetPage{T}"/>; null or an unreadable one gives the newest page.</param>
    /// <param name="pageSize">1 to 200; clamped.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    Task<Result<KeysetPage<AuditRow>>> ReadAsync(
        AuditChain chain, AuditFilter filter, string? key, int pageSize, CancellationToken cancellationToken = default);

    /// <summary>One entry with its values before and after.</summary>
    /// <returns>The entry, or <see cref="AuditErrors.NotFound"/>.</returns>
    Task<Result<AuditDetail>> GetAsync(AuditChain chain, long sequence, CancellationToken cancellationToken = default);

    /// <summary>The distinct actions in the chain, in alphabetical order, for the filter.</summary>
    Task<Result<IReadOnlyList<string>>> GetActionsAsync(AuditChain chain, CancellationToken cancellationToken = default);

    /// <summary>Reads the whole chain and checks every hash, every sequence number and the head.</summary>
    /// <param name="chain">Which chain.</param>
    /// <param name="progress">Told the number of checked entries now and then.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    Task<Result<AuditVerification>> VerifyAsync(
        AuditChain chain, IProgress<long>? progress = null, CancellationToken cancellationToken = default);
}

/// <summary>Which chain to read.</summary>
public enum AuditChain
{
    /// <summary>The entered tenant's.</summary>
    Tenant,

    /// <summary>The installation's: tenants, sign-ins, accounts.</summary>
    Platform,
}

/// <summary>What to show; every part is optional and all given parts must match.</summary>
public sealed record AuditFilter
{
    /// <summary>From this moment on, UTC.</summary>
    public DateTime? FromUtc { get; init; }

    /// <summary>Before this moment, UTC; not included.</summary>
    public DateTime? ToUtc { get; init; }

    /// <summary>Part of the actor's name, case ignored.</summary>
    public string? Actor { get; init; }

    /// <summary>An action, or its first part with the dot, e.g. <c>users.</c>.</summary>
    public string? Action { get; init; }

    /// <summary>Part of the subject's name, case ignored; or its whole id.</summary>
    public string? Subject { get; init; }
}

/// <summary>An entry as listed.</summary>
/// <param name="Sequence">Place in the chain.</param>
/// <param name="AtUtc">When, UTC.</param>
/// <param name="ActorName">Who.</param>
/// <param name="Action">What, <c>feature.what_happened</c>.</param>
/// <param name="SubjectType">Kind of thing.</param>
/// <param name="SubjectName">Its name at the time.</param>
/// <param name="RemoteAddress">From where; null for jobs.</param>
public sealed record AuditRow(
    long Sequence, DateTime AtUtc, string ActorName, string Action, string SubjectType, string SubjectName, string? RemoteAddress);

/// <summary>An entry with its values.</summary>
/// <param name="Row">As listed.</param>
/// <param name="ActorId">The user; null for jobs.</param>
/// <param name="SubjectId">Key of the thing.</param>
/// <param name="Changes">Every field named before or after, in order.</param>
/// <param name="Hash">Hash of the entry, 64 lower-case hex digits.</param>
public sealed record AuditDetail(AuditRow Row, Guid? ActorId, string SubjectId, IReadOnlyList<AuditChange> Changes, string Hash);

/// <summary>One field of an entry.</summary>
/// <param name="Field">Name of the field.</param>
/// <param name="Before">Value before; null when there was none.</param>
/// <param name="After">Value after; null when there is none. A changed secret shows <see cref="AuditValues.ChangedSecret"/>.</param>
public sealed record AuditChange(string Field, string? Before, string? After);

/// <summary>Outcome of a check of the chain.</summary>
/// <param name="Checked">Entries found intact before the first broken one.</param>
/// <param name="Break">The first break; null when the chain is whole.</param>
public sealed record AuditVerification(long Checked, AuditBreak? Break)
{
    /// <summary>True when nothing is broken.</summary>
    public bool Intact => Break is null;
}

/// <summary>Where the chain breaks first.</summary>
/// <param name="Sequence">The first entry that is wrong or missing; 0 when the head itself is.</param>
/// <param name="Kind">What is wrong there.</param>
/// <param name="Row">The entry as it stands now; null when it is missing.</param>
public sealed record AuditBreak(long Sequence, AuditBreakKind Kind, AuditRow? Row);

/// <summary>What is wrong with a chain.</summary>
public enum AuditBreakKind
{
    /// <summary>The entry's content does not give its hash: it was changed.</summary>
    Changed,

    /// <summary>The entry does not follow the one before it: one of the two was replaced.</summary>
    Replaced,

    /// <summary>An entry in the middle or at the beginning is gone.</summary>
    Missing,

    /// <summary>The newest entries are gone: the chain ends before its head.</summary>
    Truncated,

    /// <summary>The head is missing, or does not match the newest entry.</summary>
    HeadWrong,
}

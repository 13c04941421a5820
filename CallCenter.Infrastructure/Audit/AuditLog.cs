using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CallCenter.Core.Audit;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Audit;

/// <summary>
/// Lifts the tenant filter to reach the platform's chain; every query names its chain instead, and the chain is the entered
/// tenant's or, for platform administrators, the platform's.
/// </summary>
internal sealed class AuditLog(IDbContextFactory<CallCenterDbContext> contexts, ICaller caller, ITenantContext tenant) : IAuditLog
{
    private const string InSql = "Becomes LOWER() in SQL; overloads with a culture or comparison cannot be translated.";

    public async Task<Result<KeysetPage<AuditRow>>> ReadAsync(
        AuditChain chain, AuditFilter filter, string? key, int pageSize, CancellationToken cancellationToken = default)
    {
        if (Open(chain) is not { } chainId)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var matching = Matching(db, chainId, filter);
        var total = await matching.Take(KeysetPage<AuditRow>.DefaultTotalCap).CountAsync(cancellationToken);
        var (newer, bound) = ParseKey(key);
        var size = Math.Clamp(pageSize, 1, 200);

        // One row more than the page tells whether there are others beyond it.
        var query = newer
            ? matching.Where(e => e.Sequence > bound).OrderBy(e => e.Sequence)
            : matching.Where(e => e.Sequence < bound).OrderByDescending(e => e.Sequence);
        var rows = await query.Take(size + 1).Select(e => new AuditRow(
            e.Sequence, e.AtUtc, e.ActorName, e.Action, e.SubjectType, e.SubjectName, e.RemoteAddress)).ToListAsync(cancellationToken);
        var beyond = rows.Count > size;
        rows = rows.GetRange(0, Math.Min(size, rows.Count));
        if (newer)
        {
            rows.Reverse();
        }

        if (rows.Count == 0)
        {
            return new KeysetPage<AuditRow>(rows, null, null, total, KeysetPage<AuditRow>.DefaultTotalCap);
        }

        var (first, last) = (rows[0].Sequence, rows[^1].Sequence);
        var hasNewer = newer ? beyond : await matching.AnyAsync(e => e.Sequence > first, cancellationToken);
        var hasOlder = newer ? await matching.AnyAsync(e => e.Sequence < last, cancellationToken) : beyond;
        return new KeysetPage<AuditRow>(
            rows,
            hasNewer ? string.Create(CultureInfo.InvariantCulture, $"n{first}") : null,
            hasOlder ? string.Create(CultureInfo.InvariantCulture, $"o{last}") : null,
            total,
            KeysetPage<AuditRow>.DefaultTotalCap);
    }

    public async Task<Result<AuditDetail>> GetAsync(AuditChain chain, long sequence, CancellationToken cancellationToken = default)
    {
        if (Open(chain) is not { } chainId)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await Entries(db, chainId).SingleOrDefaultAsync(e => e.Sequence == sequence, cancellationToken) is not { } entry)
        {
            return AuditErrors.NotFound;
        }

        return new AuditDetail(
            AuditVerifier.RowOf(entry), entry.ActorId, entry.SubjectId, Changes(entry), Convert.ToHexStringLower(entry.Hash));
    }

    public async Task<Result<IReadOnlyList<string>>> GetActionsAsync(AuditChain chain, CancellationToken cancellationToken = default)
    {
        if (Open(chain) is not { } chainId)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Entries(db, chainId).Select(e => e.Action).Distinct().OrderBy(a => a).ToListAsync(cancellationToken);
    }

    public async Task<Result<AuditVerification>> VerifyAsync(
        AuditChain chain, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        if (Open(chain) is not { } chainId)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var head = await db.Set<AuditHead>().IgnoreQueryFilters([CallCenterDbContext.TenantFilter]).AsNoTracking()
            .SingleOrDefaultAsync(h => h.TenantId == chainId, cancellationToken);

        // Up to the head as it was at the start: entries that are written meanwhile belong to the next check.
        var last = head?.Sequence;
        var entries = Entries(db, chainId).Where(e => last == null || e.Sequence <= last).OrderBy(e => e.Sequence);
        var verifier = new AuditVerifier(head);
        await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (!verifier.Add(entry))
            {
                break;
            }

            if (verifier.Checked % 1000 == 0)
            {
                progress?.Report(verifier.Checked);
            }
        }

        var result = verifier.Finish();
        if (result.Intact && head is not null && await BeyondAsync(db, chainId, head, cancellationToken) is { } beyond)
        {
            result = result with { Break = new AuditBreak(beyond.Sequence, AuditBreakKind.HeadWrong, AuditVerifier.RowOf(beyond)) };
        }

        return result;
    }

    // An entry beyond the head, unless a writer has moved the head meanwhile: then it is simply new.
    private static async Task<AuditEntry?> BeyondAsync(CallCenterDbContext db, Guid chain, AuditHead head, CancellationToken cancellationToken)
    {
        var beyond = await Entries(db, chain).Where(e => e.Sequence > head.Sequence).OrderBy(e => e.Sequence).FirstOrDefaultAsync(cancellationToken);
        return beyond is not null && !await db.Set<AuditHead>().IgnoreQueryFilters([CallCenterDbContext.TenantFilter])
            .AnyAsync(h => h.TenantId == chain && h.Sequence > head.Sequence, cancellationToken) ? beyond : null;
    }

    private static IReadOnlyList<AuditChange> Changes(AuditEntry entry)
    {
        var before = AuditValues.Parse(entry.Before);
        var after = AuditValues.Parse(entry.After);
        var fields = before.Concat(after).Select(value => value.Key).Distinct(StringComparer.Ordinal);
        return [.. fields.Select(field => new AuditChange(field, ValueOf(before, field), ValueOf(after, field)))];
    }

    private static string? ValueOf(IReadOnlyList<KeyValuePair<string, string?>> values, string field) =>
        values.LastOrDefault(value => value.Key == field).Value;

    private static (bool Newer, long Bound) ParseKey(string? key) =>
        key is ['n' or 'o', .. var number] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var bound)
            ? (key[0] == 'n', bound)
            : (false, long.MaxValue);

    private static IQueryable<AuditEntry> Entries(CallCenterDbContext db, Guid chain) =>
        db.Set<AuditEntry>().IgnoreQueryFilters([CallCenterDbContext.TenantFilter]).AsNoTracking().Where(e => e.TenantId == chain);

    [SuppressMessage("Globalization", "CA1304", Justification = InSql)]
    [SuppressMessage("Globalization", "CA1311", Justification = InSql)]
    [SuppressMessage("Performance", "CA1862", Justification = InSql)]
    private static IQueryable<AuditEntry> Matching(CallCenterDbContext db, Guid chain, AuditFilter filter)
    {
        var query = Entries(db, chain);
        if (filter.FromUtc is { } from)
        {
            query = query.Where(e => e.AtUtc >= from);
        }

        if (filter.ToUtc is { } to)
        {
            query = query.Where(e => e.AtUtc < to);
        }

        if (filter.Action is { Length: > 0 } action)
        {
            query = action.EndsWith('.') ? query.Where(e => e.Action.StartsWith(action)) : query.Where(e => e.Action == action);
        }

        // The texts are short, and the chain bounds the range.
        if (filter.Actor?.Trim() is { Length: > 0 } actor)
        {
            var lower = actor.ToLowerInvariant();
            query = query.Where(e => e.ActorName.ToLower().Contains(lower));
        }

        if (filter.Subject?.Trim() is { Length: > 0 } subject)
        {
            var lower = subject.ToLowerInvariant();
            query = query.Where(e => e.SubjectId == subject || e.SubjectName.ToLower().Contains(lower));
        }

        return query;
    }

    private Guid? Open(AuditChain chain) => chain switch
    {
        AuditChain.Tenant when caller.May(Permissions.Audit.View) => tenant.TenantId,
        AuditChain.Platform when caller.May(Permissions.Platform.Tenants) => AuditChains.Platform,
        _ => null,
    };
}

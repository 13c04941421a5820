using CallCenter.Core.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls;

/// <summary>What must be known of a stored leg to see whether it changed and what it belongs to.</summary>
internal sealed record StoredLeg(string UniqueId, string AccountId, DateTime StartLocal, string Session, Guid CallId, long ContentHash)
{
    public LegKey Key => new(UniqueId, AccountId, StartLocal);
}

/// <summary>
/// Finds what a batch touches: first which of its legs are stored already, then, for those that are new or changed only, every
/// stored leg that makes one call with them: by unique id or session, and so on from what was found.
/// </summary>
internal sealed class LinkedLegs(CallCenterDbContext db, Guid pbxId)
{
    // Ids begin with the second in which they began. Shorter ones name no time, the assembler does not join by such
    // sessions, and some firmware repeats them without end.
    private const int EpochDigits = 10;

    // A span with far more stored legs than asked for is searched id by id instead.
    private const int SpanSlack = 2_000;

    private readonly Dictionary<LegKey, StoredLeg> _found = [];

    public IReadOnlyDictionary<LegKey, StoredLeg> Found => _found;

    /// <summary>Reads which legs of the batch are stored.</summary>
    public async Task ReadAsync(IReadOnlyCollection<CallLeg> batch, CancellationToken cancellationToken)
    {
        await ReadByIdAsync([.. batch.Select(leg => leg.UniqueId).Where(id => id.Length > 0).Distinct()], batch.Count, cancellationToken);

        // Legs without a unique id are linked to nothing by it, but may be there already.
        var accountIds = batch.Where(leg => leg.UniqueId.Length == 0).Select(leg => leg.AccountId).Distinct().ToList();
        if (accountIds.Count > 0)
        {
            await AddAsync(Legs.Where(leg => leg.UniqueId == "" && EF.Parameter(accountIds).Contains(leg.AccountId)), cancellationToken);
        }
    }

    /// <summary>Reads on until nothing more is linked to the given legs, and answers the keys of all that are.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="dirty">Keys of its legs that are new or changed.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<HashSet<LegKey>> FollowAsync(
        IReadOnlyDictionary<LegKey, CallLeg> batch, IReadOnlyCollection<LegKey> dirty, CancellationToken cancellationToken)
    {
        var touched = new HashSet<LegKey>(batch.Count);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var sessions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in dirty)
        {
            Touch(key, batch[key].Session);
        }

        // Legs that may yet turn out to be linked: those of the batch that did not change, and what was found.
        List<(LegKey Key, string Session)> waiting = dirty.Count == batch.Count
            ? []
            : [.. batch.Values.Select(leg => (LegKey.Of(leg), leg.Session)).Where(leg => !touched.Contains(leg.Item1))];
        waiting.AddRange(_found.Values.Select(leg => (leg.Key, leg.Session)));
        var askedIds = new HashSet<string>(batch.Values.Select(leg => leg.UniqueId), StringComparer.Ordinal);
        var askedSessions = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            // A stored leg of the batch may be touched already, and still link by the session it had.
            while (waiting.RemoveAll(leg => IsLinked(leg.Key, leg.Session) && Touch(leg.Key, leg.Session)) > 0)
            {
            }

            var newIds = ids.Where(askedIds.Add).ToList();
            var newSessions = sessions.Where(askedSessions.Add).ToList();
            if (newIds.Count + newSessions.Count == 0)
            {
                return touched;
            }

            var before = _found.Count;
            await ReadByIdAsync(newIds, newIds.Count, cancellationToken);
            await ReadBySessionAsync(newSessions, cancellationToken);
            waiting.AddRange(_found.Values.Skip(before).Select(leg => (leg.Key, leg.Session)));
        }

        bool IsLinked(LegKey key, string session) =>
            touched.Contains(key) || ids.Contains(key.UniqueId) || (Joins(session) && sessions.Contains(session));

        bool Touch(LegKey key, string session)
        {
            touched.Add(key);
            if (key.UniqueId.Length > 0)
            {
                ids.Add(key.UniqueId);
            }

            if (Joins(session))
            {
                sessions.Add(session);
            }

            return true;
        }
    }

    /// <summary>Reads the stored legs of calls, with all that the assembler reads.</summary>
    public async Task<List<CallLeg>> ReadOfCallsAsync(IReadOnlyCollection<Guid> callIds, CancellationToken cancellationToken)
    {
        List<Guid> ids = [.. callIds];
        var legs = await WithoutRaw(Legs.Where(leg => EF.Parameter(ids).Contains(leg.CallId))).ToListAsync(cancellationToken);
        foreach (var leg in legs)
        {
            _found.TryAdd(LegKey.Of(leg), new StoredLeg(leg.UniqueId, leg.AccountId, leg.StartLocal, leg.Session, leg.CallId, leg.ContentHash));
        }

        // Others with the same unique ids may be of calls that are not asked for.
        await ReadAsync(legs, cancellationToken);
        return legs;
    }

    /// <summary>Stored legs with all that the assembler reads.</summary>
    public async Task<List<CallLeg>> ReadContentAsync(IReadOnlySet<LegKey> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
        {
            return [];
        }

        var ids = keys.Select(key => key.UniqueId).Distinct().ToList();
        var legs = await WithoutRaw(Legs.Where(leg => EF.Parameter(ids).Contains(leg.UniqueId))).ToListAsync(cancellationToken);
        return [.. legs.Where(leg => keys.Contains(LegKey.Of(leg)))];
    }

    /// <summary>True for a session that can join legs.</summary>
    public static bool Joins(string session) => session.Length >= EpochDigits;

    private IQueryable<CallLeg> Legs => db.Set<CallLeg>().AsNoTracking().Where(leg => leg.PbxId == pbxId);

    private async Task ReadByIdAsync(List<string> ids, int expected, CancellationToken cancellationToken)
    {
        if (Span.Of(ids) is { } span)
        {
            var (first, end, limit) = (span.First, span.End, (2 * expected) + SpanSlack);
            var inSpan = Legs.Where(leg => leg.UniqueId.CompareTo(first) >= 0 && leg.UniqueId.CompareTo(end) < 0);
            if (await AddAsync(inSpan.Take(limit), cancellationToken) < limit)
            {
                return;
            }
        }

        if (ids.Count > 0)
        {
            await AddAsync(Legs.Where(leg => EF.Parameter(ids).Contains(leg.UniqueId)), cancellationToken);
        }
    }

    private async Task ReadBySessionAsync(List<string> sessions, CancellationToken cancellationToken)
    {
        if (Span.Of(sessions) is { } span)
        {
            var (first, end, limit) = (span.First, span.End, (4 * sessions.Count) + SpanSlack);
            var inSpan = Legs.Where(leg => leg.Session.CompareTo(first) >= 0 && leg.Session.CompareTo(end) < 0);
            if (await AddAsync(inSpan.Take(limit), cancellationToken) < limit)
            {
                return;
            }
        }

        if (sessions.Count > 0)
        {
            await AddAsync(Legs.Where(leg => EF.Parameter(sessions).Contains(leg.Session)), cancellationToken);
        }
    }

    private async Task<int> AddAsync(IQueryable<CallLeg> legs, CancellationToken cancellationToken)
    {
        var read = 0;
        var narrow = legs.Select(leg => new StoredLeg(leg.UniqueId, leg.AccountId, leg.StartLocal, leg.Session, leg.CallId, leg.ContentHash));
        await foreach (var leg in narrow.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            read++;
            _found.TryAdd(leg.Key, leg);
        }

        return read;
    }

    private static IQueryable<CallLeg> WithoutRaw(IQueryable<CallLeg> legs) => legs.Select(leg => new CallLeg
    {
        TenantId = leg.TenantId,
        PbxId = leg.PbxId,
        UniqueId = leg.UniqueId,
        AccountId = leg.AccountId,
        StartLocal = leg.StartLocal,
        CallId = leg.CallId,
        Session = leg.Session,
        StartedAtUtc = leg.StartedAtUtc,
        AnsweredAtUtc = leg.AnsweredAtUtc,
        EndedAtUtc = leg.EndedAtUtc,
        DurationSeconds = leg.DurationSeconds,
        BillableSeconds = leg.BillableSeconds,
        Disposition = leg.Disposition,
        Direction = leg.Direction,
        Action = leg.Action,
        ActionTarget = leg.ActionTarget,
        Source = leg.Source,
        Destination = leg.Destination,
        CallerName = leg.CallerName,
        AnsweredBy = leg.AnsweredBy,
        SourceDevice = leg.SourceDevice,
        DestinationDevice = leg.DestinationDevice,
        ReachedDevice = leg.ReachedDevice,
        LastApplication = leg.LastApplication,
        LastData = leg.LastData,
        SourceTrunk = leg.SourceTrunk,
        DestinationTrunk = leg.DestinationTrunk,
        RecordingFiles = leg.RecordingFiles,
        Raw = "",
        ContentHash = leg.ContentHash,
    });

    /// <summary>
    /// The seconds that ids span, as the first and the one after the last: a batch is a piece of time, and one range of an
    /// index is read much faster than thousands of single ids. Only digits are compared, which every collation sorts alike.
    /// </summary>
    private readonly record struct Span(string First, string End)
    {
        private const int FewIds = 16;

        public static Span? Of(List<string> ids)
        {
            if (ids.Count < FewIds || !ids.TrueForAll(HasEpoch))
            {
                return null;
            }

            var first = ids.Min(id => long.Parse(id.AsSpan(0, EpochDigits), System.Globalization.CultureInfo.InvariantCulture));
            var last = ids.Max(id => long.Parse(id.AsSpan(0, EpochDigits), System.Globalization.CultureInfo.InvariantCulture));
            return new Span(
                first.ToString(System.Globalization.CultureInfo.InvariantCulture),
                (last + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        private static bool HasEpoch(string id) =>
            id.Length >= EpochDigits && id[0] is >= '1' and < '9' && !id.AsSpan(0, EpochDigits).ContainsAnyExceptInRange('0', '9');
    }
}

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
    // A span with far more stored legs than asked for is searched id by id instead.
    private const int SpanSlack = 2_000;

    private readonly Dictionary<LegKey, StoredLeg> _found = [];

    public IReadOnlyDictionary<LegKey, StoredLeg> Found => _found;

    /// <summary>Reads which legs of the batch are stored.</summary>
    public async Task ReadAsync(LegTies ties, CancellationToken cancellationToken)
    {
        await ReadByIdAsync(ties.Ids, ties.IdsSpan, ties.Keys.Count, cancellationToken);

        // Legs without a unique id are linked to nothing by it, but may be there already.
        var accountIds = ties.AccountIds.Distinct().ToList();
        if (accountIds.Count > 0)
        {
            await AddAsync(Legs.Where(leg => leg.UniqueId == "" && EF.Parameter(accountIds).Contains(leg.AccountId)), cancellationToken);
        }
    }

    /// <summary>Reads on until nothing more is linked to the given legs, and answers the keys of all that are.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="ties">Those of its legs. Where all of them are dirty its sets are taken over, so it is of no use afterwards.</param>
    /// <param name="dirty">Keys of its legs that are new or changed.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<HashSet<LegKey>> FollowAsync(
        IReadOnlyDictionary<LegKey, CallLeg> batch, LegTies ties, IReadOnlyCollection<LegKey> dirty, CancellationToken cancellationToken)
    {
        var isAll = dirty.Count == batch.Count;
        var touched = isAll ? ties.Keys : [];
        var ids = isAll ? ties.Ids : new HashSet<string>(StringComparer.Ordinal);
        var sessions = isAll ? ties.Sessions : new HashSet<string>(StringComparer.Ordinal);
        List<string> newIds = [];
        List<string> newSessions = [];

        // Legs that may yet turn out to be linked: those of the batch that did not change, and what was found.
        List<(LegKey Key, string Session)> waiting = [];
        if (isAll)
        {
            await ReadBySessionAsync(ties.Sessions, ties.SessionsSpan, cancellationToken);
        }
        else
        {
            foreach (var key in dirty)
            {
                Touch(key, batch[key].Session);
            }

            waiting.AddRange(batch.Values.Select(leg => (LegKey.Of(leg), leg.Session)).Where(leg => !touched.Contains(leg.Item1)));
        }

        waiting.AddRange(_found.Values.Select(leg => (leg.Key, leg.Session)));
        while (true)
        {
            // A stored leg of the batch may be touched already, and still link by the session it had.
            while (waiting.RemoveAll(leg => IsLinked(leg.Key, leg.Session) && Touch(leg.Key, leg.Session)) > 0)
            {
            }

            if (newIds.Count + newSessions.Count == 0)
            {
                return touched;
            }

            var before = _found.Count;
            var (askIds, askSessions) = (newIds, newSessions);
            (newIds, newSessions) = ([], []);
            await ReadByIdAsync(askIds, IdSpan.Of(askIds), askIds.Count, cancellationToken);
            await ReadBySessionAsync(askSessions, IdSpan.Of(askSessions), cancellationToken);
            waiting.AddRange(_found.Values.Skip(before).Select(leg => (leg.Key, leg.Session)));
        }

        bool IsLinked(LegKey key, string session) =>
            touched.Contains(key) || ids.Contains(key.UniqueId) || (Joins(session) && sessions.Contains(session));

        bool Touch(LegKey key, string session)
        {
            touched.Add(key);

            // The batch's own ids were asked for before.
            if (key.UniqueId.Length > 0 && ids.Add(key.UniqueId) && (isAll || !ties.Ids.Contains(key.UniqueId)))
            {
                newIds.Add(key.UniqueId);
            }

            if (Joins(session) && sessions.Add(session))
            {
                newSessions.Add(session);
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
        await ReadAsync(LegTies.Of(legs), cancellationToken);
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

    /// <summary>
    /// True for a session that can join legs. Shorter ones name no time, the assembler does not join by them, and some firmware repeats
    /// them without end.
    /// </summary>
    public static bool Joins(string session) => session.Length >= IdSpan.EpochDigits;

    private IQueryable<CallLeg> Legs => db.Set<CallLeg>().AsNoTracking().Where(leg => leg.PbxId == pbxId);

    private async Task ReadByIdAsync(IReadOnlyCollection<string> ids, IdSpan? seconds, int expected, CancellationToken cancellationToken)
    {
        if (seconds is { } span)
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
            var list = ids.ToList();
            await AddAsync(Legs.Where(leg => EF.Parameter(list).Contains(leg.UniqueId)), cancellationToken);
        }
    }

    private async Task ReadBySessionAsync(IReadOnlyCollection<string> sessions, IdSpan? seconds, CancellationToken cancellationToken)
    {
        if (seconds is { } span)
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
            var list = sessions.ToList();
            await AddAsync(Legs.Where(leg => EF.Parameter(list).Contains(leg.Session)), cancellationToken);
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
}

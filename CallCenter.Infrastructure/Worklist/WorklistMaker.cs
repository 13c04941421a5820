using CallCenter.Core.Calls;
using CallCenter.Core.Erasure;
using CallCenter.Core.Groups;
using CallCenter.Core.Telephony;
using CallCenter.Core.Worklist;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Worklist;

/// <summary>
/// Makes the entries of callers anew from their calls and dismissals, whatever of them changed and in whatever order. In the
/// transaction of whoever asks; what is made is the same as from nothing, but entries keep their keys and claims.
/// </summary>
internal sealed class WorklistMaker(ICallBulkWriter bulk, TimeProvider time)
{
    private static readonly CallOutcome[] GivenUp = [CallOutcome.Abandoned, CallOutcome.NoAnswer];

    public static async Task<WorklistPlan> PlanAsync(CallCenterDbContext db, CancellationToken cancellationToken) =>
        await db.Set<WorklistPlan>().AsNoTracking().SingleOrDefaultAsync(cancellationToken) ?? new WorklistPlan();

    /// <summary>Calls that began before are not the list's business.</summary>
    public DateTime Horizon(WorklistPlan plan) => time.GetUtcNow().UtcDateTime.AddDays(-plan.Days);

    /// <param name="db">Its transaction is the caller's.</param>
    /// <param name="plan">How the list works.</param>
    /// <param name="numbers">Callers by E.164.</param>
    /// <param name="nameless">Calls of callers without such a number.</param>
    /// <param name="cancellationToken">Stops before anything is stored.</param>
    public async Task MakeAsync(
        CallCenterDbContext db, WorklistPlan plan, IReadOnlyCollection<long> numbers, IReadOnlyCollection<Guid> nameless, CancellationToken cancellationToken)
    {
        var (e164s, single) = (numbers.Distinct().ToList(), nameless.Distinct().ToList());
        if (e164s.Count == 0 && single.Count == 0)
        {
            return;
        }

        // Who claims or dismisses one of these waits until this is stored, or was before and is seen by what is read now.
        await Entries(db, e164s, single).ExecuteUpdateAsync(set => set.SetProperty(entry => entry.State, entry => entry.State), cancellationToken);
        var entries = await Entries(db, e164s, single).ToListAsync(cancellationToken);
        var ids = entries.ConvertAll(entry => entry.Id);
        var links = await db.Set<WorklistCall>().Where(link => EF.Parameter(ids).Contains(link.EntryId)).ToListAsync(cancellationToken);
        var dismissals = await db.Set<WorklistDismissal>().AsNoTracking()
            .Where(d => (d.E164 != 0 && EF.Parameter(e164s).Contains(d.E164)) || (d.CallId != null && EF.Parameter(single).Contains(d.CallId.Value)))
            .ToListAsync(cancellationToken);
        var horizon = Horizon(plan);
        var calls = await db.Set<Call>().AsNoTracking()
            .Where(call => call.StartedAtUtc >= horizon
                && ((EF.Parameter(e164s).Contains(call.OutsideE164) && call.OutsideE164 > 0) || (EF.Parameter(single).Contains(call.Id) && call.OutsideE164 <= 0 && call.FromNumber != ErasedNumber.Mark)))
            .Select(call => new Fact(
                call.Id, call.StartedAtUtc, call.Direction, call.Outcome, call.OutsideE164, call.FromNumber, call.AnsweredBy,
                call.Queue, call.Via, call.Ivr, call.WaitSeconds))
            .ToListAsync(cancellationToken);
        var shorts = await ShortsAsync(db, calls, cancellationToken);

        var old = new Old(entries, links);
        List<NewEntry> newEntries = [];
        List<NewWorklistCall> newLinks = [];
        foreach (var caller in calls.GroupBy(call => call.E164 > 0 ? (call.E164, Guid.Empty) : (0, call.Id)))
        {
            var dismissed = dismissals.Where(d => caller.Key.Item1 > 0 ? d.E164 == caller.Key.Item1 : d.CallId == caller.Key.Item2).ToList();
            foreach (var (entry, abandoned) in Make(plan, caller.Key.Item1, [.. caller], dismissed, shorts, old))
            {
                if (!old.Has(entry))
                {
                    newEntries.Add(new NewEntry(db.CurrentTenantId, entry));
                }

                foreach (var call in abandoned)
                {
                    if (old.TakeLink(call.Id) is { } link)
                    {
                        (link.EntryId, link.Group) = (entry.Id, call.Group);
                    }
                    else
                    {
                        newLinks.Add(new NewWorklistCall(db.CurrentTenantId, new WorklistCall { CallId = call.Id, EntryId = entry.Id, Group = call.Group }));
                    }
                }
            }
        }

        db.RemoveRange(old.LinksLeft);
        db.RemoveRange(old.EntriesLeft);
        await db.SaveChangesAsync(cancellationToken);
        await bulk.InsertAsync<NewEntry, NewEntryMap>(db, newEntries, cancellationToken);
        await bulk.InsertAsync<NewWorklistCall, NewWorklistCallMap>(db, newLinks, cancellationToken);
    }

    private static IQueryable<WorklistEntry> Entries(CallCenterDbContext db, List<long> e164s, List<Guid> single) =>
        db.Set<WorklistEntry>().Where(entry => (entry.E164 != 0 && EF.Parameter(e164s).Contains(entry.E164))
            || (entry.E164 == 0 && db.Set<WorklistCall>().Any(link => link.EntryId == entry.Id && EF.Parameter(single).Contains(link.CallId))));

    private static async Task<Dictionary<string, int>> ShortsAsync(CallCenterDbContext db, List<Fact> calls, CancellationToken cancellationToken)
    {
        var numbers = calls.Where(call => GivenUp.Contains(call.Outcome)).Select(call => call.Group).Distinct().ToList();
        var known = await db.Set<PbxGroup>().Where(group => EF.Parameter(numbers).Contains(group.Number))
            .Select(group => new { group.Number, group.ShortAbandonSeconds }).ToListAsync(cancellationToken);
        return numbers.ToDictionary(
            number => number,
            number => known.Where(group => group.Number == number).Select(group => group.ShortAbandonSeconds).DefaultIfEmpty(PbxGroup.DefaultShortAbandonSeconds).Min(),
            StringComparer.Ordinal);
    }

    /// <summary>The entries of one caller, those of before where they still stand for the same calls.</summary>
    private static IEnumerable<(WorklistEntry Entry, List<Fact> Abandoned)> Make(
        WorklistPlan plan, long e164, List<Fact> calls, List<WorklistDismissal> dismissals, Dictionary<string, int> shorts, Old old)
    {
        var facts = calls.ToDictionary(call => call.Id);
        var events = calls
            .Select(call => (call, Kind: WorklistRules.KindOf(call.Direction, call.Outcome, call.Group, plan.IncludesDirect)))
            .Where(pair => pair.Kind is not null)
            .Select(pair => new CallerEvent(pair.call.StartedAtUtc, pair.Kind!.Value, pair.call.Id))
            .Concat(dismissals.Select(d => new CallerEvent(d.UpToUtc, CallerEventKind.Dismissed, d.Id)));
        foreach (var episode in CallerEpisodes.Of(events))
        {
            var abandoned = episode.Abandoned.Select(e => facts[e.Id]).ToList();
            var entry = old.Take(abandoned.Select(call => call.Id)) ?? new WorklistEntry { E164 = e164 };
            Fill(entry, episode, abandoned, shorts);
            Settle(entry, episode, facts, dismissals);
            yield return (entry, abandoned);
        }
    }

    private static void Fill(WorklistEntry entry, CallerEpisode episode, List<Fact> abandoned, Dictionary<string, int> shorts)
    {
        entry.Number = abandoned[^1].FromNumber;
        (entry.FirstAtUtc, entry.LastAtUtc, entry.Calls) = (abandoned[0].StartedAtUtc, abandoned[^1].StartedAtUtc, abandoned.Count);
        entry.LongestWaitSeconds = abandoned.Max(call => call.WaitSeconds);
        entry.IsShort = abandoned.All(call => call.WaitSeconds < shorts[call.Group]);
        var groups = abandoned.Select(call => call.Group).Where(group => group.Length > 0).Distinct().ToList();
        while (string.Join(',', groups).Length > WorklistEntry.GroupsMaxLength)
        {
            groups.RemoveAt(groups.Count - 1);
        }

        entry.Groups = string.Join(',', groups);
        (entry.Tries, entry.LastTryAtUtc) = (episode.Tried.Count, episode.Tried.Count == 0 ? null : episode.Tried[^1].AtUtc);
    }

    private static void Settle(WorklistEntry entry, CallerEpisode episode, Dictionary<Guid, Fact> facts, List<WorklistDismissal> dismissals)
    {
        (entry.ClosedByCallId, entry.DismissalId) = (null, null);
        if (episode.End is not { } end)
        {
            (entry.State, entry.ClosedAtUtc, entry.ClosedBy) = (WorklistState.Open, null, "");
            return;
        }

        if (end.Kind == CallerEventKind.Dismissed)
        {
            var dismissal = dismissals.Single(d => d.Id == end.Id);
            (entry.State, entry.ClosedAtUtc, entry.ClosedBy, entry.DismissalId) = (WorklistState.Dismissed, dismissal.AtUtc, dismissal.ByName, dismissal.Id);
        }
        else
        {
            var call = facts[end.Id];
            entry.State = end.Kind == CallerEventKind.CalledBack ? WorklistState.CalledBack : WorklistState.CalledAgain;
            (entry.ClosedAtUtc, entry.ClosedByCallId) = (call.StartedAtUtc, call.Id);
            entry.ClosedBy = end.Kind == CallerEventKind.CalledBack ? call.FromNumber : call.AnsweredBy;
        }

        (entry.ClaimedById, entry.ClaimedByName, entry.ClaimedUntilUtc) = (null, "", null);
    }

    private sealed record Fact(
        Guid Id, DateTime StartedAtUtc, CallDirection Direction, CallOutcome Outcome, long E164, string FromNumber, string AnsweredBy,
        string Queue, string Via, string Ivr, int WaitSeconds)
    {
        public string Group => WorklistRules.GroupOf(Queue, Via, Ivr);
    }

    /// <summary>What was stored of the callers, to be used again where it still stands for the same calls.</summary>
    private sealed class Old(List<WorklistEntry> entries, List<WorklistCall> links)
    {
        private readonly HashSet<WorklistEntry> _stored = [.. entries];
        private readonly Dictionary<Guid, WorklistEntry> _entries = entries.ToDictionary(entry => entry.Id);
        private readonly Dictionary<Guid, Guid> _entryOf = links.ToDictionary(link => link.CallId, link => link.EntryId);
        private readonly Dictionary<Guid, WorklistCall> _links = links.ToDictionary(link => link.CallId);

        public IEnumerable<WorklistEntry> EntriesLeft => _entries.Values;

        public IEnumerable<WorklistCall> LinksLeft => _links.Values;

        public bool Has(WorklistEntry entry) => _stored.Contains(entry);

        public WorklistEntry? Take(IEnumerable<Guid> calls)
        {
            foreach (var call in calls)
            {
                if (_entryOf.TryGetValue(call, out var id) && _entries.Remove(id, out var entry))
                {
                    return entry;
                }
            }

            return null;
        }

        public WorklistCall? TakeLink(Guid call) => _links.Remove(call, out var link) ? link : null;
    }
}

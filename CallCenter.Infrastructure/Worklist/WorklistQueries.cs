using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Groups;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Worklist;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Worklist;

/// <summary>What the worklist page reads.</summary>
internal sealed class WorklistQueries(
    IDbContextFactory<CallCenterDbContext> contexts, WorklistReach reach, ICallReaches reaches, ICaller caller, TimeProvider time)
{
    private const int MaxBadge = 99;

    public async Task<Result<WorklistPage>> ListAsync(WorklistFilter filter, string? cursor, int count, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Calls.Worklist))
        {
            return AccessErrors.Denied;
        }

        count = Math.Clamp(count, 1, 200);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var seen = Part(await reach.EntriesAsync(db, cancellationToken), filter.Part);
        var groups = await db.Set<WorklistCall>().Where(link => link.Group != "" && seen.Any(entry => entry.Id == link.EntryId))
            .Select(link => link.Group).Distinct().OrderBy(group => group).ToListAsync(cancellationToken);
        var matching = Narrow(db, seen, filter);
        var key = Parse(cursor);
        var entries = await Ordered(matching, filter.Part, key).Take(count + 1).AsNoTracking().ToListAsync(cancellationToken);
        var more = entries.Count > count;
        if (more)
        {
            entries.RemoveAt(count);
        }

        var total = await matching.Select(entry => entry.Id).Take(KeysetPage<WorklistRow>.DefaultTotalCap).CountAsync(cancellationToken);
        var names = (await db.Set<PbxGroup>().Where(group => EF.Parameter(groups).Contains(group.Number)).Select(group => new { group.Number, group.Name })
            .ToListAsync(cancellationToken)).ToLookup(group => group.Number, group => group.Name);
        return new WorklistPage(
            new KeysetPage<WorklistRow>(
                await RowsAsync(db, entries, cancellationToken),
                null,
                more ? Write(entries[^1], filter.Part) : null,
                total,
                KeysetPage<WorklistRow>.DefaultTotalCap),
            [.. groups.Select(group => (group, names[group].FirstOrDefault(name => name.Length > 0) ?? ""))]);
    }

    public async Task<Result<int>> CountOpenAsync(CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Calls.Worklist))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Part(await reach.EntriesAsync(db, cancellationToken), WorklistPart.Open).Select(entry => entry.Id).Take(MaxBadge).CountAsync(cancellationToken);
    }

    private static IQueryable<WorklistEntry> Part(IQueryable<WorklistEntry> entries, WorklistPart part) => part switch
    {
        WorklistPart.Open => entries.Where(entry => entry.State == WorklistState.Open && entry.Number != "" && !entry.IsShort),
        WorklistPart.Brief => entries.Where(entry => entry.State == WorklistState.Open && entry.Number != "" && entry.IsShort),
        WorklistPart.Withheld => entries.Where(entry => entry.State == WorklistState.Open && entry.Number == ""),
        _ => entries.Where(entry => entry.State != WorklistState.Open),
    };

    private IQueryable<WorklistEntry> Narrow(CallCenterDbContext db, IQueryable<WorklistEntry> entries, WorklistFilter filter)
    {
        if (filter.Group is { Length: > 0 } group)
        {
            entries = entries.Where(entry => db.Set<WorklistCall>().Any(link => link.EntryId == entry.Id && link.Group == group));
        }

        if (filter.WithinHours is { } hours)
        {
            var since = time.GetUtcNow().UtcDateTime.AddHours(-hours);
            entries = entries.Where(entry => entry.LastAtUtc >= since);
        }

        return entries;
    }

    private static IQueryable<WorklistEntry> Ordered(IQueryable<WorklistEntry> entries, WorklistPart part, (DateTime At, Guid Id)? key)
    {
        if (part == WorklistPart.Settled)
        {
            var closed = entries.OrderByDescending(entry => entry.ClosedAtUtc).ThenByDescending(entry => entry.Id);
            return key is not { } last ? closed : closed.Where(entry => entry.ClosedAtUtc < last.At || (entry.ClosedAtUtc == last.At && entry.Id < last.Id));
        }

        var open = entries.OrderBy(entry => entry.FirstAtUtc).ThenBy(entry => entry.Id);
        return key is not { } first ? open : open.Where(entry => entry.FirstAtUtc > first.At || (entry.FirstAtUtc == first.At && entry.Id > first.Id));
    }

    private static (DateTime At, Guid Id)? Parse(string? cursor) =>
        cursor?.Split('_') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at <= DateTime.MaxValue.Ticks && Guid.TryParseExact(id, "N", out var key)
            ? (new DateTime(at, DateTimeKind.Utc), key)
            : null;

    private static string Write(WorklistEntry entry, WorklistPart part) =>
        $"{(part == WorklistPart.Settled ? entry.ClosedAtUtc ?? entry.FirstAtUtc : entry.FirstAtUtc).Ticks.ToString(CultureInfo.InvariantCulture)}_{entry.Id:N}";

    private async Task<List<WorklistRow>> RowsAsync(CallCenterDbContext db, List<WorklistEntry> entries, CancellationToken cancellationToken)
    {
        var ids = entries.ConvertAll(entry => entry.Id);
        var visible = db.Set<Call>().Within(db, await reaches.ReadAsync(cancellationToken));
        var calls = (await (
            from link in db.Set<WorklistCall>()
            join call in visible on link.CallId equals call.Id
            where EF.Parameter(ids).Contains(link.EntryId)
            orderby call.StartedAtUtc, call.Id
            select new { link.EntryId, link.CallId }).ToListAsync(cancellationToken)).ToLookup(link => link.EntryId, link => link.CallId);
        var dismissals = await db.Set<WorklistDismissal>().AsNoTracking()
            .Where(d => db.Set<WorklistEntry>().Any(entry => entry.DismissalId == d.Id && EF.Parameter(ids).Contains(entry.Id)))
            .ToDictionaryAsync(d => d.Id, cancellationToken);
        var numbers = entries.ConvertAll(entry => entry.E164);
        var clients = !caller.May(Permissions.Clients.View)
            ? Enumerable.Empty<(long, ClientName)>().ToLookup(pair => pair.Item1, pair => pair.Item2)
            : (await (
                from number in db.Set<ClientNumber>()
                join client in db.Set<Client>() on number.ClientId equals client.Id
                where EF.Parameter(numbers).Contains(number.E164)
                orderby client.SortText, client.Id
                select new { number.E164, Name = new ClientName(client.Id, client.Name, client.Company) }).ToListAsync(cancellationToken))
                .ToLookup(row => row.E164, row => row.Name);
        var now = time.GetUtcNow().UtcDateTime;
        return entries.ConvertAll(entry =>
        {
            var claimed = entry.ClaimedUntilUtc > now;
            var dismissal = entry.DismissalId is { } id ? dismissals.GetValueOrDefault(id) : null;
            return new WorklistRow(
                entry.Id, entry.Number, entry.FirstAtUtc, entry.LastAtUtc, entry.Calls, entry.LongestWaitSeconds,
                entry.Groups.Length == 0 ? [] : entry.Groups.Split(','), entry.State)
            {
                E164 = entry.E164,
                ClosedAtUtc = entry.ClosedAtUtc,
                ClosedByCallId = entry.ClosedByCallId,
                ClosedBy = entry.ClosedBy,
                Reason = dismissal?.Reason,
                Note = dismissal?.Note ?? "",
                Tries = entry.Tries,
                LastTryAtUtc = entry.LastTryAtUtc,
                ClaimedBy = claimed ? entry.ClaimedByName : "",
                ClaimedUntilUtc = claimed ? entry.ClaimedUntilUtc : null,
                ClaimIsMine = claimed && entry.ClaimedById == caller.UserId,
                CallIds = [.. calls[entry.Id]],
                Clients = [.. clients[entry.E164]],
            };
        });
    }
}

using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Extensions;
using CallCenter.Core.Phones;
using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Clients;
using CallCenter.Infrastructure.Extensions;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Softphone;

/// <summary>Whom to call; who calls and what is kept at hand are of their own classes.</summary>
internal sealed class PhoneDirectory(
    IDbContextFactory<CallCenterDbContext> contexts, PhoneIdentities identities, PhoneFavourites favourites, TenantNotices notices, ITenantContext tenant,
    ICaller caller) : IPhoneDirectory
{
    private const int OfEach = 20;
    private const int RecentKept = 60;

    // Fewer digits are part of a name or extension more often than the end of a number.
    private const int ShortestTail = 3;

    public async Task<Result<IReadOnlyList<PhoneHit>>> SearchAsync(string text, CancellationToken cancellationToken = default)
    {
        if (Caller() is not { } userId)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var recent = await RecentAsync(db, userId, cancellationToken);
        if (string.IsNullOrWhiteSpace(text))
        {
            return recent.Take(IPhoneDirectory.MaxHits).ToList();
        }

        var asked = new PhoneAsked(text, tenant.Tenant.CountryCode);
        var hits = new List<PhoneHit>();
        hits.AddRange(await ExtensionsAsync(db, asked, cancellationToken));
        hits.AddRange(await ClientsAsync(db, asked, cancellationToken));
        hits.AddRange(recent.Where(asked.Fits));
        var spoken = recent.ToLookup(hit => Key(hit), hit => hit.LastCallUtc);
        return hits.OrderBy(asked.Rank)
            .ThenByDescending(hit => spoken[Key(hit)].Max() ?? DateTime.MinValue)
            .ThenBy(hit => hit.Number.Length).ThenBy(hit => hit.Name, StringComparer.Ordinal).ThenBy(hit => hit.Number, StringComparer.Ordinal)
            .DistinctBy(Key)
            .Select(hit => hit with { LastCallUtc = spoken[Key(hit)].Max() })
            .Take(IPhoneDirectory.MaxHits)
            .ToList();
    }

    public async Task<Result<IReadOnlyList<PhoneHit>>> ListColleaguesAsync(CancellationToken cancellationToken = default)
    {
        if (Caller() is not { } userId)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var others = ExtensionSearch.Joined(db).Where(j => j.Extension.State != ExtensionState.Deleting && j.Extension.UserId != userId)
            .OrderBy(j => j.Presence != null && j.Presence.Status == LineStatus.Idle ? 0 : j.Presence != null && j.Presence.Status > LineStatus.Idle ? 1 : 2)
            .ThenBy(j => j.Extension.Number.Length).ThenBy(j => j.Extension.Number);
        return await HitsAsync(others, IPhoneDirectory.MaxHits, cancellationToken);
    }

    public IDisposable Subscribe(Func<Task> changed) => notices.Subscribe(NoticeTopic.Extensions, tenant.TenantId, changed);

    public Task<Result<PhoneIdentity>> WhoIsAsync(string number, CancellationToken cancellationToken = default) => identities.FindAsync(number, cancellationToken);

    public Task<Result<IReadOnlyList<PhoneFavouriteRow>>> ListFavouritesAsync(CancellationToken cancellationToken = default) => favourites.ListAsync(cancellationToken);

    public Task<Result<Guid>> AddFavouriteAsync(string number, string name, CancellationToken cancellationToken = default) =>
        favourites.AddAsync(number, name, cancellationToken);

    public Task<Result> RemoveFavouriteAsync(Guid id, CancellationToken cancellationToken = default) => favourites.RemoveAsync(id, cancellationToken);

    public Task<Result> OrderFavouritesAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken = default) => favourites.OrderAsync(ids, cancellationToken);

    private static string Key(PhoneHit hit) => hit.E164 > 0 ? PhoneNumbers.Text(hit.E164) : hit.Number;

    private static async Task<List<PhoneHit>> RecentAsync(CallCenterDbContext db, Guid userId, CancellationToken cancellationToken)
    {
        var calls = await db.Set<PhoneCall>().AsNoTracking().Where(c => c.UserId == userId && c.Number != "")
            .OrderByDescending(c => c.StartedAtUtc).Take(RecentKept).ToListAsync(cancellationToken);
        return [.. calls.Select(c => new PhoneHit(PhoneHitKind.Recent, c.Number, c.E164, c.Name, "", null, null, c.StartedAtUtc)).DistinctBy(Key)];
    }

    private static async Task<List<PhoneHit>> ExtensionsAsync(CallCenterDbContext db, PhoneAsked asked, CancellationToken cancellationToken)
    {
        var query = new ExtensionQuery { Search = asked.Text };
        var found = ExtensionSearch.Filter(ExtensionSearch.Joined(db), query).Where(j => j.Extension.State != ExtensionState.Deleting)
            .OrderBy(j => j.Extension.Number.Length).ThenBy(j => j.Extension.Number);
        return await HitsAsync(found, OfEach, cancellationToken);
    }

    private static Task<List<PhoneHit>> HitsAsync(IQueryable<ExtensionJoin> extensions, int count, CancellationToken cancellationToken) =>
        extensions.Take(count)
            .Select(j => new PhoneHit(
                PhoneHitKind.Extension, j.Extension.Number, 0, j.Extension.Wanted.Name, j.UserName ?? "",
                j.Presence == null ? LineStatus.Unknown : j.Presence.Status, null, null))
            .ToListAsync(cancellationToken);

    private async Task<List<PhoneHit>> ClientsAsync(CallCenterDbContext db, PhoneAsked asked, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Clients.View))
        {
            return [];
        }

        var numbers = db.Set<ClientNumber>().AsNoTracking();
        if (asked.Digits.Length >= ShortestTail && !asked.HasLetters)
        {
            var whole = asked.E164;
            var (first, last) = NumberTail.EndingWith(asked.Digits) ?? (0, 0);
            numbers = asked.Digits.Length > NumberTail.Length && whole != 0
                ? numbers.Where(number => number.E164 == whole)
                : numbers.Where(number => (number.Tail >= first && number.Tail <= last) || (whole != 0 && number.E164 == whole));
        }
        else
        {
            var clients = ClientSearch.WithWords(db.Set<Client>(), asked.Text).Select(client => client.Id);
            numbers = numbers.Where(number => clients.Contains(number.ClientId));
        }

        var found = await (
            from number in numbers
            join client in db.Set<Client>() on number.ClientId equals client.Id
            orderby client.SortText, client.Id, number.Position
            select new { number.E164, number.Label, client.Id, client.Name, client.Company }).Take(OfEach).ToListAsync(cancellationToken);
        return found.ConvertAll(hit => new PhoneHit(
            PhoneHitKind.Client, PhoneNumbers.Text(hit.E164), hit.E164, hit.Name.Length > 0 ? hit.Name : hit.Company,
            hit.Label.Length > 0 ? hit.Label : hit.Name.Length > 0 ? hit.Company : "", null, hit.Id, null));
    }

    private Guid? Caller() => caller.May(Permissions.Extensions.Own) ? caller.UserId : null;
}

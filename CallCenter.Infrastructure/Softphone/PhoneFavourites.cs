using CallCenter.Core.Clients;
using CallCenter.Core.Extensions;
using CallCenter.Core.Phones;
using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Extensions;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Softphone;

/// <summary>Numbers that the caller keeps at hand.</summary>
internal sealed class PhoneFavourites(IDbContextFactory<CallCenterDbContext> contexts, ITenantContext tenant, ICaller caller)
{
    private string Country => tenant.Tenant.CountryCode;

    public async Task<Result<IReadOnlyList<PhoneFavouriteRow>>> ListAsync(CancellationToken cancellationToken)
    {
        if (Caller() is not { } userId)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var favourites = await db.Set<PhoneFavourite>().AsNoTracking().Where(f => f.UserId == userId)
            .OrderBy(f => f.Position).ThenBy(f => f.Id).ToListAsync(cancellationToken);
        var numbers = favourites.ConvertAll(f => f.Number);
        var lines = (await ExtensionSearch.Joined(db).Where(j => EF.Parameter(numbers).Contains(j.Extension.Number))
            .Select(j => new { j.Extension.Number, j.Extension.Wanted.Name, Status = j.Presence == null ? LineStatus.Unknown : j.Presence.Status })
            .ToListAsync(cancellationToken)).ToLookup(line => line.Number);
        var e164 = favourites.ConvertAll(f => PhoneNumbers.ToE164(f.Number, Country)).Where(n => n > 0).ToList();
        var names = e164.Count > 0 && caller.May(Permissions.Clients.View)
            ? (await (from owned in db.Set<ClientNumber>()
                      join client in db.Set<Client>() on owned.ClientId equals client.Id
                      where EF.Parameter(e164).Contains(owned.E164)
                      orderby client.SortText
                      select new { owned.E164, Name = client.Name != "" ? client.Name : client.Company }).ToListAsync(cancellationToken))
                .GroupBy(owner => owner.E164).ToDictionary(group => group.Key, group => group.First().Name)
            : [];
        return favourites.ConvertAll(f =>
        {
            var line = lines[f.Number].FirstOrDefault();
            var known = line?.Name ?? names.GetValueOrDefault(PhoneNumbers.ToE164(f.Number, Country), "");
            return new PhoneFavouriteRow(f.Id, f.Number, f.Name.Length > 0 ? f.Name : known, line?.Status);
        });
    }

    public async Task<Result<Guid>> AddAsync(string number, string name, CancellationToken cancellationToken)
    {
        if (Caller() is not { } userId)
        {
            return AccessErrors.Denied;
        }

        var reading = PhoneNumbers.Read(number, Country);
        if (reading.Kind is PhoneKind.Withheld or PhoneKind.Unknown || reading.Value.Length > PhoneCall.NumberMaxLength)
        {
            return PhoneErrors.NumberInvalid;
        }

        name = name.Trim();
        name = name.Length > PhoneCall.NameMaxLength ? name[..PhoneCall.NameMaxLength] : name;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var all = await db.Set<PhoneFavourite>().Where(f => f.UserId == userId).ToListAsync(cancellationToken);
        var favourite = all.Find(f => f.Number == reading.Value);
        if (favourite is null && all.Count >= PhoneFavourite.MaxCount)
        {
            return PhoneErrors.TooManyFavourites;
        }

        if (favourite is null)
        {
            favourite = new PhoneFavourite { UserId = userId, Number = reading.Value, Name = name, Position = all.Select(f => f.Position + 1).DefaultIfEmpty().Max() };
            db.Add(favourite);
        }

        favourite.Name = name;
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (db.Entry(favourite).State == EntityState.Added)
        {
            // Pressed twice: the other one is the same. Anything else fails on the reading.
            await using var again = await contexts.CreateDbContextAsync(cancellationToken);
            return await again.Set<PhoneFavourite>().Where(f => f.UserId == userId && f.Number == reading.Value).Select(f => f.Id).SingleAsync(cancellationToken);
        }

        return favourite.Id;
    }

    public Task<Result> RemoveAsync(Guid id, CancellationToken cancellationToken) =>
        ChangeAsync((db, all) => db.RemoveRange(all.Where(f => f.Id == id)), cancellationToken);

    public Task<Result> OrderAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken) => ChangeAsync((_, all) =>
    {
        var places = ids.Distinct().Index().ToDictionary(place => place.Item, place => place.Index);
        foreach (var (index, favourite) in all.OrderBy(f => places.GetValueOrDefault(f.Id, int.MaxValue)).ThenBy(f => f.Position).Index())
        {
            favourite.Position = index;
        }
    }, cancellationToken);

    private async Task<Result> ChangeAsync(Action<CallCenterDbContext, List<PhoneFavourite>> change, CancellationToken cancellationToken)
    {
        if (Caller() is not { } userId)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        change(db, await db.Set<PhoneFavourite>().Where(f => f.UserId == userId).ToListAsync(cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }

    private Guid? Caller() => caller.May(Permissions.Extensions.Own) ? caller.UserId : null;
}

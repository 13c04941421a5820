using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Extensions;
using CallCenter.Core.Phones;
using CallCenter.Core.Primitives;
using CallCenter.Core.Softphone;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Core.Worklist;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Calls.Reading;
using CallCenter.Infrastructure.Clients;
using CallCenter.Infrastructure.Extensions;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Softphone;

internal sealed class PhoneDirectory(
    IDbContextFactory<CallCenterDbContext> contexts, ICallReaches reaches, ITenantContext tenant, ICaller caller) : IPhoneDirectory
{
    private const int OfEach = 20;
    private const int RecentKept = 60;
    private const int Shown = 5;

    // Fewer digits are part of a name or extension more often than the end of a number.
    private const int ShortestTail = 3;

    private string Country => tenant.Tenant.CountryCode;

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

        var asked = new Asked(text, Country);
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

    public async Task<Result<PhoneIdentity>> WhoIsAsync(string number, CancellationToken cancellationToken = default)
    {
        if (Caller() is null)
        {
            return AccessErrors.Denied;
        }

        var reading = PhoneNumbers.Read(number, Country);
        var reach = await reaches.ReadAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var extension = reading.E164 == 0 && reading.Value.Length > 0
            ? await ExtensionSearch.Joined(db).Where(j => j.Extension.Number == reading.Value)
                .Select(j => new PhoneExtension(j.Extension.Number, j.Extension.Wanted.Name, j.Presence == null ? LineStatus.Unknown : j.Presence.Status))
                .FirstOrDefaultAsync(cancellationToken)
            : null;
        var clients = reading.E164 > 0 && caller.May(Permissions.Clients.View) ? await OwnersAsync(db, reading.E164, cancellationToken) : [];
        var calls = await CallsAsync(db, reach, reading, extension, cancellationToken);
        var ids = calls.ConvertAll(call => call.Id);
        var notes = await db.Set<CallNote>().AsNoTracking().Where(note => EF.Parameter(ids).Contains(note.CallId))
            .OrderByDescending(note => note.CreatedAtUtc).Take(Shown)
            .Select(note => new PhoneNote(note.CallId, note.Text, note.AuthorName, note.CreatedAtUtc)).ToListAsync(cancellationToken);
        var openSince = reading.E164 > 0 && caller.May(Permissions.Calls.Worklist)
            ? await db.Set<WorklistEntry>().Where(entry => entry.E164 == reading.E164 && entry.State == WorklistState.Open)
                .OrderBy(entry => entry.FirstAtUtc).Select(entry => (DateTime?)entry.FirstAtUtc).FirstOrDefaultAsync(cancellationToken)
            : null;
        return new PhoneIdentity(number, reading.E164, extension, clients, calls, notes, openSince);
    }

    public async Task<Result<IReadOnlyList<PhoneFavouriteRow>>> ListFavouritesAsync(CancellationToken cancellationToken = default)
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

    public async Task<Result<Guid>> AddFavouriteAsync(string number, string name, CancellationToken cancellationToken = default)
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

    public Task<Result> RemoveFavouriteAsync(Guid id, CancellationToken cancellationToken = default) =>
        ChangeAsync((db, all) => db.RemoveRange(all.Where(f => f.Id == id)), cancellationToken);

    public Task<Result> OrderFavouritesAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken = default) => ChangeAsync((_, all) =>
    {
        var places = ids.Distinct().Index().ToDictionary(place => place.Item, place => place.Index);
        foreach (var (index, favourite) in all.OrderBy(f => places.GetValueOrDefault(f.Id, int.MaxValue)).ThenBy(f => f.Position).Index())
        {
            favourite.Position = index;
        }
    }, cancellationToken);

    private static string Key(PhoneHit hit) => hit.E164 > 0 ? PhoneNumbers.Text(hit.E164) : hit.Number;

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

    private static async Task<List<PhoneHit>> RecentAsync(CallCenterDbContext db, Guid userId, CancellationToken cancellationToken)
    {
        var calls = await db.Set<PhoneCall>().AsNoTracking().Where(c => c.UserId == userId && c.Number != "")
            .OrderByDescending(c => c.StartedAtUtc).Take(RecentKept).ToListAsync(cancellationToken);
        return [.. calls.Select(c => new PhoneHit(PhoneHitKind.Recent, c.Number, c.E164, c.Name, "", null, null, c.StartedAtUtc)).DistinctBy(Key)];
    }

    private static async Task<List<PhoneHit>> ExtensionsAsync(CallCenterDbContext db, Asked asked, CancellationToken cancellationToken)
    {
        var query = new ExtensionQuery { Search = asked.Text };
        return await ExtensionSearch.Filter(ExtensionSearch.Joined(db), query)
            .Where(j => j.Extension.State != ExtensionState.Deleting)
            .OrderBy(j => j.Extension.Number.Length).ThenBy(j => j.Extension.Number).Take(OfEach)
            .Select(j => new PhoneHit(
                PhoneHitKind.Extension, j.Extension.Number, 0, j.Extension.Wanted.Name, j.UserName ?? "",
                j.Presence == null ? LineStatus.Unknown : j.Presence.Status, null, null))
            .ToListAsync(cancellationToken);
    }

    private async Task<List<PhoneHit>> ClientsAsync(CallCenterDbContext db, Asked asked, CancellationToken cancellationToken)
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

    private static async Task<IReadOnlyList<PhoneClient>> OwnersAsync(CallCenterDbContext db, long e164, CancellationToken cancellationToken)
    {
        var clients = await db.Set<Client>().AsNoTracking().Where(client => client.Numbers.Any(number => number.E164 == e164))
            .OrderBy(client => client.SortText).ThenBy(client => client.Id).Take(Shown)
            .Select(client => new { client.Id, client.Name, client.Company, client.Note, Tags = client.Tags.OrderBy(tag => tag.Key).Select(tag => tag.Text).ToList() })
            .ToListAsync(cancellationToken);
        return clients.ConvertAll(client => new PhoneClient(
            client.Id, client.Name.Length > 0 ? client.Name : client.Company, client.Name.Length > 0 ? client.Company : "", client.Note, client.Tags));
    }

    private async Task<List<CallRow>> CallsAsync(
        CallCenterDbContext db, CallReach reach, PhoneReading reading, PhoneExtension? extension, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Calls.View))
        {
            return [];
        }

        var calls = db.Set<Call>().AsNoTracking().Within(db, reach);
        if (reading.E164 > 0)
        {
            calls = calls.Where(call => call.OutsideE164 == reading.E164);
        }
        else if (extension is { Number: var number })
        {
            calls = calls.Where(call => db.Set<CallParticipant>().Any(part => part.CallId == call.Id && part.Extension == number));
        }
        else
        {
            return [];
        }

        var rows = await calls.OrderByDescending(call => call.StartedAtUtc).ThenByDescending(call => call.Id).Take(Shown)
            .Select(CallProjections.Row).ToListAsync(cancellationToken);
        return await CallRowClients.AddAsync(db, caller, rows, cancellationToken);
    }

    private Guid? Caller() => caller.May(Permissions.Extensions.Own) ? caller.UserId : null;

    /// <summary>What was typed, and how well something fits it: the number itself, its beginning, the beginning of a name, anything else.</summary>
    private sealed class Asked
    {
        private readonly string _folded;

        public Asked(string text, string country)
        {
            Text = text.Trim().Length > 80 ? text.Trim()[..80] : text.Trim();
            _folded = SearchText.Fold(Text);
            (Digits, _) = PhoneNumbers.Typed(Text);
            HasLetters = Text.Any(char.IsLetter);
            E164 = HasLetters ? 0 : PhoneNumbers.ToE164(Text, country);
        }

        public string Text { get; }

        public string Digits { get; }

        public bool HasLetters { get; }

        public long E164 { get; }

        public bool Fits(PhoneHit hit) =>
            (Digits.Length > 0 && !HasLetters && (AsciiOf(hit.Number).Contains(Digits, StringComparison.Ordinal) || (E164 > 0 && hit.E164 == E164)))
            || (HasLetters && SearchText.Words(Text).All(word => SearchText.Fold(hit.Name).Contains(word, StringComparison.Ordinal)));

        public int Rank(PhoneHit hit) =>
            !HasLetters && Digits.Length > 0 && (hit.Number == Digits || (E164 > 0 && hit.E164 == E164)) ? 0
            : !HasLetters && Digits.Length > 0 && hit.Kind == PhoneHitKind.Extension && hit.Number.StartsWith(Digits, StringComparison.Ordinal) ? 1
            : SearchText.Fold(hit.Name).StartsWith(_folded, StringComparison.Ordinal) ? 2
            : hit.Kind == PhoneHitKind.Recent ? 4 : 3;

        private static string AsciiOf(string number) => PhoneNumbers.Typed(number).Digits;
    }
}

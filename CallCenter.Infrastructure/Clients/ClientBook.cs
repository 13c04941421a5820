using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Phones;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Clients;

internal sealed class ClientBook(
    IDbContextFactory<CallCenterDbContext> contexts, ClientMatching matching, ICallReaches reaches, IAuditTrail audit, ICaller caller, ITenantContext tenant, TimeProvider time) : IClients
{
    // What one change matches before its answer; more is the job's.
    private const int StepsWithChange = 2;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<Result<KeysetPage<ClientRow>>> SearchAsync(
        ClientFilter filter, string? cursor = null, int count = 50, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Clients.View))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await ClientSearch.PageAsync(db, await reaches.ReadAsync(cancellationToken), filter, cursor, Math.Clamp(count, 1, 200), cancellationToken);
    }

    public async Task<Result<ClientDetail>> FindAsync(Guid id, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Clients.View))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await LoadAsync(db.Set<Client>().AsNoTracking(), id, cancellationToken) is not { } client)
        {
            return ClientErrors.NotFound;
        }

        var numbers = client.Numbers.ConvertAll(number => number.E164);
        var others = await (
            from number in db.Set<ClientNumber>()
            join other in db.Set<Client>() on number.ClientId equals other.Id
            where EF.Parameter(numbers).Contains(number.E164) && number.ClientId != id
            orderby other.SortText, other.Id
            select new { number.E164, Name = new ClientName(other.Id, other.Name, other.Company) }).ToListAsync(cancellationToken);
        return new ClientDetail(
            client.Id,
            ClientDraft.FormOf(client),
            [.. client.Numbers.OrderBy(number => number.Position)
                .Select(number => new ClientNumberRow(number.E164, number.Label, [.. others.Where(other => other.E164 == number.E164).Select(other => other.Name)]))],
            [.. client.Tags.Select(tag => tag.Text).Order(StringComparer.CurrentCulture)],
            client.CreatedAtUtc,
            client.ChangedAtUtc,
            client.Version);
    }

    public async Task<Result<IReadOnlyList<string>>> ListTagsAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Clients.View))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var tags = await db.Set<ClientTag>().GroupBy(tag => tag.Key)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Take(200)
            .Select(group => group.Max(tag => tag.Text)!).ToListAsync(cancellationToken);
        return tags;
    }

    public async Task<Result<Guid>> CreateAsync(ClientForm form, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Clients.Edit))
        {
            return AccessErrors.Denied;
        }

        if (ClientDraft.Check(form, tenant.Tenant.CountryCode, out var draft) is [var error, ..])
        {
            return error;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var client = Add(db, draft, Guid.CreateVersion7(time.GetUtcNow()), Now);
        audit.Append(db, NoteOf(ClientAuditActions.Created, client) with { After = ValuesOf(client) });
        await SaveAsync(db, cancellationToken);
        return client.Id;
    }

    public async Task<Result> ChangeAsync(Guid id, ClientForm form, int version, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Clients.Edit))
        {
            return AccessErrors.Denied;
        }

        if (ClientDraft.Check(form, tenant.Tenant.CountryCode, out var draft) is [var error, ..])
        {
            return error;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await LoadAsync(db.Set<Client>(), id, cancellationToken) is not { } client)
        {
            return ClientErrors.NotFound;
        }

        if (client.Version != version)
        {
            return ClientErrors.Changed;
        }

        var before = ValuesOf(client);
        Apply(db, draft, client);
        audit.Append(db, NoteOf(ClientAuditActions.Changed, client) with { Before = before, After = ValuesOf(client) });
        return await TrySaveAsync(db, cancellationToken);
    }

    public async Task<Result<DeletedClient>> DeleteAsync(Guid id, int version, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Clients.Edit))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await LoadAsync(db.Set<Client>(), id, cancellationToken) is not { } client)
        {
            return ClientErrors.NotFound;
        }

        if (client.Version != version)
        {
            return ClientErrors.Changed;
        }

        var deleted = new DeletedClient(client.Id, ClientDraft.FormOf(client), client.CreatedAtUtc);
        MatchAnew(db, client.Numbers.Select(number => number.E164));
        audit.Append(db, NoteOf(ClientAuditActions.Deleted, client) with { Before = ValuesOf(client) });
        db.Remove(client);
        var saved = await TrySaveAsync(db, cancellationToken);
        return saved.Error is { } error ? error : deleted;
    }

    public async Task<Result> RestoreAsync(DeletedClient deleted, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Clients.Edit))
        {
            return AccessErrors.Denied;
        }

        if (ClientDraft.Check(deleted.Form, tenant.Tenant.CountryCode, out var draft) is [var error, ..])
        {
            return error;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Client>().AnyAsync(client => client.Id == deleted.Id, cancellationToken))
        {
            return Result.Success;
        }

        var client = Add(db, draft, deleted.Id, deleted.CreatedAtUtc);
        audit.Append(db, NoteOf(ClientAuditActions.Restored, client) with { After = ValuesOf(client) });
        await SaveAsync(db, cancellationToken);
        return Result.Success;
    }

    public async Task<Result> MergeAsync(Guid keptId, Guid goneId, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Clients.Edit))
        {
            return AccessErrors.Denied;
        }

        if (keptId == goneId)
        {
            return ClientErrors.MergeWithItself;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await LoadAsync(db.Set<Client>(), keptId, cancellationToken) is not { } kept || await LoadAsync(db.Set<Client>(), goneId, cancellationToken) is not { } gone)
        {
            return ClientErrors.NotFound;
        }

        if (ClientDraft.Check(Merged(kept, gone), tenant.Tenant.CountryCode, out var draft) is [var error, ..])
        {
            return error.Code == ClientErrors.TooManyNumbers.Code ? ClientErrors.MergeTooLarge : error with { Field = null };
        }

        var before = ValuesOf(kept);
        MatchAnew(db, gone.Numbers.Select(number => number.E164));
        Apply(db, draft, kept);
        db.Remove(gone);
        audit.Append(db, NoteOf(ClientAuditActions.Merged, kept) with { Before = before, After = ValuesOf(kept) });
        audit.Append(db, NoteOf(ClientAuditActions.Deleted, gone) with { Before = ValuesOf(gone) });
        return await TrySaveAsync(db, cancellationToken);
    }

    /// <summary>What a client is in the audit log; not the note, which may hold anything.</summary>
    internal static AuditValues ValuesOf(Client client) => new()
    {
        ["name"] = client.Name,
        ["company"] = client.Company,
        ["numbers"] = string.Join(", ", client.Numbers.OrderBy(number => number.Position).Select(number => PhoneNumbers.Text(number.E164))),
        ["tags"] = string.Join(", ", client.Tags.Select(tag => tag.Text).Order(StringComparer.Ordinal)),
    };

    /// <summary>Adds the numbers whose calls must be matched again, to be saved with the change.</summary>
    internal static void MatchAnew(CallCenterDbContext db, IEnumerable<long> numbers) =>
        db.AddRange(numbers.Distinct().Select(number => new ClientNumberChange { E164 = number }));

    private static ClientForm Merged(Client kept, Client gone)
    {
        var (first, second) = (ClientDraft.FormOf(kept), ClientDraft.FormOf(gone));
        var known = kept.Numbers.Select(number => number.E164).ToHashSet();
        var note = string.Join("\n", new[] { first.Note, second.Note }.Where(note => note.Length > 0).Distinct());
        return new ClientForm
        {
            Name = first.Name.Length > 0 ? first.Name : second.Name,
            Company = first.Company.Length > 0 ? first.Company : second.Company,
            Note = note.Length > Client.NoteMaxLength ? note[..Client.NoteMaxLength] : note,
            Numbers = [.. first.Numbers, .. gone.Numbers.OrderBy(number => number.Position).Where(number => !known.Contains(number.E164))
                .Select(number => new ClientNumberForm { Number = PhoneNumbers.Text(number.E164), Label = number.Label })],
            Tags = $"{first.Tags},{second.Tags}",
        };
    }

    private static AuditNote NoteOf(string action, Client client) => new(action, AuditSubjects.Client, client.Id.ToString(), client.DisplayName);

    private static Task<Client?> LoadAsync(IQueryable<Client> clients, Guid id, CancellationToken cancellationToken) =>
        clients.Include(client => client.Numbers).Include(client => client.Tags).AsSplitQuery().SingleOrDefaultAsync(client => client.Id == id, cancellationToken);

    private Client Add(CallCenterDbContext db, ClientDraft draft, Guid id, DateTime createdAtUtc)
    {
        var client = new Client { Id = id, Name = "", Company = "", Note = "", SearchText = "", SortText = "", CreatedAtUtc = createdAtUtc, ChangedAtUtc = Now };
        MatchAnew(db, draft.ApplyTo(client));
        db.Add(client);
        return client;
    }

    private void Apply(CallCenterDbContext db, ClientDraft draft, Client client)
    {
        MatchAnew(db, draft.ApplyTo(client));
        client.ChangedAtUtc = Now;

        // Also when only numbers or tags changed: the version must count it.
        db.Entry(client).Property(c => c.ChangedAtUtc).IsModified = true;
    }

    private async Task<Result> TrySaveAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await SaveAsync(db, cancellationToken);
            return Result.Success;
        }
        catch (DbUpdateConcurrencyException)
        {
            return ClientErrors.Changed;
        }
    }

    private async Task SaveAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        await db.SaveChangesAsync(cancellationToken);
        await matching.RunAsync(StepsWithChange, cancellationToken);
    }
}

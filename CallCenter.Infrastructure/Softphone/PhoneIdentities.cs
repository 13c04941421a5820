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

/// <summary>Who has a number, and what was before with it.</summary>
internal sealed class PhoneIdentities(IDbContextFactory<CallCenterDbContext> contexts, ICallReaches reaches, ITenantContext tenant, ICaller caller)
{
    private const int Shown = 5;

    public async Task<Result<PhoneIdentity>> FindAsync(string number, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Extensions.Own))
        {
            return AccessErrors.Denied;
        }

        var reading = PhoneNumbers.Read(number, tenant.Tenant.CountryCode);
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
}

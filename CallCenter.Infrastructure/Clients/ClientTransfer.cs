using System.Text;
using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Files;
using CallCenter.Core.Phones;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Clients;

internal sealed class ClientTransfer(
    IDbContextFactory<CallCenterDbContext> contexts, ClientMatching matching, IAuditTrail audit, ICaller caller, ITenantContext tenant, TimeProvider time) : IClientTransfer
{
    private const int LinesPerBatch = 200;
    private const int ClientsPerPage = 200;

    public async Task<Result<IReadOnlyList<ClientImportLine>>> PreviewAsync(
        CsvDocument file, IReadOnlyList<ClientColumn> columns, KnownClientRule rule, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Clients.Import))
        {
            return AccessErrors.Denied;
        }

        if (!ClientColumns.AreEnough(columns))
        {
            return ClientImportErrors.Columns;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var lines = file.Records.Skip(1).Select(record => Read(record, columns)).ToList();
        var owners = await ReadOwnersAsync(db, lines, cancellationToken);
        var seen = new HashSet<long>();
        return lines.ConvertAll(line => Decide(line, owners, seen, rule));
    }

    public async Task<Result<IReadOnlyList<ClientImportLine>>> ImportAsync(
        IReadOnlyList<ClientImportLine> lines, KnownClientRule rule, Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Clients.Import))
        {
            return AccessErrors.Denied;
        }

        var done = new List<ClientImportLine>(lines.Count);
        foreach (var batch in lines.Chunk(LinesPerBatch))
        {
            done.AddRange(await ImportBatchAsync(batch, rule, cancellationToken));
            progress?.Invoke(done.Count);
        }

        await matching.RunAsync(maxSteps: 5, cancellationToken);
        return done;
    }

    public async Task<Result> ExportAsync(Stream target, IReadOnlyList<string> headings, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Clients.Import))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        audit.Append(db, new AuditNote(ClientAuditActions.Exported, AuditSubjects.ClientBook, tenant.TenantId.ToString(), tenant.Tenant.Name)
        {
            After = new AuditValues { ["clients"] = await db.Set<Client>().CountAsync(cancellationToken) },
        });
        await db.SaveChangesAsync(cancellationToken);

        await using var writer = new StreamWriter(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync(string.Join(',', headings.Select(ClientColumns.Cell)));
        for (string? cursor = null; ;)
        {
            var page = await ClientSearch.PageAsync(db, CallReach.Nothing, ClientFilter.None, cursor, ClientsPerPage, cancellationToken);
            var ids = page.Rows.Select(row => row.Id).ToList();
            var notes = await db.Set<Client>().Where(client => EF.Parameter(ids).Contains(client.Id)).ToDictionaryAsync(client => client.Id, client => client.Note, cancellationToken);
            foreach (var row in page.Rows)
            {
                string[] cells =
                [
                    row.Name, row.Company, string.Join("; ", row.Numbers.Select(PhoneDisplay.International)), string.Join(", ", row.Tags), notes.GetValueOrDefault(row.Id, ""),
                ];
                await writer.WriteLineAsync(string.Join(',', cells.Select(ClientColumns.Cell)));
            }

            await writer.FlushAsync(cancellationToken);
            if ((cursor = page.Older) is null)
            {
                return Result.Success;
            }
        }
    }

    private ClientImportLine Read(CsvRecord record, IReadOnlyList<ClientColumn> columns)
    {
        var form = ClientColumns.Read(record, columns);
        List<Error> errors = record.Fault is { } fault ? [fault] : [.. ClientDraft.Check(form, tenant.Tenant.CountryCode, out _)];
        if (errors.Count == 0 && form.Numbers.Count == 0)
        {
            errors.Add(ClientImportErrors.NoNumber);
        }

        return new ClientImportLine(record.Line, record.Raw, form, errors.Count > 0 ? ClientImportAct.Refuse : ClientImportAct.Create, errors);
    }

    private static ClientImportLine Decide(ClientImportLine line, Owners owners, HashSet<long> seen, KnownClientRule rule)
    {
        if (line.Act == ClientImportAct.Refuse)
        {
            return line;
        }

        var numbers = owners.NumbersOf(line);
        if (numbers.Any(seen.Contains))
        {
            return line with { Act = ClientImportAct.Refuse, Errors = [ClientImportErrors.Repeated] };
        }

        seen.UnionWith(numbers);
        var clients = owners.ClientsOf(line);
        return clients.Count switch
        {
            0 => line with { Act = ClientImportAct.Create },
            1 => line with { Act = rule == KnownClientRule.Skip ? ClientImportAct.Skip : ClientImportAct.Update },
            _ when rule == KnownClientRule.Skip => line with { Act = ClientImportAct.Skip },
            _ => line with { Act = ClientImportAct.Refuse, Errors = [ClientImportErrors.Ambiguous] },
        };
    }

    private async Task<IReadOnlyList<ClientImportLine>> ImportBatchAsync(ClientImportLine[] batch, KnownClientRule rule, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);
        var owners = await ReadOwnersAsync(db, batch, cancellationToken);
        var done = new List<ClientImportLine>(batch.Length);
        foreach (var line in batch)
        {
            // The preview looked for repetitions in the file; here the book may have changed.
            var decided = Decide(line, owners, [], rule);
            done.Add(decided);
            if (decided.Act == ClientImportAct.Create)
            {
                Create(db, decided.Form);
            }
            else if (decided.Act == ClientImportAct.Update && await UpdateAsync(db, decided.Form, owners.ClientsOf(line).Single(), cancellationToken) is { } error)
            {
                done[^1] = decided with { Act = ClientImportAct.Refuse, Errors = [error] };
            }
        }

        audit.Append(db, new AuditNote(ClientAuditActions.Imported, AuditSubjects.ClientBook, tenant.TenantId.ToString(), tenant.Tenant.Name)
        {
            After = new AuditValues
            {
                ["created"] = done.Count(line => line.Act == ClientImportAct.Create),
                ["updated"] = done.Count(line => line.Act == ClientImportAct.Update),
                ["skipped"] = done.Count(line => line.Act == ClientImportAct.Skip),
                ["refused"] = done.Count(line => line.Act == ClientImportAct.Refuse),
            },
        });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return done;
    }

    private void Create(CallCenterDbContext db, ClientForm form)
    {
        ClientDraft.Check(form, tenant.Tenant.CountryCode, out var draft);
        var now = time.GetUtcNow();
        var client = new Client
        {
            Id = Guid.CreateVersion7(now),
            Name = "",
            Company = "",
            Note = "",
            SearchText = "",
            SortText = "",
            CreatedAtUtc = now.UtcDateTime,
            ChangedAtUtc = now.UtcDateTime,
        };
        ClientBook.MatchAnew(db, draft.ApplyTo(client));
        db.Add(client);
    }

    private async Task<Error?> UpdateAsync(CallCenterDbContext db, ClientForm form, Guid id, CancellationToken cancellationToken)
    {
        var client = await db.Set<Client>().Include(c => c.Numbers).Include(c => c.Tags).AsSplitQuery().SingleAsync(c => c.Id == id, cancellationToken);
        var known = client.Numbers.Select(number => number.E164).ToHashSet();
        var before = ClientDraft.FormOf(client);
        var merged = new ClientForm
        {
            Name = form.Name.Trim().Length > 0 ? form.Name : before.Name,
            Company = form.Company.Trim().Length > 0 ? form.Company : before.Company,
            Note = form.Note.Trim().Length > 0 ? form.Note : before.Note,
            Numbers = [.. before.Numbers, .. form.Numbers.Where(number => !known.Contains(PhoneNumbers.ToE164(number.Number, tenant.Tenant.CountryCode)))],
            Tags = $"{before.Tags},{form.Tags}",
        };
        if (ClientDraft.Check(merged, tenant.Tenant.CountryCode, out var draft) is [var error, ..])
        {
            return error;
        }

        ClientBook.MatchAnew(db, draft.ApplyTo(client));
        client.ChangedAtUtc = time.GetUtcNow().UtcDateTime;
        db.Entry(client).Property(c => c.ChangedAtUtc).IsModified = true;
        return null;
    }

    private async Task<Owners> ReadOwnersAsync(CallCenterDbContext db, IReadOnlyCollection<ClientImportLine> lines, CancellationToken cancellationToken)
    {
        var country = tenant.Tenant.CountryCode;
        var numbers = lines.Where(line => line.Act != ClientImportAct.Refuse).ToDictionary(
            line => line.Line,
            line => (IReadOnlyList<long>)[.. line.Form.Numbers.Select(number => PhoneNumbers.ToE164(number.Number, country)).Where(number => number != 0)]);
        List<long> all = [.. numbers.Values.SelectMany(number => number).Distinct()];
        var found = await db.Set<ClientNumber>().Where(number => EF.Parameter(all).Contains(number.E164)).Select(number => new { number.E164, number.ClientId }).ToListAsync(cancellationToken);
        return new Owners(numbers, found.ToLookup(number => number.E164, number => number.ClientId));
    }

    private sealed record Owners(Dictionary<int, IReadOnlyList<long>> Numbers, ILookup<long, Guid> Clients)
    {
        public IReadOnlyList<long> NumbersOf(ClientImportLine line) => Numbers.GetValueOrDefault(line.Line, []);

        public IReadOnlyList<Guid> ClientsOf(ClientImportLine line) => [.. NumbersOf(line).SelectMany(number => Clients[number]).Distinct()];
    }
}

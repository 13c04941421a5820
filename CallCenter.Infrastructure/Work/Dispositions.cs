using CallCenter.Core.Audit;
using CallCenter.Core.Clients;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Core.Work;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Work;

internal sealed class Dispositions(
    IDbContextFactory<CallCenterDbContext> contexts, IAuditTrail audit, ICaller caller, ITenantContext tenant) : IDispositions
{
    private static readonly (string English, string Arabic, bool NeedsNote, bool IsSuccess)[] FirstSet =
    [
        ("Resolved", "تم الحل", false, true),
        ("Sale", "عملية بيع", false, true),
        ("Call back later", "معاودة الاتصال لاحقًا", true, false),
        ("Passed on", "حُوّل إلى جهة أخرى", false, false),
        ("Complaint", "شكوى", true, false),
        ("No interest", "غير مهتم", false, false),
        ("Wrong number", "رقم خاطئ", false, false),
    ];

    public async Task<Result<IReadOnlyList<DispositionRow>>> ListAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.View))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await ReadAsync(db, cancellationToken);
        if (rows.Count == 0)
        {
            await SeedAsync(db, cancellationToken);
            rows = await ReadAsync(db, cancellationToken);
        }

        return rows;
    }

    public async Task<Result<Guid>> CreateAsync(DispositionForm form, CancellationToken cancellationToken = default)
    {
        var id = Guid.Empty;
        var result = await ChangeAsync(form, async (db, list) =>
        {
            if (list.Count >= Disposition.MaxCount)
            {
                return WorkErrors.TooManyDispositions;
            }

            var entry = new Disposition { NameEnglish = "", NameArabic = "", Position = list.Count == 0 ? 0 : list[^1].Position + 1 };
            Apply(form, entry);
            db.Add(entry);
            audit.Append(db, NoteOf(WorkAuditActions.DispositionCreated, entry) with { After = ValuesOf(entry) });
            id = entry.Id;
            return await Task.FromResult(Result.Success);
        }, null, cancellationToken);
        return result.Error is { } error ? error : id;
    }

    public Task<Result> ChangeAsync(Guid id, DispositionForm form, int version, CancellationToken cancellationToken = default) =>
        ChangeAsync(form, (db, list) =>
        {
            if (list.SingleOrDefault(row => row.Id == id) is not { } entry)
            {
                return Task.FromResult<Result>(WorkErrors.DispositionUnknown);
            }

            if (entry.Version != version)
            {
                return Task.FromResult<Result>(WorkErrors.DispositionsChanged);
            }

            var before = ValuesOf(entry);
            Apply(form, entry);
            if (db.Entry(entry).State == EntityState.Modified || db.ChangeTracker.HasChanges())
            {
                audit.Append(db, NoteOf(WorkAuditActions.DispositionChanged, entry) with { Before = before, After = ValuesOf(entry) });
            }

            return Task.FromResult(Result.Success);
        }, id, cancellationToken);

    public async Task<Result> OrderAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Settings.Edit))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);
        var list = await LoadAsync(db, cancellationToken);
        var places = ids.Distinct().Select((id, place) => (id, place)).ToDictionary(pair => pair.id, pair => pair.place);
        var ordered = list.OrderBy(entry => places.GetValueOrDefault(entry.Id, int.MaxValue)).ThenBy(entry => entry.Position).ToList();
        for (var place = 0; place < ordered.Count; place++)
        {
            if (ordered[place].Position != place)
            {
                ordered[place].Position = place;
                audit.Append(db, NoteOf(WorkAuditActions.DispositionChanged, ordered[place]) with { After = new AuditValues { ["position"] = place + 1 } });
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }

    private static Task<List<DispositionRow>> ReadAsync(CallCenterDbContext db, CancellationToken cancellationToken) =>
        db.Set<Disposition>().OrderBy(entry => entry.Position).ThenBy(entry => entry.Id)
            .Select(entry => new DispositionRow(
                entry.Id, entry.NameEnglish, entry.NameArabic, entry.Active, entry.NeedsNote, entry.IsSuccess, entry.Version))
            .ToListAsync(cancellationToken);

    private static Task<List<Disposition>> LoadAsync(CallCenterDbContext db, CancellationToken cancellationToken) =>
        db.Set<Disposition>().OrderBy(entry => entry.Position).ThenBy(entry => entry.Id).ToListAsync(cancellationToken);

    private static Error? Check(DispositionForm form, IEnumerable<Disposition> others)
    {
        var (english, arabic) = (form.NameEnglish.Trim(), form.NameArabic.Trim());
        if (english.Length == 0 && arabic.Length == 0)
        {
            return WorkErrors.NameMissing;
        }

        if (english.Length > Disposition.NameMaxLength || arabic.Length > Disposition.NameMaxLength)
        {
            return WorkErrors.NameTooLong with { Field = english.Length > Disposition.NameMaxLength ? "NameEnglish" : "NameArabic" };
        }

        string[] names = [SearchText.Fold(english), SearchText.Fold(arabic)];
        return others.Any(other => names.Any(name => name.Length > 0 && (name == SearchText.Fold(other.NameEnglish) || name == SearchText.Fold(other.NameArabic))))
            ? WorkErrors.NameTaken
            : null;
    }

    private static void Apply(DispositionForm form, Disposition entry) =>
        (entry.NameEnglish, entry.NameArabic, entry.Active, entry.NeedsNote, entry.IsSuccess) =
            (form.NameEnglish.Trim(), form.NameArabic.Trim(), form.Active, form.NeedsNote, form.IsSuccess);

    private static AuditValues ValuesOf(Disposition entry) => new()
    {
        ["nameEnglish"] = entry.NameEnglish,
        ["nameArabic"] = entry.NameArabic,
        ["active"] = entry.Active,
        ["needsNote"] = entry.NeedsNote,
        ["isSuccess"] = entry.IsSuccess,
    };

    private static AuditNote NoteOf(string action, Disposition entry) =>
        new(action, AuditSubjects.Disposition, entry.Id.ToString("D"), CallWorkService.NameOf(entry));

    private async Task<Result> ChangeAsync(
        DispositionForm form, Func<CallCenterDbContext, List<Disposition>, Task<Result>> act, Guid? id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Settings.Edit))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);
        var list = await LoadAsync(db, cancellationToken);
        if (Check(form, list.Where(entry => entry.Id != id)) is { } wrong)
        {
            return wrong;
        }

        var result = await act(db, list);
        if (result.Succeeded)
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return result;
    }

    private async Task SeedAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);
        if (await db.Set<Disposition>().AnyAsync(cancellationToken))
        {
            return;
        }

        db.AddRange(FirstSet.Select((entry, place) => new Disposition
        {
            NameEnglish = entry.English,
            NameArabic = entry.Arabic,
            Position = place,
            NeedsNote = entry.NeedsNote,
            IsSuccess = entry.IsSuccess,
        }));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}

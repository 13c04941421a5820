using CallCenter.Core.Audit;
using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls.Views;

internal sealed class SavedViews(IDbContextFactory<CallCenterDbContext> contexts, IAuditTrail audit, ICaller caller, ITenantContext tenant) : ISavedViews
{
    public async Task<Result<CallViews>> ListAsync(CancellationToken cancellationToken = default)
    {
        if (Me() is not { } me)
        {
            return AccessErrors.Denied;
        }

        var shares = caller.May(Permissions.Settings.Edit);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var views = await Seen(db, me)
            .OrderBy(view => view.OwnerId == CallView.Everybody ? 1 : 0).ThenBy(view => view.NameKey)
            .Select(view => new CallViewRow(
                view.Id, view.Name, view.Query, view.OwnerId == CallView.Everybody, shares || view.OwnerId == me, view.Version))
            .ToListAsync(cancellationToken);
        var choice = await db.Set<CallListChoice>().AsNoTracking().SingleOrDefaultAsync(row => row.UserId == me, cancellationToken);
        return new CallViews(
            views, views.Any(view => view.Id == choice?.DefaultViewId) ? choice?.DefaultViewId : null, CallColumns.Read(choice?.Columns));
    }

    public async Task<Result<Guid>> SaveAsync(CallViewForm form, CancellationToken cancellationToken = default)
    {
        var id = Guid.CreateVersion7();
        var saved = await AddAsync(id, form, cancellationToken);
        return saved.Error is { } error ? error : id;
    }

    public Task<Result> ChangeAsync(Guid id, CallViewForm form, int version, CancellationToken cancellationToken = default) =>
        WriteAsync(async (db, me) =>
        {
            if (await Seen(db, me).SingleOrDefaultAsync(view => view.Id == id, cancellationToken) is not { } view)
            {
                return CallViewErrors.NotFound;
            }

            if (!MayTouch(view.OwnerId) || !MayTouch(OwnerOf(form, me)))
            {
                return AccessErrors.Denied;
            }

            if (view.Version != version)
            {
                return CallViewErrors.Changed;
            }

            var (before, wasShared) = (view.Name, view.OwnerId == CallView.Everybody);
            if (await CheckAsync(db, form, OwnerOf(form, me), id, cancellationToken) is { } wrong)
            {
                return wrong;
            }

            Apply(view, form, me);
            if (wasShared || form.IsShared)
            {
                var action = !wasShared ? CallViewAuditActions.Shared : form.IsShared ? CallViewAuditActions.Changed : CallViewAuditActions.Withdrawn;
                audit.Append(db, NoteOf(action, view) with
                {
                    Before = wasShared ? ValuesOf(before) : null,
                    After = form.IsShared ? ValuesOf(view.Name) : null,
                });
            }

            return Result.Success;
        }, cancellationToken);

    public async Task<Result<DeletedCallView>> DeleteAsync(Guid id, CancellationToken cancellationToken = default)
    {
        DeletedCallView? deleted = null;
        var result = await WriteAsync(async (db, me) =>
        {
            if (await Seen(db, me).SingleOrDefaultAsync(view => view.Id == id, cancellationToken) is not { } view)
            {
                return CallViewErrors.NotFound;
            }

            if (!MayTouch(view.OwnerId))
            {
                return AccessErrors.Denied;
            }

            var shared = view.OwnerId == CallView.Everybody;
            deleted = new DeletedCallView(id, new CallViewForm(view.Name, view.Query, shared));
            db.Remove(view);
            if (shared)
            {
                audit.Append(db, NoteOf(CallViewAuditActions.Withdrawn, view) with { Before = ValuesOf(view.Name) });
            }

            return Result.Success;
        }, cancellationToken);
        return result.Error is { } error ? error : deleted!;
    }

    public Task<Result> RestoreAsync(DeletedCallView view, CancellationToken cancellationToken = default) => AddAsync(view.Id, view.Form, cancellationToken);

    public Task<Result> SetDefaultAsync(Guid? id, CancellationToken cancellationToken = default) =>
        WriteAsync(async (db, me) =>
        {
            if (id is { } chosen && !await Seen(db, me).AnyAsync(view => view.Id == chosen, cancellationToken))
            {
                return CallViewErrors.NotFound;
            }

            (await ChoiceAsync(db, me, cancellationToken)).DefaultViewId = id;
            return Result.Success;
        }, cancellationToken);

    public Task<Result> RememberColumnsAsync(IReadOnlyList<CallColumn> columns, CancellationToken cancellationToken = default) =>
        WriteAsync(async (db, me) =>
        {
            (await ChoiceAsync(db, me, cancellationToken)).Columns = CallColumns.Write(columns);
            return Result.Success;
        }, cancellationToken);

    private static IQueryable<CallView> Seen(CallCenterDbContext db, Guid me) =>
        db.Set<CallView>().Where(view => view.OwnerId == me || view.OwnerId == CallView.Everybody);

    private static Guid OwnerOf(CallViewForm form, Guid me) => form.IsShared ? CallView.Everybody : me;

    private static string NameOf(CallViewForm form) =>
        string.Join(' ', string.Concat(form.Name.EnumerateRunes().Where(rune => !System.Text.Rune.IsControl(rune) || System.Text.Rune.IsWhiteSpace(rune)))
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static void Apply(CallView view, CallViewForm form, Guid me) =>
        (view.OwnerId, view.Name, view.NameKey, view.Query) = (OwnerOf(form, me), NameOf(form), KeyOf(NameOf(form)), CallView.Tidy(form.Query));

    // Folding may make a name longer: a sign for several letters.
    private static string KeyOf(string name) => SearchText.Fold(name) is var key && key.Length > CallView.NameMaxLength ? key[..CallView.NameMaxLength] : key;

    private static async Task<Error?> CheckAsync(CallCenterDbContext db, CallViewForm form, Guid owner, Guid id, CancellationToken cancellationToken)
    {
        var name = NameOf(form);
        var key = KeyOf(name);
        if (key.Length == 0)
        {
            return CallViewErrors.NameMissing;
        }

        if (name.Length > CallView.NameMaxLength)
        {
            return CallViewErrors.NameTooLong;
        }

        var others = db.Set<CallView>().Where(view => view.OwnerId == owner && view.Id != id);
        return await others.AnyAsync(view => view.NameKey == key, cancellationToken) ? CallViewErrors.NameTaken
            : await others.CountAsync(cancellationToken) >= CallView.MaxCount ? CallViewErrors.TooMany
            : null;
    }

    private static async Task<CallListChoice> ChoiceAsync(CallCenterDbContext db, Guid me, CancellationToken cancellationToken)
    {
        if (await db.Set<CallListChoice>().SingleOrDefaultAsync(row => row.UserId == me, cancellationToken) is { } known)
        {
            return known;
        }

        var choice = new CallListChoice { UserId = me };
        db.Add(choice);
        return choice;
    }

    // The name only: a query may hold a caller's number, and those must be erasable.
    private static AuditValues ValuesOf(string name) => new() { ["name"] = name };

    private static AuditNote NoteOf(string action, CallView view) => new(action, AuditSubjects.CallView, view.Id.ToString("D"), view.Name);

    private Guid? Me() => caller.May(Permissions.Calls.View) ? caller.UserId : null;

    private bool MayTouch(Guid owner) => owner != CallView.Everybody || caller.May(Permissions.Settings.Edit);

    private Task<Result> AddAsync(Guid id, CallViewForm form, CancellationToken cancellationToken) =>
        WriteAsync(async (db, me) =>
        {
            var owner = OwnerOf(form, me);
            if (!MayTouch(owner))
            {
                return AccessErrors.Denied;
            }

            if (await CheckAsync(db, form, owner, id, cancellationToken) is { } wrong)
            {
                return wrong;
            }

            // A key that is taken is somebody else's, or restored twice.
            if (await db.Set<CallView>().AnyAsync(other => other.Id == id, cancellationToken))
            {
                return CallViewErrors.NotFound;
            }

            var view = new CallView { Id = id, OwnerId = owner, Name = "", NameKey = "", Query = "" };
            Apply(view, form, me);
            db.Add(view);
            if (form.IsShared)
            {
                audit.Append(db, NoteOf(CallViewAuditActions.Shared, view) with { After = ValuesOf(view.Name) });
            }

            return Result.Success;
        }, cancellationToken);

    /// <summary>One writer of a tenant at a time: names stay one of each, and the count is what it says.</summary>
    private async Task<Result> WriteAsync(Func<CallCenterDbContext, Guid, Task<Result>> act, CancellationToken cancellationToken)
    {
        if (Me() is not { } me)
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);
        var result = await act(db, me);
        if (result.Succeeded)
        {
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        return result;
    }
}

using CallCenter.Core.Audit;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Settings;

/// <summary>Reads and saves one card; what differs between cards is in the subclasses.</summary>
internal abstract class SettingsCardStore<TForm, TRow>(
    IDbContextFactory<CallCenterDbContext> contexts, IAuditTrail audit, ITenantContext tenant, ICaller caller, TimeProvider time)
    where TForm : class, ISettingsForm<TForm>, new()
    where TRow : class, ISettingsRow, new()
{
    /// <summary>Name of the card in the audit log, permanent.</summary>
    protected abstract string Card { get; }

    protected Guid TenantId => tenant.TenantId;

    public async Task<SettingsCard<TForm>> GetAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return ToCard(await db.Set<TRow>().AsNoTracking().SingleOrDefaultAsync(cancellationToken));
    }

    public async Task<CardSave<TForm>> SaveAsync(TForm form, int version, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Settings.Edit))
        {
            return CardSave.Failed<TForm>(AccessErrors.Denied);
        }

        form.Normalize();
        var errors = Check(form);
        if (errors.Count > 0)
        {
            return CardSave.Failed<TForm>(errors);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<TRow>().SingleOrDefaultAsync(cancellationToken);
        if ((row?.Version ?? 0) != version)
        {
            return CardSave.Conflicting(ToCard(row));
        }

        errors = await CheckAgainstStoredAsync(form, row, cancellationToken);
        if (errors.Count > 0)
        {
            return CardSave.Failed<TForm>(errors);
        }

        var before = row is null ? null : ToAudit(row);
        if (row is null)
        {
            row = new TRow();
            db.Add(row);
        }

        Apply(form, row);
        row.ChangedAtUtc = time.GetUtcNow().UtcDateTime;
        row.ChangedBy = caller.Name;
        var note = new AuditNote(SettingsAudit.Changed, AuditSubjects.Settings, Card, Card) { Before = before, After = ToAudit(row) };
        return await CommitAsync(db, note, cancellationToken) ? Done(ToCard(row)) : CardSave.Conflicting(await GetAsync(cancellationToken));
    }

    public async Task<CardSave<TForm>> RemoveAsync(int version, CancellationToken cancellationToken)
    {
        if (!caller.May(Permissions.Settings.Edit))
        {
            return CardSave.Failed<TForm>(AccessErrors.Denied);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await db.Set<TRow>().SingleOrDefaultAsync(cancellationToken);
        if (row is null || row.Version != version)
        {
            return CardSave.Conflicting(ToCard(row));
        }

        var note = new AuditNote(SettingsAudit.Removed, AuditSubjects.Settings, Card, Card) { Before = ToAudit(row) };
        db.Remove(row);
        return await CommitAsync(db, note, cancellationToken) ? Done(ToCard(null)) : CardSave.Conflicting(await GetAsync(cancellationToken));
    }

    /// <summary>The form's own rules.</summary>
    protected abstract IReadOnlyList<Error> Check(TForm form);

    /// <summary>Rules that need the stored row or the outside world.</summary>
    protected virtual Task<IReadOnlyList<Error>> CheckAgainstStoredAsync(TForm form, TRow? stored, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Error>>([]);

    protected abstract TForm ToForm(TRow row);

    protected abstract void Apply(TForm form, TRow row);

    protected abstract AuditValues ToAudit(TRow row);

    /// <summary>Told after a change is stored.</summary>
    protected virtual void OnChanged()
    {
    }

    private CardSave<TForm> Done(SettingsCard<TForm> card)
    {
        OnChanged();
        return CardSave.Done(card);
    }

    private SettingsCard<TForm> ToCard(TRow? row) =>
        row is null ? new SettingsCard<TForm>(new TForm(), 0, null, null) : new SettingsCard<TForm>(ToForm(row), row.Version, row.ChangedAtUtc, row.ChangedBy);

    private async Task<bool> CommitAsync(CallCenterDbContext db, AuditNote note, CancellationToken cancellationToken)
    {
        try
        {
            audit.Append(db, note);
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            return false;
        }
        catch (DbUpdateException) when (note.Before is null)
        {
            // Two first saves at once: the unique index on the tenant lets one through. Anything else fails again on the reading.
            if ((await GetAsync(cancellationToken)).IsSetUp)
            {
                return false;
            }

            throw;
        }
    }
}

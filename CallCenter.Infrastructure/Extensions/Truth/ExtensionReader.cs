using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Extensions.Truth;

/// <summary>
/// Reads single extensions whole and notes what was seen. Never over a change that is under way or was made meanwhile: what
/// was read then may be older than that change.
/// </summary>
internal sealed class ExtensionReader(
    IDbContextFactory<CallCenterDbContext> contexts,
    IPbxExtensions port,
    ISecretProtector protector,
    TenantNotices notices,
    ITenantContext tenant,
    IOptions<TruthOptions> options,
    TimeProvider time)
{
    // Two calls beside the list each interval: 500 extensions that fall due at once take an hour, and nobody notices.
    private const int DuePerReading = 2;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Reads those that were not read for a day, the longest waiting first, a few at a time.</summary>
    public async Task ReadDueAsync(PbxEndpoint pbx, CancellationToken cancellationToken)
    {
        var due = Now - options.Value.CompareEvery;
        List<Guid> ids;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            ids = await Readable(db, pbx.PbxId)
                .Where(e => e.MissingSinceUtc == null && (e.SeenAtUtc == null || e.SeenAtUtc <= due))
                .OrderBy(e => e.SeenAtUtc != null).ThenBy(e => e.SeenAtUtc).ThenBy(e => e.Number)
                .Take(DuePerReading)
                .Select(e => e.Id)
                .ToListAsync(cancellationToken);
        }

        foreach (var id in ids)
        {
            if (!(await ReadAsync(pbx, id, cancellationToken)).Succeeded)
            {
                return;
            }
        }
    }

    /// <summary>Keys of those that a comparison reads, in the order of their numbers.</summary>
    public async Task<List<Guid>> ListAsync(Guid pbxId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Readable(db, pbxId).OrderBy(e => e.Number.Length).ThenBy(e => e.Number).Select(e => e.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Reads one and notes it.</summary>
    /// <returns>What the PBX has, null for nothing; or its error.</returns>
    public async Task<Result<PbxExtension?>> ReadAsync(PbxEndpoint pbx, Guid id, CancellationToken cancellationToken)
    {
        string? number;
        int version;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var asked = await db.Set<Extension>().Where(e => e.Id == id).Select(e => new { e.Number, e.Version }).SingleOrDefaultAsync(cancellationToken);
            (number, version) = (asked?.Number, asked?.Version ?? 0);
        }

        if (number is null)
        {
            return (PbxExtension?)null;
        }

        var found = await port.FindAsync(pbx, number, cancellationToken);
        if (found.Succeeded)
        {
            await NoteAsync(pbx.PbxId, id, version, found.Value, cancellationToken);
        }

        return found;
    }

    private static IQueryable<Extension> Readable(CallCenterDbContext db, Guid pbxId) => db.Set<Extension>().Where(e =>
        e.PbxId == pbxId
        && (e.State == ExtensionState.Active || (e.State == ExtensionState.Failed && e.Operation == ExtensionOperation.Change)));

    private async Task NoteAsync(Guid pbxId, Guid id, int version, PbxExtension? found, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<Extension>().SingleOrDefaultAsync(e => e.Id == id && e.Version == version, cancellationToken) is not { MayBeSeen: true } extension)
        {
            return;
        }

        var now = Now;
        if (found is null)
        {
            // While writes wait to be applied, what the PBX answers may be of before or after them.
            if (extension.MissingSinceUtc is null && !await db.Set<PbxApply>().AnyAsync(a => a.PbxId == pbxId && a.DirtySinceUtc != null, cancellationToken))
            {
                extension.Miss(now);
                await SaveAsync(db, cancellationToken);
            }

            return;
        }

        var secretDiffers = found.Secret is { } secret && protector.WantedSecretOf(extension) is { } wanted
            && !string.Equals(secret.Reveal(), wanted.Reveal(), StringComparison.Ordinal);
        var seen = ProfileFit.ToStore(found.ProfileOver(extension.Wanted));
        if (extension.Seen == seen && extension.SecretDiffers == secretDiffers && extension.MissingSinceUtc is null)
        {
            // Past the version: nobody's form is out of date because the PBX still has what it had.
            await db.Set<Extension>()
                .Where(e => e.Id == id && e.Version == version)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.SeenAtUtc, now), cancellationToken);
            return;
        }

        extension.See(seen, now);
        extension.SeeSecret(secretDiffers);
        await SaveAsync(db, cancellationToken);
    }

    private async Task SaveAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            notices.Raise(NoticeTopic.Extensions, tenant.TenantId);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody asked for a change in this moment; the next reading sees what came of it.
        }
    }
}

using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Extensions.Truth;

/// <summary>
/// Stores a reading in one transaction, and only what it changed: a quiet reading of 500 extensions updates one row. When an
/// open span was last seen is therefore written every <see cref="SeenEvery"/> and at its end; in between the PBX's
/// <see cref="ExtensionReading.ReadAtUtc"/> says it exactly.
/// </summary>
internal sealed class ExtensionStateWriter(
    IDbContextFactory<CallCenterDbContext> contexts, TenantNotices notices, ITenantContext tenant, IOptions<TruthOptions> options)
{
    public static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

    public async Task StoreAsync(Guid pbxId, PbxList list, TimeSpan interval, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var reading = await ReadingAsync(db, pbxId, cancellationToken);
        var before = reading.ReadAtUtc;
        var wasFailing = reading.FailedSinceUtc is not null;
        var changed = await TakeAsync(db, pbxId, list, before, cancellationToken);
        reading.Succeed(list.ReadAtUtc, list.Took, interval);
        var refresh = reading.SpansSeenAtUtc is not { } seen || list.ReadAtUtc - seen >= SeenEvery;
        reading.SpansSeenAtUtc = refresh ? list.ReadAtUtc : reading.SpansSeenAtUtc;
        var prune = reading.PrunedAtUtc is not { } pruned || list.ReadAtUtc - pruned >= PruneEvery;
        reading.PrunedAtUtc = prune ? list.ReadAtUtc : reading.PrunedAtUtc;
        await db.SaveChangesAsync(cancellationToken);
        if (refresh)
        {
            await RefreshSeenAsync(db, list.ReadAtUtc, cancellationToken);
        }

        if (prune)
        {
            var oldest = list.ReadAtUtc - options.Value.History;
            await db.Set<RegistrationSpan>().Where(span => span.LostAtUtc < oldest).ExecuteDeleteAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        if (changed || wasFailing || before is null)
        {
            notices.Raise(NoticeTopic.Extensions, tenant.TenantId);
        }
    }

    /// <summary>Stores that the PBX could not be read. After <see cref="ExtensionReading.Patience"/> nothing is known any more; nothing is lost by that.</summary>
    public async Task FailAsync(Guid pbxId, Error error, DateTime nowUtc, TimeSpan interval, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var reading = await ReadingAsync(db, pbxId, cancellationToken);
        reading.Fail(error, nowUtc, interval);
        var news = reading.Failures == 1;
        await db.SaveChangesAsync(cancellationToken);
        if (reading.IsUnknown(nowUtc) && reading.ReadAtUtc is { } last && await db.Set<ExtensionPresence>().AnyAsync(p => p.Status != LineStatus.Unknown, cancellationToken))
        {
            // Before the states go: which lines were registered is what they say.
            await RefreshSeenAsync(db, last, cancellationToken);
            await db.Set<ExtensionPresence>()
                .Where(p => p.Status != LineStatus.Unknown)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.Status, LineStatus.Unknown), cancellationToken);
            news = true;
        }

        await transaction.CommitAsync(cancellationToken);
        if (news)
        {
            notices.Raise(NoticeTopic.Extensions, tenant.TenantId);
        }
    }

    private static async Task<ExtensionReading> ReadingAsync(CallCenterDbContext db, Guid pbxId, CancellationToken cancellationToken)
    {
        var reading = await db.Set<ExtensionReading>().SingleOrDefaultAsync(r => r.PbxId == pbxId, cancellationToken);
        if (reading is null)
        {
            reading = new ExtensionReading { PbxId = pbxId };
            db.Add(reading);
        }

        return reading;
    }

    private static async Task<bool> TakeAsync(CallCenterDbContext db, Guid pbxId, PbxList list, DateTime? before, CancellationToken cancellationToken)
    {
        var extensions = await db.Set<Extension>().Where(e => e.PbxId == pbxId).ToDictionaryAsync(e => e.Number, StringComparer.Ordinal, cancellationToken);
        var apply = await db.Set<PbxApply>().AsNoTracking().SingleOrDefaultAsync(a => a.PbxId == pbxId, cancellationToken);
        var presences = await db.Set<ExtensionPresence>().ToDictionaryAsync(p => p.ExtensionId, cancellationToken);
        var since = list.ReadAtUtc - Flapping.Quiet;
        var spans = (await db.Set<RegistrationSpan>().Where(s => s.LostAtUtc == null || s.LostAtUtc > since).ToListAsync(cancellationToken))
            .ToLookup(s => s.ExtensionId);
        if (list.ShowsWhatExists(apply))
        {
            TakeExisting(db, pbxId, list, extensions);
        }

        foreach (var extension in extensions.Values)
        {
            var line = list.Lines.GetValueOrDefault(extension.Number);
            if (line is null ? extension.MissingSinceUtc is null : line.Status == LineStatus.Unknown)
            {
                // Not in the list for now, or in a state that this firmware words in its own way: no reason to call it lost.
                continue;
            }

            if (!presences.TryGetValue(extension.Id, out var presence))
            {
                presence = new ExtensionPresence { ExtensionId = extension.Id };
                db.Add(presence);
            }

            List<RegistrationSpan> own = [.. spans[extension.Id].OrderBy(s => s.FromUtc)];
            var begun = RegistrationRule.Take(presence, own.LastOrDefault(s => s.LostAtUtc is null), ReadingOf(line, presence), list.ReadAtUtc, before);
            if (begun is not null)
            {
                db.Add(begun);
                own.Add(begun);
            }

            presence.Flapping = Flapping.Next(presence.Flapping, RegistrationRule.LossesOf(own), list.ReadAtUtc);
        }

        db.ChangeTracker.DetectChanges();
        return db.ChangeTracker.Entries().Any(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && e.Entity is not ExtensionReading);
    }

    private static void TakeExisting(CallCenterDbContext db, Guid pbxId, PbxList list, Dictionary<string, Extension> extensions)
    {
        foreach (var line in list.Lines.Values)
        {
            if (!extensions.TryGetValue(line.Number, out var extension))
            {
                var found = Extension.Find(pbxId, line.Number, ProfileOf(line), list.ReadAtUtc);
                db.Add(found);
                extensions.Add(line.Number, found);
            }
            else if (extension.State == ExtensionState.Found)
            {
                extension.SeeListed(ProfileFit.Name(line.Name), line.WebPhone, !line.OutOfService);
            }
            else if (extension.MayBeSeen && extension.StepAtUtc < list.StartedAtUtc)
            {
                extension.SeeListed(ProfileFit.Name(line.Name), line.WebPhone, !line.OutOfService);
            }
        }

        foreach (var extension in extensions.Values.Where(e => !list.Lines.ContainsKey(e.Number)).ToList())
        {
            if (extension.State == ExtensionState.Found)
            {
                db.Remove(extension);
                extensions.Remove(extension.Number);
            }
            else if (list.Absent.Contains(extension.Number) && extension.MayBeSeen && extension.StepAtUtc < list.StartedAtUtc)
            {
                extension.Miss(list.ReadAtUtc);
            }
        }
    }

    private static LineReading ReadingOf(PbxExtensionLine? line, ExtensionPresence presence) => line is null
        ? new LineReading(LineStatus.Offline, "", "", presence.Kind, presence.Locked)
        : new LineReading(line.Status, line.Address, line.Model, line.Kind, line.Locked);

    private static ExtensionProfile ProfileOf(PbxExtensionLine line) =>
        new() { Name = ProfileFit.Name(line.Name), WebPhone = line.WebPhone, Enabled = !line.OutOfService };

    /// <summary>Registered lines were seen at this moment; of the tenant's rows only, by its filter.</summary>
    private static async Task RefreshSeenAsync(CallCenterDbContext db, DateTime seenUtc, CancellationToken cancellationToken)
    {
        await db.Set<RegistrationSpan>()
            .Where(span => span.LostAtUtc == null && span.SeenUntilUtc < seenUtc)
            .ExecuteUpdateAsync(set => set.SetProperty(span => span.SeenUntilUtc, seenUtc), cancellationToken);
        await db.Set<ExtensionPresence>()
            .Where(p => p.Status > LineStatus.Offline && p.ReadAtUtc < seenUtc)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.LastRegisteredAtUtc, seenUtc).SetProperty(p => p.ReadAtUtc, seenUtc), cancellationToken);
    }
}

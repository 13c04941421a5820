using System.Diagnostics.CodeAnalysis;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Extensions;

/// <summary>Reads for the pages. Checks no permission.</summary>
internal sealed class ExtensionQueries(IDbContextFactory<CallCenterDbContext> contexts)
{
    private const int SpansShown = 50;
    private const int UsersShown = 50;

    public async Task<ExtensionPage> ListAsync(ExtensionQuery query, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var joined = ExtensionSearch.Joined(db);
        var all = await joined.CountAsync(cancellationToken);
        var registered = await joined.CountAsync(j => j.Presence != null && j.Presence.Status > LineStatus.Offline, cancellationToken);
        var readAt = await db.Set<ExtensionReading>().MaxAsync(r => r.ReadAtUtc, cancellationToken);

        var matching = ExtensionSearch.Filter(joined, query);
        var total = await matching.CountAsync(cancellationToken);
        var pages = Math.Max(1, (total + ExtensionQuery.PageSize - 1) / ExtensionQuery.PageSize);
        var page = Math.Clamp(query.Page, 1, pages);
        var rows = await ExtensionSearch.Sort(matching, query.Sort, query.Descending)
            .Skip((page - 1) * ExtensionQuery.PageSize)
            .Take(ExtensionQuery.PageSize)
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return new ExtensionPage([.. rows.Select(ToRow)], page, total, registered, all, readAt);
    }

    public async Task<Result<ExtensionDetail>> GetAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await ExtensionSearch.Joined(db).AsNoTracking().SingleOrDefaultAsync(j => j.Extension.Id == id, cancellationToken) is not { } found)
        {
            return ExtensionErrors.NotFound;
        }

        var spans = await db.Set<RegistrationSpan>()
            .Where(span => span.ExtensionId == id)
            .OrderByDescending(span => span.FromUtc)
            .Take(SpansShown)
            .Select(span => new RegistrationRow(span.FromUtc, span.SeenUntilUtc, span.LostAtUtc, span.Address, span.Model))
            .ToListAsync(cancellationToken);
        var extension = found.Extension;
        return new ExtensionDetail(
            ToRow(found), extension.Wanted, extension.Seen, extension.SeenAtUtc, extension.SecretSinceUtc, extension.CreatedAtUtc, extension.CreatedBy, spans);
    }

    [SuppressMessage("Globalization", "CA1304:Specify CultureInfo", Justification = "Runs in the database.")]
    [SuppressMessage("Globalization", "CA1311:Specify a culture", Justification = "Runs in the database.")]
    [SuppressMessage("Performance", "CA1862:Use StringComparison", Justification = "Cannot be translated to SQL.")]
    public async Task<List<ExtensionUser>> FindUsersAsync(string search, Guid? extensionId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var text = search.Trim().ToLowerInvariant();
        var users = ExtensionMembers.Active(db)
            .Where(user => !db.Set<Extension>().Any(e => e.UserId == user.Id && e.Id != extensionId));
        if (text.Length > 0)
        {
            users = users.Where(user =>
                user.DisplayName.ToLower().Contains(text) || user.UserName!.ToLower().Contains(text) || user.Email!.ToLower().Contains(text));
        }

        return await users
            .OrderBy(user => user.DisplayName)
            .ThenBy(user => user.UserName)
            .Take(UsersShown)
            .Select(user => new ExtensionUser(user.Id, user.DisplayName, user.UserName!, user.Email))
            .ToListAsync(cancellationToken);
    }

    public async Task<ExtensionQueueStatus> GetQueueAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var states = await db.Set<Extension>()
            .GroupBy(e => e.State)
            .Select(group => new { State = group.Key, Count = group.Count() })
            .ToListAsync(cancellationToken);
        var pending = states.Where(s => s.State is ExtensionState.Creating or ExtensionState.Changing or ExtensionState.Deleting).Sum(s => s.Count);
        var failed = states.Where(s => s.State == ExtensionState.Failed).Sum(s => s.Count);
        var apply = await db.Set<PbxApply>().AsNoTracking().FirstOrDefaultAsync(cancellationToken);
        var waits = pending > 0 || apply?.DirtySinceUtc is not null;
        var underWay = await db.Set<ExtensionRun>().AsNoTracking()
            .Where(run => run.FinishedAtUtc == null)
            .OrderByDescending(run => run.StartedAtUtc)
            .ToListAsync(cancellationToken);
        var runs = await RunProgress.ReadAsync(db, underWay, cancellationToken);
        return new ExtensionQueueStatus(pending, failed, waits ? apply?.WaitingCode : null, waits ? apply?.NotBeforeUtc : null, runs);
    }

    internal static ExtensionRow ToRow(ExtensionJoin joined)
    {
        var (extension, presence) = (joined.Extension, joined.Presence);
        return new ExtensionRow(
            extension.Id,
            extension.Number,
            extension.Wanted.Name,
            extension.UserId,
            joined.UserName,
            presence?.Kind ?? "",
            extension.Wanted.WebPhone,
            extension.Wanted.Enabled,
            extension.State,
            extension.Operation,
            extension.Step,
            extension.ErrorCode,
            extension.ErrorHints.Length == 0 ? [] : extension.ErrorHints.Split(','),
            extension.NextAttemptAtUtc,
            extension.Origin,
            extension.DifferenceCount,
            extension.MissingSinceUtc,
            presence?.Status ?? LineStatus.Unknown,
            presence?.SinceUtc,
            presence?.Address ?? "",
            presence?.Model ?? "",
            presence?.Locked ?? false,
            presence?.Flapping ?? false,
            presence?.LastRegisteredAtUtc,
            extension.RunId,
            extension.Version,
            extension.SecretDiffers);
    }
}

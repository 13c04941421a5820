using CallCenter.Core.Calls;
using CallCenter.Core.Figures;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CallCenter.Infrastructure.Figures;

/// <summary>One round for a tenant: counts what was never counted, and at night proves the last days and a month of older ones.</summary>
internal sealed class FigureProving(
    IDbContextFactory<CallCenterDbContext> contexts, FigureRecount recount, ITenantContext tenant, ICaller caller, TimeProvider clock, ILogger<FigureProving> logger)
    : IFigureProofs
{
    public const int RecentDays = 7;

    public const int OlderDays = 31;

    private const int KeptDays = 30;

    private static readonly TimeOnly Night = new(3, 0);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(tenant.Tenant.TimeZoneId);
        var now = TimeZoneInfo.ConvertTimeFromUtc(clock.GetUtcNow().UtcDateTime, zone);
        var today = DateOnly.FromDateTime(now);
        var pbxIds = await PbxIdsAsync(db, cancellationToken);
        var oldest = await db.Set<Call>().OrderBy(call => call.StartedAtUtc).Select(call => (DateTime?)call.StartedAtUtc).FirstOrDefaultAsync(cancellationToken);
        var oldestDay = oldest is { } start ? LocalDay.Of(start, zone) : today;
        var state = await db.Set<FigureState>().SingleOrDefaultAsync(cancellationToken);
        if (state is null)
        {
            db.Add(state = new FigureState { TenantId = tenant.TenantId, TimeZoneId = tenant.Tenant.TimeZoneId, FillDay = today, ProvedOn = today });
        }
        else if (state.TimeZoneId != tenant.Tenant.TimeZoneId)
        {
            (state.TimeZoneId, state.FillDay) = (tenant.Tenant.TimeZoneId, today.AddDays(1));
        }

        await db.SaveChangesAsync(cancellationToken);
        while (state.FillDay is { } day)
        {
            foreach (var pbxId in pbxIds)
            {
                await recount.RunAsync(pbxId, day, cancellationToken);
            }

            state.FillDay = day > oldestDay ? day.AddDays(-1) : null;
            await db.SaveChangesAsync(cancellationToken);
        }

        if (state.ProvedOn != today && TimeOnly.FromDateTime(now) >= Night)
        {
            await ProveAsync(db, state, pbxIds, today, oldestDay, cancellationToken);
        }
    }

    public async Task<Result<FigureProof>> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Settings.Edit))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var state = await db.Set<FigureState>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-KeptDays);
        var differences = await db.Set<FigureDifference>().AsNoTracking().Where(difference => difference.FoundAtUtc >= since)
            .OrderByDescending(difference => difference.FoundAtUtc).Take(50).ToListAsync(cancellationToken);
        return new FigureProof(state?.ProvedAtUtc, state?.ProvedDays ?? 0, state?.FillDay, differences);
    }

    private async Task ProveAsync(
        CallCenterDbContext db, FigureState state, IReadOnlyList<Guid> pbxIds, DateOnly today, DateOnly oldestDay, CancellationToken cancellationToken)
    {
        var older = state.OlderDay is { } kept && kept >= oldestDay ? kept : today.AddDays(-RecentDays - 1);
        List<DateOnly> days =
        [
            .. Enumerable.Range(1, RecentDays).Select(back => today.AddDays(-back)),
            .. Enumerable.Range(0, OlderDays).Select(back => older.AddDays(-back)),
        ];
        days.RemoveAll(day => day < oldestDay);
        foreach (var day in days)
        {
            foreach (var pbxId in pbxIds)
            {
                if (await recount.RunAsync(pbxId, day, cancellationToken) is not { } difference)
                {
                    continue;
                }

                logger.LogWarning(
                    "Sums of {Day} were not what its calls make: {Rows} rows, {Kept} calls kept, {Counted} counted. They were counted anew.",
                    day, difference.Rows, difference.CallsKept, difference.CallsCounted);
                db.Add(difference);
                await db.SaveChangesAsync(cancellationToken);
            }
        }

        (state.OlderDay, state.ProvedOn, state.ProvedDays) = (older.AddDays(-OlderDays), today, days.Count);
        state.ProvedAtUtc = clock.GetUtcNow().UtcDateTime;
        await db.SaveChangesAsync(cancellationToken);
    }

    private static async Task<List<Guid>> PbxIdsAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        var synced = await db.Set<CdrSyncState>().Select(state => state.PbxId).ToListAsync(cancellationToken);
        var summed = await db.Set<FigureSlice>().Select(slice => slice.PbxId).Distinct().ToListAsync(cancellationToken);
        return [.. synced.Union(summed)];
    }
}

using CallCenter.Core.Figures;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Figures;

internal sealed class Dashboard(
    IDbContextFactory<CallCenterDbContext> contexts, FigureReader reader, ITenantContext tenant, ICaller caller, TimeProvider clock) : IDashboard
{
    public async Task<Result<DashboardFigures>> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Reports.View))
        {
            return AccessErrors.Denied;
        }

        var time = new FigureTime(TimeZoneInfo.FindSystemTimeZoneById(tenant.Tenant.TimeZoneId));
        var now = clock.GetUtcNow().UtcDateTime;
        var today = LocalDay.Of(now, time.Zone);
        var until = FigureTime.StartOf(FigureTime.QuarterOf(now));
        var timeOfDay = TimeZoneInfo.ConvertTimeFromUtc(until, time.Zone).TimeOfDay;
        var query = new FigureQuery(today, today);

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var firstDay = await db.Set<FigureDay>().Where(row => row.Kind == SliceKind.Flow).MinAsync(row => (int?)row.Day, cancellationToken) ?? today.DayNumber;
        List<DateOnly> usualDays = [.. Enumerable.Range(1, IDashboard.UsualWeeks).Select(week => today.AddDays(-7 * week)).Where(day => day.DayNumber >= firstDay)];
        var byDay = new[] { today, today.AddDays(-1) }.Concat(usualDays).Distinct().ToDictionary(day => day, time.QuartersOf);
        var found = await reader.FindAsync(db, query, byQuarter: true, byTime: true, [.. byDay.Values], cancellationToken);
        var total = await reader.ReadAsync(query with { WithLongestWait = true }, cancellationToken);
        var queues = await reader.ReadAsync(query with { By = FigureDimension.Queue, WithLongestWait = true }, cancellationToken);
        var agents = await reader.ReadAgentsAsync(query, cancellationToken);
        var repeat = await reader.ReadRepeatCallersAsync(query, cancellationToken);
        if ((found.Error ?? total.Error ?? queues.Error ?? agents.Error ?? repeat.Error) is { } error)
        {
            return error;
        }

        var hours = Hours(found.Value.Cells, time, today, usualDays, now);
        var usual = found.Value.Cells
            .Where(cell => usualDays.Contains(DateOnly.FromDayNumber(time.DayOf(cell.At))) && Local(cell.At, time).TimeOfDay < timeOfDay)
            .Aggregate(CallFigures.None, (sum, cell) => sum + cell.Figures);
        return new DashboardFigures(
            total.Value.Basis, today, total.Value.Total.Figures, usual, usualDays.Count, until, hours, queues.Value.Lines, agents.Value.Lines, repeat.Value);
    }

    private static List<DashboardHour> Hours(IReadOnlyList<FigureCell> cells, FigureTime time, DateOnly today, List<DateOnly> usualDays, DateTime now)
    {
        var sums = new Dictionary<(int Which, int Hour), CallFigures>();
        foreach (var cell in cells)
        {
            var day = DateOnly.FromDayNumber(time.DayOf(cell.At));
            var hour = Local(cell.At, time).Hour;
            Add(day == today ? 0 : day == today.AddDays(-1) ? 1 : -1, hour, cell.Figures);
            Add(usualDays.Contains(day) ? 2 : -1, hour, cell.Figures);
        }

        var current = TimeZoneInfo.ConvertTimeFromUtc(now, time.Zone).Hour;
        return [.. Enumerable.Range(0, 24).Select(hour => new DashboardHour(hour, hour > current ? null : Of(0, hour), Of(1, hour), Of(2, hour)))];

        void Add(int which, int hour, CallFigures figures)
        {
            if (which >= 0)
            {
                sums[(which, hour)] = Of(which, hour) + figures;
            }
        }

        CallFigures Of(int which, int hour) => sums.GetValueOrDefault((which, hour), CallFigures.None);
    }

    private static DateTime Local(int quarter, FigureTime time) => TimeZoneInfo.ConvertTimeFromUtc(FigureTime.StartOf(quarter), time.Zone);
}

using CallCenter.Core.Calls;
using CallCenter.Core.Figures;
using CallCenter.Core.Groups;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Figures;

internal sealed class FigureReader(
    IDbContextFactory<CallCenterDbContext> contexts, ITenantContext tenant, ICaller caller, ICallReaches reaches, FigureStore store) : IFigures
{
    private const int MostDaysByHour = 400;

    private readonly FigureCells _cells = new(store);

    public async Task<Result<FigureReport>> ReadAsync(FigureQuery query, CancellationToken cancellationToken = default)
    {
        if (Refuse(query) is { } error)
        {
            return error;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await FindAsync(db, query, query.Step is FigureStep.Quarter or FigureStep.Hour, query.Step is not null, null, cancellationToken);
        return found.Error is { } refused ? refused : Lines(query, found.Value);
    }

    public async Task<Result<FigureHeatMap>> ReadHeatMapAsync(FigureQuery query, CancellationToken cancellationToken = default)
    {
        var hourly = query with { Step = FigureStep.Hour, By = null, WithLongestWait = false };
        if (Refuse(query with { Step = null }) is { } error)
        {
            return error;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await FindAsync(db, hourly, byQuarter: true, byTime: true, null, cancellationToken);
        if (found.Error is { } refused)
        {
            return refused;
        }

        var (cells, basis, _) = found.Value;
        var time = new FigureTime(Zone);
        var figures = new CallFigures[7, 24];
        var days = new int[7, 24];
        foreach (var day in Days(query))
        {
            var (first, end) = time.QuartersOf(day);
            foreach (var hour in Enumerable.Range(first, end - first).Select(quarter => Local(quarter).Hour).Distinct())
            {
                days[(int)day.DayOfWeek, hour]++;
            }
        }

        foreach (var cell in cells)
        {
            var local = Local(cell.At);
            var at = ((int)local.DayOfWeek, local.Hour);
            figures[at.Item1, at.Hour] = (figures[at.Item1, at.Hour] ?? CallFigures.None) + cell.Figures;
        }

        var map =
            from weekday in Enumerable.Range(1, 7).Select(day => day % 7)
            from hour in Enumerable.Range(0, 24)
            select new FigureHeatCell(
                (DayOfWeek)weekday, hour, days[weekday, hour], figures[weekday, hour] ?? CallFigures.None, Filter(query) with { Weekday = (DayOfWeek)weekday, Hour = hour });
        return new FigureHeatMap(query, basis, Total(query, found.Value), [.. map]);

        DateTime Local(int quarter) => TimeZoneInfo.ConvertTimeFromUtc(FigureTime.StartOf(quarter), Zone);
    }

    public async Task<Result<AgentReport>> ReadAgentsAsync(FigureQuery query, CancellationToken cancellationToken = default)
    {
        if (Refuse(query with { Step = query.Step is FigureStep.Quarter or FigureStep.Hour ? FigureStep.Day : query.Step }) is { } error)
        {
            return error;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await AgentLines.ReadAsync(db, store, query, await reaches.ReadAsync(cancellationToken), await BasisAsync(db, query, FigureSource.RollUps, [], cancellationToken), cancellationToken);
    }

    public async Task<Result<RepeatCallers>> ReadRepeatCallersAsync(FigureQuery query, CancellationToken cancellationToken = default)
    {
        if (Refuse(query) is { } error)
        {
            return error;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var calls = Calls(db, query, await reaches.ReadAsync(cancellationToken)).NarrowToSet(new CallFilter { Set = CallSet.Offered });
        var callers = calls.Where(call => call.OutsideE164 > 0).GroupBy(call => call.OutsideE164).Select(same => same.Count());
        var sums = await callers.GroupBy(_ => 1)
            .Select(all => new { Callers = all.Count(), Repeat = all.Sum(count => count > 1 ? 1 : 0), Calls = all.Sum() })
            .SingleOrDefaultAsync(cancellationToken);
        return sums is null ? new RepeatCallers(0, 0, 0) : new RepeatCallers(sums.Repeat, sums.Calls - sums.Callers, sums.Callers);
    }

    /// <summary>Cells of a question; for the dashboard and the preview of a rule too, which bring ranges or targets of their own.</summary>
    public async Task<Result<FigureFinding>> FindAsync(
        CallCenterDbContext db,
        FigureQuery query,
        bool byQuarter,
        bool byTime,
        IReadOnlyList<(int First, int End)>? quarters,
        CancellationToken cancellationToken,
        Func<FigureTargets, FigureTargets>? change = null)
    {
        var time = new FigureTime(Zone);
        var targets = await FigureTargets.ReadAsync(db, cancellationToken);
        targets = change is null ? targets : change(targets);
        var reach = await reaches.ReadAsync(cancellationToken);
        var kind = FigureCells.KindFor(query, byQuarter);
        List<FigureCell> cells;
        if (reach.All && kind is { } known)
        {
            var ranges = quarters ?? [byQuarter
                ? (time.QuartersOf(query.From).First, time.QuartersOf(query.To).End)
                : (query.From.DayNumber, query.To.DayNumber + 1)];
            cells = await _cells.ReadAsync(db, query, known, ranges, byQuarter, byTime, targets, cancellationToken);
        }
        else if (quarters is null && query.To.DayNumber - query.From.DayNumber >= FigureErrors.MostCountedDays)
        {
            return FigureErrors.RangeTooLong;
        }
        else
        {
            cells = [];
            foreach (var (first, end) in quarters ?? [(time.QuartersOf(query.From).First, time.QuartersOf(query.To).End)])
            {
                var (from, to) = (FigureTime.StartOf(first), FigureTime.StartOf(end));
                var calls = Calls(db, query, reach, between: (from, to));
                cells.AddRange(await FigureCells.CountAsync(db, calls, query, time, byQuarter, byTime, targets, cancellationToken));
            }
        }

        var rules = cells.Where(cell => cell.Target is not null).Select(cell => cell.Target!.Value).Distinct().ToList();
        var source = reach.All && kind is not null ? FigureSource.RollUps : FigureSource.Calls;
        return new FigureFinding(cells, await BasisAsync(db, query, source, rules, cancellationToken), targets);
    }

    private TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(tenant.Tenant.TimeZoneId);

    private Error? Refuse(FigureQuery query)
    {
        if (!caller.May(Permissions.Reports.View))
        {
            return AccessErrors.Denied;
        }

        if (query.From > query.To)
        {
            return FigureErrors.RangeBackwards;
        }

        var longest = query.Step switch { FigureStep.Quarter => FigureErrors.MostCountedDays, FigureStep.Hour => MostDaysByHour, _ => FigureErrors.MostDays };
        return query.To.DayNumber - query.From.DayNumber >= longest ? FigureErrors.RangeTooLong : null;
    }

    private async Task<FigureBasis> BasisAsync(
        CallCenterDbContext db, FigureQuery query, FigureSource source, IReadOnlyList<ServiceLevelTarget> rules, CancellationToken cancellationToken)
    {
        var asOf = await db.Set<CdrSyncState>().Where(state => state.LastSucceededAtUtc != null).MinAsync(state => state.LastSucceededAtUtc, cancellationToken);
        var state = await db.Set<FigureState>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return new FigureBasis(LocalDay.StartUtc(query.From, Zone), LocalDay.EndUtc(query.To, Zone), tenant.Tenant.TimeZoneId, asOf, source, rules)
        {
            CompleteSinceUtc = source == FigureSource.RollUps && state?.FillDay is { } day ? LocalDay.EndUtc(day, Zone) : null,
        };
    }

    private IQueryable<Call> Calls(CallCenterDbContext db, FigureQuery query, CallReach reach, (DateTime From, DateTime To)? between = null)
    {
        var (from, to) = between ?? (LocalDay.StartUtc(query.From, Zone), LocalDay.EndUtc(query.To, Zone));
        var calls = db.Set<Call>().AsNoTracking().Where(call => call.StartedAtUtc >= from && call.StartedAtUtc < to).Within(db, reach);
        if (query.Agent is { } agent)
        {
            calls = calls.Where(call => db.Set<CallParticipant>().Any(part => part.CallId == call.Id && part.Extension == agent));
        }

        if (query.Queue is { } queue)
        {
            calls = calls.Where(call => call.Queue == queue);
        }

        if (query.Trunk is { } trunk)
        {
            calls = calls.Where(call => call.Trunk == trunk);
        }

        if (query.Did is { } did)
        {
            calls = calls.Where(call => call.ToNumber == did && call.Direction == Core.Telephony.CallDirection.Inbound);
        }

        if (query.Direction is { } direction)
        {
            calls = calls.Where(call => call.Direction == direction);
        }

        return query.RingGroup is { } group ? calls.Where(call => call.Via == group && call.Queue != group) : calls;
    }

    private FigureReport Lines(FigureQuery query, FigureFinding found)
    {
        var byQuarter = query.Step is FigureStep.Quarter or FigureStep.Hour;
        var steps = query.Step is null ? null : FigureSteps.Of(query, byQuarter, new FigureTime(Zone), Weekdays.FirstOf(tenant.Tenant.CountryCode));
        var sums = new Dictionary<(int Place, string Key), (CallFigures Figures, HashSet<ServiceLevelTarget> Targets)>();
        if (steps is not null && query.By is null)
        {
            for (var place = 0; place < steps.Spans.Count; place++)
            {
                sums[(place, "")] = (CallFigures.None, []);
            }
        }

        foreach (var cell in found.Cells)
        {
            var key = (steps?.PlaceOf(cell.At) ?? 0, cell.Key);
            var sum = sums.TryGetValue(key, out var known) ? known : (Figures: CallFigures.None, Targets: []);
            if (cell.Target is { } target)
            {
                sum.Targets.Add(target);
            }

            sums[key] = (sum.Figures + cell.Figures, sum.Targets);
        }

        var lines = sums.Where(sum => query.By is null || sum.Value.Figures.Calls > 0).Select(sum => Line(sum.Key.Place, sum.Key.Key, sum.Value.Figures, sum.Value.Targets));
        return new FigureReport(
            query,
            found.Basis,
            Total(query, found),
            [.. lines.OrderBy(line => line.StartUtc).ThenBy(line => line.Key.Length).ThenBy(line => line.Key, StringComparer.Ordinal)]);

        FigureLine Line(int place, string key, CallFigures figures, HashSet<ServiceLevelTarget> targets)
        {
            var span = steps?.Spans[place];
            var filter = span is { Listable: false } ? null : Narrow(Filter(query), query.By, key);
            if (filter is not null && span is not null)
            {
                filter = filter with { From = span.First, To = span.Last, Hour = span.Hour ?? filter.Hour };
            }

            var name = query.By switch
            {
                FigureDimension.Queue => found.Targets.NameOf(PbxGroupKind.Queue, key),
                FigureDimension.RingGroup => found.Targets.NameOf(PbxGroupKind.RingGroup, key),
                _ => key,
            };
            return new FigureLine(key, name, span?.StartUtc, span?.EndUtc, figures, targets.Count == 1 ? targets.Single() : null, filter);
        }
    }

    private static FigureLine Total(FigureQuery query, FigureFinding found) => new(
        "",
        "",
        null,
        null,
        found.Cells.Aggregate(CallFigures.None, (sum, cell) => sum + cell.Figures),
        found.Basis.Rules is [var only] ? only : null,
        query.By is null or FigureDimension.Direction or FigureDimension.Outcome ? Filter(query) : null);

    private static CallFilter Filter(FigureQuery query) => new()
    {
        From = query.From,
        To = query.To,
        Queue = query.Queue,
        RingGroup = query.RingGroup,
        Agent = query.Agent,
        Trunk = query.Trunk,
        Dialled = query.Did,
        Direction = query.Did is null ? query.Direction : Core.Telephony.CallDirection.Inbound,
        Country = query.Country,
    };

    private static CallFilter? Narrow(CallFilter filter, FigureDimension? by, string key) => by switch
    {
        null => filter,
        FigureDimension.Queue => filter with { Queue = key },
        FigureDimension.RingGroup => filter with { RingGroup = key },
        FigureDimension.Trunk => filter with { Trunk = key },
        FigureDimension.Did => filter with { Dialled = key, Direction = Core.Telephony.CallDirection.Inbound },
        FigureDimension.Direction => filter with { Direction = Enum.Parse<Core.Telephony.CallDirection>(key) },
        FigureDimension.Outcome => filter with { Outcome = Enum.Parse<CallOutcome>(key) },
        FigureDimension.Country => key.Length > 0 ? filter with { Country = key } : null,
        _ => null,
    };

    private static IEnumerable<DateOnly> Days(FigureQuery query)
    {
        for (var day = query.From; day <= query.To; day = day.AddDays(1))
        {
            yield return day;
        }
    }
}

/// <summary>Cells and what stands behind them.</summary>
internal sealed record FigureFinding(IReadOnlyList<FigureCell> Cells, FigureBasis Basis, FigureTargets Targets);

using CallCenter.Core.Calls;
using CallCenter.Core.Figures;
using CallCenter.Core.Primitives;
using CallCenter.Core.Reports;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Infrastructure.Recordings.Fetch;
using CallCenter.Infrastructure.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using NSubstitute;

namespace CallCenter.Tests.Reports;

public sealed class ReportServiceTests
{
    private static readonly TenantInfo Tenant = new(Guid.NewGuid(), "demo", "Demo", "Europe/Dublin", "IE", "en");
    private static readonly ReportAsk Ask = new(new DateOnly(2026, 2, 1), new DateOnly(2026, 2, 28));
    private static readonly FigureBasis Basis = new(DateTime.UnixEpoch, DateTime.UnixEpoch, "Europe/Dublin", DateTime.UnixEpoch, FigureSource.RollUps, []);

    private readonly IFigures _figures = Substitute.For<IFigures>();
    private readonly ScopeContext _scope = new();

    [Fact]
    public async Task Total_OfShares_IsComputedFromSumsAndNotAveraged()
    {
        Answer(Line("6500", Figures(offered: 1000, abandoned: 100)), Line("6501", Figures(offered: 10, abandoned: 9)));

        var table = (await Reports(TenantRole.Manager).ReadAsync("queues", Ask)).Value;

        var at = table.Columns.ToList().FindIndex(column => column.Key == "AbandonRate");
        Assert.Equal([0.1, 0.9], table.Rows.Select(row => Math.Round(row.Values[at]!.Value, 4)));
        Assert.Equal(109d / 1010, table.Total!.Values[at]!.Value, 6);
    }

    [Fact]
    public async Task Compare_RowsOfTheSameKey_StandSideBySide()
    {
        Answer(Line("6500", Figures(offered: 10)), Line("6501", Figures(offered: 5)));
        _figures.ReadAsync(Arg.Is<FigureQuery>(query => query.To < Ask.From), Arg.Any<CancellationToken>()).Returns(Report(Line("6501", Figures(offered: 7))));

        var table = (await Reports(TenantRole.Manager).ReadAsync("queues", Ask with { Compare = ReportCompare.Previous })).Value;

        Assert.Null(table.Rows[0].Before);
        Assert.Equal(7, table.Rows[1].Before![0]);
        Assert.Equal(7, table.Total!.Before![0]);
    }

    [Fact]
    public async Task Staffing_GoldenHour_NamesTheFewestAgentsThatReachTheGoal()
    {
        // field.md 4.4: 720 calls an hour of 240 s; 53 agents reach 75.18 %, 54 reach 81.72 %.
        var figures = Figures(offered: 1440) with { Answered = 1440, TalkSeconds = 1440 * 240 };
        _figures.ReadHeatMapAsync(default!, default).ReturnsForAnyArgs(new FigureHeatMap(Ask.Query, Basis, Line("", figures), [new FigureHeatCell(DayOfWeek.Monday, 9, 2, figures, null)]));

        var table = (await Reports(TenantRole.Manager).ReadAsync("staffing", Ask)).Value;

        var row = Assert.Single(table.Rows);
        Assert.Equal(240, table.HandleSeconds);
        Assert.Equal([720, 48, 54, Math.Ceiling(54 / 0.7)], row.Values.Take(4).Select(value => value!.Value));
        Assert.Equal(0.8172, row.Values[4]!.Value, 4);
        Assert.Equal(48d / 54, row.Values[5]!.Value, 6);
    }

    [Fact]
    public async Task ReadAsync_UnknownReportOrNoPermission_IsRefused()
    {
        Assert.Equal(ReportErrors.NotFound, (await Reports(TenantRole.Manager).ReadAsync("nonsense", Ask)).Error);
        Assert.Equal(AccessErrors.Denied, (await Agent().ReadAsync("queues", Ask)).Error);
    }

    private static CallFigures Figures(long offered, long abandoned = 0) => new() { Calls = offered, Offered = offered, Abandoned = abandoned, Answered = offered - abandoned };

    private static FigureLine Line(string key, CallFigures figures) => new(key, key, null, null, figures, null, new CallFilter { Queue = key });

    private static Result<FigureReport> Report(params FigureLine[] lines) =>
        new FigureReport(Ask.Query, Basis, Line("", lines.Aggregate(CallFigures.None, (sum, line) => sum + line.Figures)), lines);

    private void Answer(params FigureLine[] lines) => _figures.ReadAsync(default!, default).ReturnsForAnyArgs(Report(lines));

    private ReportService Reports(TenantRole role)
    {
        _scope.SignIn(Guid.NewGuid(), "someone", false, null);
        _scope.EnterTenant(Tenant, role);
        return new ReportService(
            _figures, new RecordingReport(Substitute.For<IDbContextFactory<CallCenterDbContext>>(), _scope, Substitute.For<ICallReaches>(), Options.Create(new RecordingFetchOptions()), TimeProvider.System),
            new QualityReport(Substitute.For<IDbContextFactory<CallCenterDbContext>>(), _scope, Substitute.For<ICallReaches>()),
            new AbandonedReport(Substitute.For<IDbContextFactory<CallCenterDbContext>>(), _scope, Substitute.For<ICallReaches>()), _scope, _scope);
    }

    private ReportService Agent()
    {
        var scope = new ScopeContext();
        scope.SignIn(Guid.NewGuid(), "agent", false, null);
        scope.EnterTenant(Tenant, TenantRole.Agent);
        return new ReportService(
            _figures, new RecordingReport(Substitute.For<IDbContextFactory<CallCenterDbContext>>(), scope, Substitute.For<ICallReaches>(), Options.Create(new RecordingFetchOptions()), TimeProvider.System),
            new QualityReport(Substitute.For<IDbContextFactory<CallCenterDbContext>>(), scope, Substitute.For<ICallReaches>()),
            new AbandonedReport(Substitute.For<IDbContextFactory<CallCenterDbContext>>(), scope, Substitute.For<ICallReaches>()), scope, scope);
    }
}

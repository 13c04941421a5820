using System.Globalization;
using Bunit;
using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Core.Figures;
using CallCenter.Core.Reports;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using CallCenter.Web.Features.Reports;
using CallCenter.Web.Shared.Charts;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;

namespace CallCenter.Tests.Reports;

public sealed class ReportPageTests : PortalContext
{
    private readonly IReports _reports = Substitute.For<IReports>();

    public ReportPageTests()
    {
        EnterAs(TenantRole.Manager);
        Services.AddSingleton(_reports);
    }

    [Fact]
    public void Read_Failed_SaysSoAndTriesAgain()
    {
        _reports.ReadAsync(default!, default!, default).ReturnsForAnyArgs(FigureErrors.RangeTooLong with { Field = null });
        var page = Open("queues");
        Assert.NotEmpty(page.FindAll(".failed"));

        Answer("queues", new ReportRow("6500", "Sales", [7], new CallFilter { Queue = "6500" }));
        page.Find(".failed button").Click();

        Assert.Contains("Sales (6500)", page.Markup, StringComparison.Ordinal);
        Assert.Contains("set=Offered", page.Find("tbody a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Days_AreAskedForOnlyWhereNoRangeNamesThem()
    {
        Answer("queues", new ReportRow("6500", "", [7], null));
        Assert.Empty(Open("queues").FindAll("#filter-from"));

        Navigation.NavigateTo("riyadh/reports/queues?range=last-week");
        Assert.Empty(Open("queues").FindAll("#filter-from"));

        // The days of the report that is shown are where changing them begins.
        Navigation.NavigateTo("riyadh/reports/queues?range=custom");
        var page = Open("queues");
        var today = DateOnly.FromDateTime(Now);
        Assert.Equal(today.AddDays(-29).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), page.Find("#filter-from").GetAttribute("value"));
        Assert.Equal(today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), page.Find("#filter-to").GetAttribute("value"));

        Navigation.NavigateTo("riyadh/reports/queues?from=2026-03-01");
        Assert.Equal("2026-03-01", Open("queues").Find("#filter-from").GetAttribute("value"));
    }

    [Fact]
    public void Hours_AreDrawnByTheSharedHeatMapThatLeadsToTheCalls()
    {
        Answer("hours", [.. Enumerable.Range(0, 24).Select(hour => new ReportRow($"Monday-{hour}", "", [hour], new CallFilter { Weekday = DayOfWeek.Monday, Hour = hour }))]);

        var map = Open("hours").FindComponent<HeatMap>();

        Assert.Equal(23, map.FindAll("td a").Count);
        Assert.Contains("hour=23", map.FindAll("td a")[^1].GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Countries_HaveNames()
    {
        Answer("countries", new ReportRow("IE", "", [7], null), new ReportRow("", "", [2], null));

        Assert.Contains("Ireland", Open("countries").Find("tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Abandoned_ShowsWaitsThatLeadToTheCallsAndWhatBecameOfTheCallers()
    {
        var facts = new AbandonedFacts([new WaitBand(0, 5, 1), new WaitBand(300, null, 3)], 4, 2, 1, 0, 1, 754);
        Answer("abandoned", facts, new ReportRow(Now.ToString("O"), "", [7], null) { StartUtc = Now });

        var page = Open("abandoned");

        var link = page.FindAll(".report-abandoned a")[^1].GetAttribute("href");
        Assert.Contains("set=Abandoned", link, StringComparison.Ordinal);
        Assert.Contains("wait-min=300", link, StringComparison.Ordinal);
        Assert.Contains("50.0 %", page.FindAll(".report-abandoned")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("12:34", page.FindAll(".report-abandoned")[1].TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.FindComponent<TimeChart>());
    }

    private void Answer(string report, params ReportRow[] rows) => Answer(report, null, rows);

    private void Answer(string report, AbandonedFacts? facts, params ReportRow[] rows)
    {
        var table = new ReportTable(
            ReportCatalogue.Find(report)!, new ReportAsk(new DateOnly(2026, 2, 1), new DateOnly(2026, 2, 28)), "Asia/Riyadh", Now, [new ReportColumn("Offered", ExportCell.Number, CallSet.Offered, HasCalls: true)], rows, null)
        { Abandons = facts };
        _reports.ReadAsync(default!, default!, default).ReturnsForAnyArgs(table);
    }

    private IRenderedComponent<ReportPage> Open(string report) => Render<ReportPage>(page => page.Add(p => p.Slug, "riyadh").Add(p => p.Report, report));
}

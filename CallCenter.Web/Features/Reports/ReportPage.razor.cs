using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Core.Exports;
using CallCenter.Core.Figures;
using CallCenter.Core.Groups;
using CallCenter.Core.Primitives;
using CallCenter.Core.Reports;
using CallCenter.Core.Telephony;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Features.Calls;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CallCenter.Web.Features.Reports;

public sealed partial class ReportPage : ComponentBase, IDisposable
{
    private const string Custom = "custom";

    private static readonly string[] FilterNames = [.. ReportAskText.Names];

    /// <summary>Columns with a formula to tell.</summary>
    private static readonly string[] Explained =
    [
        "Offered", "AnsweredCalls", "Abandoned", "ShortAbandoned", "AbandonRate", "ServiceLevel", "SpeedOfAnswer", "AbandonTime", "HandleTime", "TransferRate", "AnswerRate", "Load", "Agents",
        "Scheduled", "ExpectedLevel", "Occupancy", "ExpectedWait",
    ];

    private readonly CancellationTokenSource _disposed = new();
    private CancellationTokenSource? _loading;
    private (string Report, ReportAsk Ask)? _asked;
    private Result<ReportTable>? _table;
    private string? _sort;
    private bool _descending = true;
    private string _path = "";

    /// <summary>First part of the address; the gate before this page has resolved it.</summary>
    [Parameter]
    public string Slug { get; set; } = "";

    /// <summary>Key of the report.</summary>
    [Parameter]
    public string Report { get; set; } = "";

    [Inject]
    public required IReports Reports { get; init; }

    [Inject]
    public required ITenantContext Tenant { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    private ReportInfo? Info => ReportCatalogue.Find(Report);

    private ReportAsk Ask => ReportAskText.Read(Navigation.Get, Display.Today, Weekdays.FirstOf(Tenant.Tenant.CountryCode));

    // A range that moves along names its days itself, the usual one too; fields beside it would be a second answer. Links from before ranges
    // name days alone.
    private bool IsCustom => Navigation.Get("range") == Custom
        || (Navigation.Get("range") is null && (Navigation.Get("from") is not null || Navigation.Get("to") is not null));

    private string MeasuredHandle => _table is { Succeeded: true, Value.HandleSeconds: { } seconds } ? Math.Round(seconds).ToString(CultureInfo.InvariantCulture) : "";

    private IReadOnlyList<(string Value, string Text)> RangeOptions => [.. CallFilterText.Ranges.Select(range => (range.Text, L[$"Range.{range.Range}"].Value)), (Custom, L["Range.Custom"].Value)];

    private IReadOnlyList<(string Value, string Text)> StepOptions =>
        [.. Enum.GetValues<FigureStep>().Where(step => step != FigureStep.Quarter).Select(step => (step.ToString(), L[$"Step.{step}"].Value))];

    private IReadOnlyList<(string Value, string Text)> CompareOptions =>
        [.. Enum.GetValues<ReportCompare>().Where(compare => compare != ReportCompare.None).Select(compare => (compare.ToString(), L[$"Compare.{compare}"].Value))];

    private IReadOnlyList<(string Value, string Text)> DirectionOptions =>
        [.. Enum.GetValues<CallDirection>().Select(direction => (direction.ToString(), Words[$"Value.direction.{direction}"].Value))];

    private IReadOnlyList<(string Value, string Text)> RuleOptions => [.. Enum.GetValues<ServiceLevelRule>().Select(rule => (rule.ToString(), L[$"Rule.{rule}"].Value))];

    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        _disposed.Cancel();
        _loading?.Dispose();
        _disposed.Dispose();
    }

    protected override void OnInitialized()
    {
        _path = PathOf(Navigation.Uri);
        Navigation.LocationChanged += OnLocationChanged;
    }

    protected override Task OnParametersSetAsync() => FollowAddressAsync();

    private static string PathOf(string uri) => new Uri(uri).AbsolutePath;

    private static bool IsEmpty(ReportTable table) => table.Rows.All(row => row.Values.All(value => value is null or 0));

    private void Set(string name, ChangeEventArgs change) => Navigation.SetFilter(name, (string?)change.Value);

    private void SortBy(string key) => (_sort, _descending) = (key, key != _sort || !_descending);

    private IReadOnlyList<ReportRow> Sorted(ReportTable table)
    {
        var at = table.Columns.ToList().FindIndex(column => column.Key == _sort);
        var shown = table.Report.Shape == ReportShape.Heat ? table.Rows.Where(row => row.Values.Any(value => value is > 0)) : table.Rows;
        return at < 0 ? [.. shown] : _descending ? [.. shown.OrderByDescending(row => row.Values[at])] : [.. shown.OrderBy(row => row.Values[at])];
    }

    private string NameOf(ReportTable table, ReportRow row)
    {
        if (row.StartUtc is { } start)
        {
            return table.Ask.Step switch
            {
                FigureStep.Hour => Display.DateTime(start),
                FigureStep.Month => Display.Month(start),
                _ => Display.Date(start),
            };
        }

        if (table.Report.Shape == ReportShape.Heat)
        {
            var (day, hour) = HeatOf(row);
            return $"{Words[$"Value.weekday.{day}"]} {Display.Digits(hour.ToString("00", CultureInfo.InvariantCulture))}:00";
        }

        return table.Report.Key switch
        {
            "directions" => Words[$"Value.direction.{row.Key}"],
            "outcomes" => Words[$"Value.outcome.{row.Key}"],
            "countries" when row.Key.Length == 2 => Countries.Of(row.Key),
            _ when row.Key.Length == 0 => Words["Value.none"],
            _ when row.Name.Length > 0 => $"{row.Name} ({row.Key})",
            _ => row.Key,
        };
    }

    private static (DayOfWeek Day, int Hour) HeatOf(ReportRow row)
    {
        var parts = row.Key.Split('-');
        return (Enum.Parse<DayOfWeek>(parts[0]), int.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private string TextOf(ReportColumn column, double? value) => value switch
    {
        null => "–",
        { } share when column.Cell == ExportCell.Percent => Display.Digits((share * 100).ToString("0.0", CultureInfo.InvariantCulture)) + " %",
        { } seconds when column.Cell == ExportCell.Duration => Display.Duration((int)Math.Round(seconds)),
        { } fraction when column.Cell == ExportCell.Fraction => Display.Digits(fraction.ToString("0.##", CultureInfo.InvariantCulture)),
        { } bytes when column.Cell == ExportCell.Bytes => Display.Bytes((long)bytes),
        { } number => Display.Number((long)Math.Round(number)),
    };

    /// <summary>The very calls behind a figure; null where no list says it.</summary>
    private string? HrefOf(ReportColumn column, ReportRow row) =>
        column.HasCalls && row.Calls is { } filter ? CallAddress.For(Slug, column.Narrow(filter)) : null;

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        if (PathOf(change.Location) == _path)
        {
            _ = InvokeAsync(() => GuardAsync(FollowAddressAsync));
        }
    }

    private Task FollowAddressAsync()
    {
        StateHasChanged();
        return Info is null || _asked == (Report, Ask) ? Task.CompletedTask : LoadAsync();
    }

    private async Task LoadAsync()
    {
        _loading?.Cancel();
        _loading?.Dispose();
        _loading = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        var token = _loading.Token;
        var ask = Ask;
        _asked = (Report, ask);
        try
        {
            var table = await Reports.ReadAsync(Report, ask, token);
            if (!token.IsCancellationRequested)
            {
                _table = table;
                StateHasChanged();
            }
        }
        catch (Exception) when (token.IsCancellationRequested)
        {
            // A newer question is asked, or the page is gone. Providers word a cancelled query differently.
        }
    }

    private async Task GuardAsync(Func<Task> act)
    {
        try
        {
            if (!_disposed.IsCancellationRequested)
            {
                await act();
            }
        }
        catch (Exception) when (_disposed.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception exception)
        {
            // Belongs to this circuit's error boundary, not to the navigation.
            await DispatchExceptionAsync(exception);
        }
    }
}

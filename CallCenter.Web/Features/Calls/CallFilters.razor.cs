using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Core.Clients;
using CallCenter.Core.Phones;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Core.Work;
using CallCenter.Web.Localization;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CallCenter.Web.Features.Calls;

public sealed partial class CallFilters : ComponentBase, IDisposable
{
    private const string Custom = "custom";
    private const int MostClients = 8;

    private readonly CancellationTokenSource _disposed = new();
    private bool _more;

    /// <summary>Names to choose from.</summary>
    [Parameter, EditorRequired]
    public CallNames Names { get; set; } = CallNames.None;

    /// <summary>Before the filters.</summary>
    [Parameter]
    public RenderFragment? Views { get; set; }

    /// <summary>After the filters.</summary>
    [Parameter]
    public RenderFragment? Columns { get; set; }

    [Inject]
    public required IClients Clients { get; init; }

    [Inject]
    public required ICallWork Work { get; init; }

    [Inject]
    public required DisplayFormat Display { get; init; }

    // Days without a range are links from before ranges, and from figures.
    private bool IsCustom => Navigation.Get("range") == Custom
        || (Navigation.Get("range") is null && (Navigation.Get("from") is not null || Navigation.Get("to") is not null));

    private IReadOnlyList<(string Value, string Text)> RangeOptions =>
        [.. CallFilterText.Ranges.Select(range => (range.Text, L[$"Range.{range.Range}"].Value)), (Custom, L["Range.Custom"].Value)];

    private IReadOnlyList<(string Value, string Text)> OutcomeOptions =>
        [.. Enum.GetValues<CallOutcome>().Select(outcome => (outcome.ToString(), L[CallTexts.KeyOf(outcome)].Value))];

    private IReadOnlyList<(string Value, string Text)> DirectionOptions =>
        [.. Enum.GetValues<CallDirection>().Select(direction => (direction.ToString(), L[CallTexts.KeyOf(direction)].Value))];

    private IReadOnlyList<(string Value, string Text)> CountryOptions =>
        [.. CountryTexts.All().Select(code => (code, CountryTexts.Of(code)))];

    private IReadOnlyList<(string Value, string Text)> WeekdayOptions
    {
        get
        {
            var first = (int)Weekdays.FirstOf(Scope.Tenant.CountryCode);
            return [.. Enumerable.Range(first, 7).Select(day => (DayOfWeek)(day % 7)).Select(day => (day.ToString(), CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName(day)))];
        }
    }

    private IReadOnlyList<(string Value, string Text)> HourOptions =>
        [.. Enumerable.Range(0, 24).Select(hour => (hour.ToString(CultureInfo.InvariantCulture), Display.Digits($"{hour:00}:00")))];

    public void Dispose()
    {
        Navigation.LocationChanged -= Follow;
        _disposed.Cancel();
        _disposed.Dispose();
    }

    protected override void OnInitialized()
    {
        // What is in force and not among the usual ones is not hidden.
        _more = CallFilterText.Names.Except(["q", "client", "range", "from", "to", "outcome", "direction"]).Any(name => Navigation.Get(name) is not null);
        Navigation.LocationChanged += Follow;
    }

    private void Follow(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(StateHasChanged);

    private async Task<IReadOnlyList<PickOption>> ClientsAsync(string text)
    {
        var found = await Clients.SearchAsync(new ClientFilter { Text = text }, count: MostClients, cancellationToken: _disposed.Token);
        return found.Succeeded
            ? [.. found.Value.Rows.Select(client => new PickOption(client.Id.ToString(), client.DisplayName, client.Numbers.Count > 0 ? PhoneGrouping.Group(PhoneNumbers.Text(client.Numbers[0])) : "") { Name = "client-id" })]
            : [];
    }

    private async Task<IReadOnlyList<PickOption>> TagsAsync(string text)
    {
        var found = await Work.SuggestTagsAsync(text, _disposed.Token);
        return found.Succeeded ? [.. found.Value.Select(tag => new PickOption(tag.Text, tag.Text))] : [];
    }

    private IReadOnlyList<(string Value, string Text)> Seconds(params int[] seconds) =>
        [.. seconds.Select(value => (value.ToString(CultureInfo.InvariantCulture), Display.Duration(value)))];

    private IReadOnlyList<(string Value, string Text)> YesNo(string yes, string no) => [("yes", L[yes].Value), ("no", L[no].Value)];
}

using System.Globalization;
using CallCenter.Core.Calls;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;
using CallCenter.Web.Localization;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace CallCenter.Web.Features.Calls;

public sealed partial class CallFilters : ComponentBase, IDisposable
{
    private const string Custom = "custom";

    private bool _more;

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

    public void Dispose() => Navigation.LocationChanged -= Follow;

    protected override void OnInitialized()
    {
        // What is in force and not among the usual ones is not hidden.
        _more = CallFilterText.Names.Except(["q", "client", "range", "from", "to", "outcome", "direction"]).Any(name => Navigation.Get(name) is not null);
        Navigation.LocationChanged += Follow;
    }

    private void Follow(object? sender, LocationChangedEventArgs change) => _ = InvokeAsync(StateHasChanged);

    private IReadOnlyList<(string Value, string Text)> Seconds(params int[] seconds) =>
        [.. seconds.Select(value => (value.ToString(CultureInfo.InvariantCulture), Display.Duration(value)))];

    private IReadOnlyList<(string Value, string Text)> YesNo(string yes, string no) => [("yes", L[yes].Value), ("no", L[no].Value)];
}

using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace CallCenter.Web.Shared;

/// <summary>Filters live in the address, so that they survive reloads and can be shared.</summary>
public static class QueryText
{
    /// <summary>Name of the parameter with the key of a page of a list.</summary>
    public const string PageKey = "page";

    // The address changes when the browser has answered. What is chosen before that stands beside what was chosen before, not in its place.
    private static readonly ConditionalWeakTable<NavigationManager, Way> Ways = [];

    /// <summary>Value of a query parameter of the current address; null when absent or empty.</summary>
    public static string? Get(this NavigationManager navigation, string name)
    {
        var query = QueryHelpers.ParseQuery(navigation.ToAbsoluteUri(navigation.Uri).Query);
        return query.TryGetValue(name, out var values) && values.LastOrDefault() is { Length: > 0 } value ? value : null;
    }

    /// <summary>A day of the current address, <c>yyyy-MM-dd</c>; null when absent or not a day.</summary>
    public static DateOnly? GetDay(this NavigationManager navigation, string name) =>
        DateOnly.TryParseExact(navigation.Get(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>An enum value of the current address by its name, case ignored; null when absent or unknown.</summary>
    public static TEnum? Get<TEnum>(this NavigationManager navigation, string name)
        where TEnum : struct, Enum =>
        navigation.Get(name) is { } text && !int.TryParse(text, out _) && Enum.TryParse<TEnum>(text, ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : null;

    /// <summary>Writes filters and goes back to the newest page. Replaces the address while the same filter is being changed.</summary>
    public static void SetFilters(this NavigationManager navigation, IReadOnlyDictionary<string, object?> filters, bool replace = false)
    {
        var changes = new Dictionary<string, object?>(filters, StringComparer.Ordinal) { [PageKey] = null };
        Go(navigation, address => navigation.GetUriWithQueryParameters(address, changes), replace);
    }

    /// <summary>Writes one filter; null or empty takes it away.</summary>
    public static void SetFilter(this NavigationManager navigation, string name, string? value, bool replace = false) =>
        navigation.SetFilters(new Dictionary<string, object?>(StringComparer.Ordinal) { [name] = string.IsNullOrWhiteSpace(value) ? null : value.Trim() }, replace);

    /// <summary>Writes a parameter that is no filter; the page of the list stays. Null takes it away.</summary>
    public static void SetParameter(this NavigationManager navigation, string name, string? value, bool replace = false) =>
        Go(navigation, address => navigation.GetUriWithQueryParameters(address, new Dictionary<string, object?>(StringComparer.Ordinal) { [name] = value }), replace);

    /// <summary>Goes to another path with the parameters of this one, as a list's detail has: what the list shows stays.</summary>
    /// <param name="navigation">Of this circuit.</param>
    /// <param name="path">From the portal's root, without a slash at its beginning and without parameters.</param>
    public static void SetPath(this NavigationManager navigation, string path) =>
        Go(navigation, address => navigation.ToAbsoluteUri(path + new Uri(address).Query).AbsoluteUri, replace: false);

    /// <summary>Whoever was to go stays, as with unsaved changes: where they were sent is forgotten.</summary>
    public static void Stay(this NavigationManager navigation)
    {
        if (Ways.TryGetValue(navigation, out var way))
        {
            way.Stay();
        }
    }

    private static void Go(NavigationManager navigation, Func<string, string> change, bool replace)
    {
        var way = Ways.GetValue(navigation, manager => new Way(manager));
        var next = change(way.To ?? navigation.Uri);
        way.Leave(next);
        navigation.NavigateTo(next, replace: replace);
    }

    /// <summary>Where one circuit's browser was sent and has not arrived.</summary>
    private sealed class Way
    {
        private readonly HashSet<string> _between = new(StringComparer.Ordinal);

        public Way(NavigationManager navigation) => navigation.LocationChanged += (_, change) => Arrive(change.Location);

        /// <summary>Null when it stands still.</summary>
        public string? To { get; private set; }

        public void Leave(string next)
        {
            if (To is { } before)
            {
                _between.Add(before);
            }

            To = next;
        }

        public void Stay()
        {
            To = null;
            _between.Clear();
        }

        private void Arrive(string address)
        {
            if (address == To || !_between.Remove(address))
            {
                // There, or gone elsewhere by a link, by "back" or by hand.
                Stay();
            }
        }
    }
}

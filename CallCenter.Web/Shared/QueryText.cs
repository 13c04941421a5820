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

    // The address changes when the browser has answered. A filter chosen before that stands beside the one before, not in its place.
    private static readonly ConditionalWeakTable<NavigationManager, Way> OnTheWay = [];

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
        var now = navigation.Uri;
        var going = OnTheWay.TryGetValue(navigation, out var way) && way.From == now ? way.To : now;
        var next = navigation.GetUriWithQueryParameters(going, changes);
        OnTheWay.AddOrUpdate(navigation, new Way(now, next));
        navigation.NavigateTo(next, replace: replace);
    }

    /// <summary>Writes one filter; null or empty takes it away.</summary>
    public static void SetFilter(this NavigationManager navigation, string name, string? value, bool replace = false) =>
        navigation.SetFilters(new Dictionary<string, object?>(StringComparer.Ordinal) { [name] = string.IsNullOrWhiteSpace(value) ? null : value.Trim() }, replace);

    private sealed record Way(string From, string To);
}

using CallCenter.Core.Extensions;
using CallCenter.Web.Shared;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Web.Features.Extensions;

/// <summary>The list's state in the address: filters, order, page, and whose detail is open.</summary>
public static class ExtensionsAddress
{
    /// <summary>Query parameters that filter.</summary>
    public static readonly IReadOnlyList<string> Filters = ["q", "state", "registered", "web", "origin", "assigned", "attention", "run"];

    /// <summary>What the list of this address shows.</summary>
    public static ExtensionQuery Query(NavigationManager navigation) => new()
    {
        Search = navigation.Get("q") ?? "",
        State = navigation.Get<ExtensionState>("state"),
        Registered = YesNo(navigation, "registered"),
        WebPhone = YesNo(navigation, "web"),
        Origin = navigation.Get<ExtensionOrigin>("origin"),
        Assigned = YesNo(navigation, "assigned"),
        Attention = navigation.Get("attention") is not null,
        RunId = Guid.TryParse(navigation.Get("run"), out var run) ? run : null,
        Sort = navigation.Get<ExtensionSort>("sort") ?? ExtensionSort.Number,
        Descending = navigation.Get("desc") is not null,
        Page = int.TryParse(navigation.Get(QueryText.PageKey), out var page) && page > 0 ? page : 1,
    };

    /// <summary>True for addresses of the list and of details, whatever the query.</summary>
    public static bool Holds(string slug, string uri) => Rest(slug, uri) is { } rest && (rest.Length == 0 || Guid.TryParse(rest, out _));

    /// <summary>Key of the extension whose detail the address shows; null for the list alone.</summary>
    public static Guid? Opened(string slug, string uri) => Guid.TryParse(Rest(slug, uri), out var id) ? id : null;

    /// <summary>The path of a detail, or of the list alone.</summary>
    public static string PathOf(string slug, Guid? id) => id is { } key ? $"{slug}/extensions/{key}" : $"{slug}/extensions";

    private static bool? YesNo(NavigationManager navigation, string name) => navigation.Get(name) switch
    {
        "yes" => true,
        "no" => false,
        _ => null,
    };

    /// <summary>What follows <c>/slug/extensions</c>, without slashes; null for other addresses.</summary>
    private static string? Rest(string slug, string uri)
    {
        var path = new Uri(uri).AbsolutePath.TrimEnd('/');
        var root = $"/{slug}/extensions";
        var at = path.IndexOf(root, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : path[(at + root.Length)..].TrimStart('/');
    }
}

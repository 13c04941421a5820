using CallCenter.Core.Calls;

namespace CallCenter.Web.Features.Calls;

/// <summary>Addresses of the history, relative to the portal's base.</summary>
public static class CallAddress
{
    /// <summary>The list, narrowed: where a figure leads to the very calls behind it.</summary>
    public static string For(string slug, CallFilter filter)
    {
        var query = string.Join('&', CallFilterText.Write(filter).Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        return query.Length == 0 ? $"{slug}/calls" : $"{slug}/calls?{query}";
    }

    /// <summary>Name of the value that says which saved view it is.</summary>
    public const string ViewKey = "view";

    /// <summary>Everything in the address that says what the list shows.</summary>
    public static readonly IReadOnlyList<string> Names = [.. CallFilterText.Names, CallColumns.Key, ViewKey];

    /// <summary>A saved view.</summary>
    public static string For(string slug, CallViewRow view) => For(slug, view.Query, view.Id);

    /// <summary>What a view shows, under its name.</summary>
    public static string For(string slug, string query, Guid viewId) =>
        query.Length == 0 ? $"{slug}/calls?{ViewKey}={viewId}" : $"{slug}/calls?{query}&{ViewKey}={viewId}";

    /// <summary>One call.</summary>
    public static string For(string slug, Guid callId) => $"{slug}/calls/{callId}";
}

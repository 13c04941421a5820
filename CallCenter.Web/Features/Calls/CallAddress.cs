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

    /// <summary>One call.</summary>
    public static string For(string slug, Guid callId) => $"{slug}/calls/{callId}";
}

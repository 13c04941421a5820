using System.Security.Cryptography;

namespace CallCenter.Web.Diagnostics;

/// <summary>Reference numbers: on the page for people, in the log for whoever looks into it.</summary>
internal static class Correlation
{
    /// <summary>Name of the property in the log.</summary>
    public const string Property = "CorrelationId";

    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static readonly object Key = new();

    /// <summary>A new number such as <c>7F3A-91CQ-2B4D</c>: easy to read out, unlikely to repeat.</summary>
    public static string New()
    {
        var text = RandomNumberGenerator.GetString(Alphabet, 12);
        return $"{text[..4]}-{text[4..8]}-{text[8..]}";
    }

    /// <summary>The request's number; the same one after an error was re-executed.</summary>
    public static string Of(HttpContext context)
    {
        if (context.Items.TryGetValue(Key, out var known) && known is string id)
        {
            return id;
        }

        var fresh = New();
        context.Items[Key] = fresh;
        return fresh;
    }
}

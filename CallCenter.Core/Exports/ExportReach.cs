using System.Security.Cryptography;
using System.Text;
using CallCenter.Core.Calls;

namespace CallCenter.Core.Exports;

/// <summary>A <see cref="CallReach"/> as text, and whether one covers another.</summary>
public static class ExportReach
{
    private const string Everything = "*";

    /// <summary><c>*</c>, or extensions, queues and people: <c>1001,1002|6500</c>; the digest of one too long to keep.</summary>
    public static string Write(CallReach reach)
    {
        if (reach.All)
        {
            return Everything;
        }

        var text = $"{string.Join(',', reach.Extensions.Order(StringComparer.Ordinal))}|{string.Join(',', reach.Queues.Order(StringComparer.Ordinal))}";
        if (reach.Holders.Count > 0)
        {
            text += $"|{string.Join(',', reach.Holders.Select(holder => holder.ToString("N")).Order(StringComparer.Ordinal))}";
        }

        return text.Length <= Export.ReachMaxLength ? text : "#" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Whether somebody with <paramref name="reach"/> sees at least what the text says.</summary>
    public static bool IsWithin(string text, CallReach reach)
    {
        if (reach.All)
        {
            return true;
        }

        // A digest tells nothing of what is in it, so only the very same reach covers it.
        if (text == Everything || text.StartsWith('#'))
        {
            return text == Write(reach);
        }

        var parts = text.Split('|');
        return parts.Length is 2 or 3 && Words(parts[0]).All(reach.Extensions.Contains) && Words(parts[1]).All(reach.Queues.Contains)
            && (parts.Length == 2 || Words(parts[2]).All(holder => reach.Holders.Any(known => known.ToString("N") == holder)));
    }

    private static string[] Words(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);
}

using System.Text.Json;
using CallCenter.Core.Extensions;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm.Accounts;

/// <summary>Answers about accounts and users, whatever shape a firmware gives them. Pure.</summary>
internal static class UcmAccountReader
{
    /// <summary>A row of listAccount; null for one without a number.</summary>
    public static PbxExtensionLine? Line(JsonElement row)
    {
        var number = row.Text(UcmExtensionFields.Number);
        if (!IsNumber(number))
        {
            return null;
        }

        var kind = row.Text("account_type");
        var (address, model) = Contact(row.Text("addr"));
        return new PbxExtensionLine(
            number,
            row.Text(UcmExtensionFields.FullName),
            kind,
            kind.Contains("WebRTC", StringComparison.OrdinalIgnoreCase),
            Status(row.Text("status"), address.Length > 0),
            address,
            model,
            OutOfService: IsOn(row.Text("out_of_service")),
            Locked: IsOn(row.Text("lockflag")));
    }

    /// <summary>
    /// The account in an answer to getSIPAccount: the object <c>extension</c>, the first of <c>sip_account</c>, or the answer itself.
    /// </summary>
    /// <returns>The account; null when the answer says that there is none; an undefined element when it cannot be understood.</returns>
    public static JsonElement? Account(JsonElement response, string number)
    {
        if (!TryFirst(response, out var found, UcmExtensionFields.Number, "sip_account") && response.Text(UcmExtensionFields.Number).Length > 0)
        {
            found = response;
        }

        if (found.ValueKind != JsonValueKind.Object)
        {
            return response.ValueKind == JsonValueKind.Object && SaysNone(response) ? null : default(JsonElement);
        }

        if (!found.EnumerateObject().Any())
        {
            return null;
        }

        // The account of somebody else is worse than none.
        return found.Text(UcmExtensionFields.Number) is var said && (said.Length == 0 || said == number) ? found : default(JsonElement);
    }

    /// <summary>The user in an answer to getUser; null when there is none.</summary>
    public static JsonElement? User(JsonElement response) =>
        TryFirst(response, out var found, "user_name", "user_id", "user") && found.EnumerateObject().Any() ? found
        : response.Text("user_name").Length > 0 ? response
        : null;

    /// <summary>Numbers in rows of any list: extensions, users, queues, groups, menus.</summary>
    public static string? TakenNumber(JsonElement row)
    {
        foreach (var column in (ReadOnlySpan<string>)["extension", "user_name", "number", "conference_number"])
        {
            if (row.Text(column) is { Length: > 0 } text && IsNumber(text))
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>"192.0.2.10:5060 (GXP1625)", the first where there are several; empty for "-".</summary>
    public static (string Address, string Model) Contact(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (comma >= 0 && (open < 0 || comma < open))
        {
            (text, open) = (text[..comma], -1);
        }

        var address = (open < 0 ? text : text[..open]).Trim();
        if (address.Length == 0 || address.All(c => c is '-' or ' '))
        {
            return ("", "");
        }

        var close = open < 0 ? -1 : text.IndexOf(')', open);
        var model = open < 0 ? "" : close < 0 ? text[(open + 1)..] : text[(open + 1)..close];
        return (Short(address), Short(model.Trim()));
    }

    /// <summary>What the line does. Of a word nobody knows the address decides.</summary>
    public static LineStatus Status(string word, bool hasAddress) => Letters(word) switch
    {
        "UNAVAILABLE" or "UNREGISTERED" or "OFFLINE" or "UNREACHABLE" or "INVALID" => LineStatus.Offline,
        "IDLE" or "REGISTERED" or "REACHABLE" or "NOTINUSE" or "ONLINE" => LineStatus.Idle,
        "RINGING" or "RING" => LineStatus.Ringing,
        "INUSE" or "RINGINUSE" or "ONHOLD" or "HOLD" => LineStatus.InUse,
        "BUSY" => LineStatus.Busy,
        _ => hasAddress ? LineStatus.Idle : LineStatus.Offline,
    };

    private static bool SaysNone(JsonElement response) =>
        response.TryFindProperty(UcmExtensionFields.Number, out var extension) && extension.ValueKind is JsonValueKind.Null or JsonValueKind.Array
        || (response.TryFindProperty("sip_account", out var accounts) && accounts.ValueKind is JsonValueKind.Null or JsonValueKind.Array);

    private static bool TryFirst(JsonElement response, out JsonElement found, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (response.Find(name) is { } value)
            {
                found = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().FirstOrDefault(e => e.ValueKind == JsonValueKind.Object) : value;
                if (found.ValueKind == JsonValueKind.Object)
                {
                    return true;
                }
            }
        }

        found = default;
        return false;
    }

    private static bool IsNumber(string text) => text.Length is > 0 and <= Extension.NumberMaxLength && text.All(char.IsAsciiDigit);

    private static bool IsOn(string text) => text.ToUpperInvariant() is "YES" or "1" or "TRUE" or "ON";

    private static string Short(string text) => text.Length <= ExtensionPresence.TextMaxLength ? text : text[..ExtensionPresence.TextMaxLength];

    private static string Letters(string word) => string.Concat(word.Where(char.IsAsciiLetter)).ToUpperInvariant();
}

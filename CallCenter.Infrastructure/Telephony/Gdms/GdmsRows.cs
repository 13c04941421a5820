using System.Globalization;
using System.Text.Json;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Infrastructure.Telephony.Ucm;

namespace CallCenter.Infrastructure.Telephony.Gdms;

/// <summary>Rows of lists, tolerant of the names and types seen in the wild. Pure; never throws.</summary>
internal static class GdmsRows
{
    /// <summary>The list of an answer: in <c>data.result</c>, as <c>data</c> itself, or as <c>result</c> beside retCode. Null: none.</summary>
    public static IReadOnlyList<JsonElement>? Find(JsonElement root)
    {
        var data = root.Find("data");
        var list = data is { ValueKind: JsonValueKind.Array } ? data : data?.Find("result") ?? root.Find("result");
        return list is { ValueKind: JsonValueKind.Array } rows ? [.. rows.EnumerateArray()] : null;
    }

    /// <summary>How many pages there are by the answer's own account; null when it does not say.</summary>
    public static int? Pages(JsonElement root) => root.Find("data")?.WholeNumber("pages") ?? root.WholeNumber("pages");

    public static GdmsOrganization? Organization(JsonElement row) =>
        Id(row, "id") is { } id ? new GdmsOrganization(id, First(row, "organization", "organizationName", "orgName", "name") ?? "") : null;

    public static GdmsSite? Site(JsonElement row) =>
        Id(row, "id") is { } id ? new GdmsSite(id, First(row, "siteName", "name") ?? "") : null;

    public static GdmsDevice? Device(JsonElement row, GdmsTimes? times = null)
    {
        var mac = MacText.Normalize(row.Text("mac"));
        return mac is null
            ? null
            : new GdmsDevice(
                mac,
                First(row, "sn"),
                row.Text("deviceName"),
                First(row, "productName", "deviceType") ?? "",
                Status(First(row, "status", "deviceStatus")),
                First(row, "publicIp"),
                First(row, "firmwareVersion"),
                Id(row, "siteId"),
                First(row, "siteName"))
            {
                PrivateAddress = First(row, "privateip", "privateIp"),
                AccountsRegistered = Flag(First(row, "accountStatus")),
                LastSeenUtc = times?.Read(First(row, "lastTime", "lastOnlineTime")),
                Synchronized = Flag(First(row, "isSynchronized")),
            };
    }

    /// <summary>The answer of device/account/status; null when it names no accounts at all.</summary>
    public static GdmsAccountState? AccountState(JsonElement data)
    {
        if (data.Find("sipAccountInfoList") is not { ValueKind: JsonValueKind.Array } list)
        {
            return null;
        }

        var accounts = list.EnumerateArray()
            .Select(row => First(row, "sipUserId", "userId", "account") is { } user
                ? new GdmsSipAccount(user, Flag(First(row, "status", "accountStatus")))
                : null)
            .OfType<GdmsSipAccount>();
        return new GdmsAccountState([.. accounts], Flag(First(data, "dnd")), data.Text("syncFailureMsg"));
    }

    /// <summary>User parts of the SIP accounts in a detail; null while the device itself has not answered.</summary>
    public static IReadOnlyList<string>? SipAccounts(JsonElement detail) =>
        detail.Find("sipAccountList") is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Select(a => First(a, "sipUserId", "userId", "account")).OfType<string>()]
            : null;

    private static GdmsDeviceStatus Status(string? value) => value switch
    {
        "1" => GdmsDeviceStatus.Online,
        "0" => GdmsDeviceStatus.Offline,
        "-1" => GdmsDeviceStatus.Abnormal,
        _ => GdmsDeviceStatus.Unknown,
    };

    private static bool? Flag(string? value) => value switch
    {
        "1" or "yes" => true,
        "0" or "no" => false,
        _ => null,
    };

    private static string? First(JsonElement row, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (row.Text(name) is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    private static long? Id(JsonElement row, string name) =>
        long.TryParse(row.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) ? id : null;
}

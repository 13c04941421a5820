using System.Text.Json;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Infrastructure.Telephony.Ucm;

namespace CallCenter.Infrastructure.Telephony.Gdms;

internal sealed class GdmsActs(GdmsClient client, GdmsWaits waits) : IGdmsActs
{
    // The one code of the vendor's table that was seen live.
    private const string SerialMismatchCode = "30010";
    private const int NoteMaxLength = 200;

    public DateTime? WaitingUntilUtc(GdmsAccount account) => waits.Until(account);

    public async Task<GdmsWrite> AddTaskAsync(
        GdmsAccount account, long? organizationId, GdmsTask task, string name, IReadOnlyList<string> macs, CancellationToken cancellationToken = default)
    {
        // MAC addresses go without colons here as in addresses: both forms are accepted.
        var body = new Dictionary<string, object> { ["taskName"] = name, ["taskType"] = (int)task, ["macList"] = macs, ["execType"] = 1 };
        if (organizationId is { } organization)
        {
            body["orgId"] = organization;
        }

        var reply = await client.WriteAsync(account, "task/add", body, cancellationToken);
        return Outcome(reply) with { TaskId = reply.Kind == GdmsReplyKind.Ok ? TaskIdOf(reply.Root) : null };
    }

    public async Task<GdmsWrite> AddDevicesAsync(
        GdmsAccount account, long? organizationId, long siteId, IReadOnlyList<GdmsNewDevice> devices, CancellationToken cancellationToken = default)
    {
        var body = devices.Select(device =>
        {
            var item = new Dictionary<string, object> { ["mac"] = device.Mac, ["sn"] = device.SerialNumber, ["siteId"] = siteId, ["deviceName"] = device.Name };
            if (organizationId is { } organization)
            {
                item["orgId"] = organization;
            }

            return item;
        }).ToList();
        var reply = await client.WriteAsync(account, "device/add", body, cancellationToken);
        if (reply.Kind != GdmsReplyKind.Ok)
        {
            return Outcome(reply);
        }

        // Accepted as a batch says nothing of its items. An answer that counts failures without naming them leaves the batch in doubt.
        var failures = FailuresOf(reply.Root, devices);
        var counted = reply.Root.Find("data")?.WholeNumber("failure");
        return failures is null || (counted is { } count && count != failures.Count)
            ? new GdmsWrite(GdmsFate.InDoubt, GdmsErrors.UnexpectedReply, null, failures ?? [])
            : Outcome(reply) with { Failures = failures };
    }

    public async Task<GdmsWrite> EditDeviceAsync(GdmsAccount account, string mac, string name, long? siteId, CancellationToken cancellationToken = default)
    {
        var body = new Dictionary<string, object> { ["mac"] = mac, ["deviceName"] = name };
        if (siteId is { } site)
        {
            body["siteId"] = site;
        }

        return Outcome(await client.WriteAsync(account, "device/edit", body, cancellationToken));
    }

    private static GdmsWrite Outcome(GdmsReply reply) => reply.Kind switch
    {
        GdmsReplyKind.Ok => new GdmsWrite(GdmsFate.Accepted, null, null, []),
        GdmsReplyKind.Unreachable or GdmsReplyKind.ServerError or GdmsReplyKind.Garbage when !reply.NotSent =>
            new GdmsWrite(GdmsFate.InDoubt, GdmsFailures.ErrorOf(reply), null, []),
        _ => new GdmsWrite(GdmsFate.Refused, GdmsFailures.ErrorOf(reply), null, []),
    };

    // The shape of the answer is not documented beyond "task id".
    private static string? TaskIdOf(JsonElement root)
    {
        var data = root.Find("data");
        var text = data is { ValueKind: JsonValueKind.Object } fields
            ? new[] { fields.Text("taskId"), fields.Text("id") }.FirstOrDefault(id => id.Length > 0) ?? ""
            : data?.AsText() ?? "";
        return text.Length is > 0 and <= Core.Devices.DeviceTask.GdmsIdMaxLength ? text : null;
    }

    // Null: the answer is not what a batch answers.
    private static List<GdmsItemFailure>? FailuresOf(JsonElement root, IReadOnlyList<GdmsNewDevice> devices)
    {
        if (root.Find("data") is not { ValueKind: JsonValueKind.Object } data)
        {
            return null;
        }

        if (data.Find("errorDeviceList") is not { ValueKind: JsonValueKind.Array } list)
        {
            return data.WholeNumber("failure") is > 0 ? null : [];
        }

        var sent = devices.Select(device => device.Mac).ToHashSet(StringComparer.Ordinal);
        var failures = new Dictionary<string, GdmsItemFailure>(StringComparer.Ordinal);
        foreach (var row in list.EnumerateArray())
        {
            if (MacText.Normalize(row.Text("mac")) is not { } mac || !sent.Contains(mac))
            {
                return null;
            }

            var note = row.Text("errorMsg") is { Length: > 0 } message ? message : row.Text("errorCode");
            var error = note.Contains(SerialMismatchCode, StringComparison.Ordinal) ? GdmsErrors.SerialMismatch : GdmsErrors.DeviceRefused;
            failures[mac] = new GdmsItemFailure(mac, error, note.Length <= NoteMaxLength ? note : note[..NoteMaxLength]);
        }

        return [.. failures.Values];
    }
}

using System.Text.Json.Nodes;

namespace CallCenter.Simulators.Gdms;

/// <summary>
/// The resources below <c>/oapi/v1.0.0/</c>. There are none for calls, recordings or PBX extensions: the real API has
/// none either, so they answer 404.
/// </summary>
internal sealed class GdmsEndpoints(GdmsWorld world)
{
    public GdmsReply Handle(string resource, GdmsCall call, GdmsQuirks quirks) => (resource, call.Method) switch
    {
        ("org/list", "GET") => Organizations(),
        ("site/list", "GET" or "POST") => Sites(call),
        ("device/list", "POST") => Devices(call, quirks),
        ("device/add", "POST") => AddDevices(call),
        ("device/edit", "POST") => EditDevice(call),
        ("device/detail", "GET" or "POST") => DeviceDetail(call, quirks),
        ("device/account/status", "GET" or "POST") => AccountStatus(call),
        ("device/account/info", "GET" or "POST") => AccountInfo(call),
        ("device/config/xml", "POST") => ConfigureDevice(call),
        ("sip/server/list", "GET" or "POST") => SipServers(call),
        ("sip/account/list", "GET" or "POST") => SipAccounts(call, quirks),
        ("template/group/list", "GET" or "POST") => TemplateGroups(call),
        ("task/add", "POST") => AddTask(call, quirks),
        ("org/list" or "device/list" or "device/add" or "device/edit" or "device/config/xml" or "task/add", _) =>
            GdmsReply.HttpError(405, "Method Not Allowed", call.Path),
        _ => GdmsReply.HttpError(404, "Not Found", call.Path),
    };

    private static GdmsReply Missing(string name) => GdmsReply.Fail(GdmsReply.BadParameter, $"{name} is missing or invalid");

    private static GdmsReply NoDevice() => GdmsReply.Fail(GdmsReply.NoSuchItem, "The device does not exist");

    private static object Row(SimulatedDevice device, IReadOnlyList<SimulatedSite> sites, GdmsQuirks quirks) => new
    {
        mac = GdmsWorld.ShowMac(device.Mac),
        sn = device.SerialNumber,
        deviceName = device.Name,
        productName = device.ProductName,
        status = device.Status,
        publicIp = device.PublicIp,
        // The lower-case i is the vendor's.
        privateip = device.PrivateIp,
        firmwareVersion = device.FirmwareVersion,
        siteId = device.SiteId,
        siteName = sites.FirstOrDefault(s => s.Id == device.SiteId)?.Name,
        accountStatus = device.SipAccounts.Count > 0 && device.Status == 1 ? 1 : 0,
        lastTime = device.LastSeen == default ? null : GdmsWorld.ShowTime(device.LastSeen, quirks.ShownTimeOffset),
        isSynchronized = device.Synchronized ? 1 : 0,
    };

    private GdmsReply Organizations() =>
        GdmsReply.Ok(new { result = world.Organizations.Select(o => new { id = o.Id, organization = o.Name }) });

    private GdmsReply Sites(GdmsCall call)
    {
        var organization = OrganizationOf(call);
        return GdmsReply.Page(call, [.. world.Sites.Where(s => s.OrganizationId == organization).Select(s => new { id = s.Id, siteName = s.Name })]);
    }

    private GdmsReply Devices(GdmsCall call, GdmsQuirks quirks)
    {
        var organization = OrganizationOf(call);
        var mac = call.Text("mac") is { Length: > 0 } text ? GdmsWorld.NormalizeMac(text) : null;
        var rows = world.Devices
            .Where(d => d.OrganizationId == organization)
            .Where(d => mac is null || d.Mac.Contains(mac, StringComparison.Ordinal))
            .Where(d => call.Number("siteId") is not { } site || d.SiteId == site)
            .Where(d => call.Text("type") is not { Length: > 0 } type || d.ProductName.Equals(type, StringComparison.OrdinalIgnoreCase))
            .Where(d => call.Number("projectId") is not { } project || d.IsPbx == (project == 3));
        return GdmsReply.Page(call, [.. rows.Select(d => Row(d, world.Sites, quirks))]);
    }

    // A batch: retCode is 0 even when every item failed.
    private GdmsReply AddDevices(GdmsCall call)
    {
        if (call.Json is not JsonArray items || items.Count == 0)
        {
            return Missing("The device list");
        }

        var errors = new List<object>();
        foreach (var item in items)
        {
            var mac = Field(item, "mac") ?? "";
            var serial = Field(item, "sn") ?? "";
            _ = long.TryParse(Field(item, "orgId"), out var organization);
            _ = long.TryParse(Field(item, "siteId"), out var site);
            if (organization == 0)
            {
                organization = world.Organizations[0].Id;
            }

            var error = world.Sites.Any(s => s.Id == site && s.OrganizationId == organization)
                ? world.TryAdd(mac, serial, Field(item, "deviceName") ?? "", organization, site)
                : "The site does not exist";
            if (error is not null)
            {
                errors.Add(new { mac, sn = serial, errorMsg = error });
            }
        }

        return GdmsReply.Ok(new
        {
            total = items.Count,
            success = items.Count - errors.Count,
            failure = errors.Count,
            errorDeviceList = errors,
        });
    }

    private GdmsReply EditDevice(GdmsCall call)
    {
        if (call.Text("mac") is not { Length: > 0 } mac)
        {
            return Missing("mac");
        }

        var edited = world.Edit(mac, device => device with
        {
            Name = call.Text("deviceName") ?? device.Name,
            SiteId = call.Number("siteId") ?? device.SiteId,
        });
        return edited ? GdmsReply.Ok(null) : NoDevice();
    }

    // isFirst=1 asks the device, then isFirst=0 polls. While it has not answered, the stored row comes without the parts
    // that only the device knows; how the real API marks the difference is unconfirmed.
    private GdmsReply DeviceDetail(GdmsCall call, GdmsQuirks quirks)
    {
        if (call.Text("mac") is not { Length: > 0 } mac || world.FindDevice(mac) is not { } device)
        {
            return call.Text("mac") is { Length: > 0 } ? NoDevice() : Missing("mac");
        }

        var detail = System.Text.Json.JsonSerializer.SerializeToNode(Row(device, world.Sites, quirks), GdmsReply.Json)!.AsObject();
        if (world.PollDetail(device, call.Number("isFirst") != 0, quirks.DetailPolls))
        {
            detail["memory"] = "61%";
            detail["sipAccountList"] = new JsonArray([.. device.SipAccounts.Select((user, index) => (JsonNode)new JsonObject
            {
                ["accountIndex"] = index + 1,
                ["sipUserId"] = user,
                ["status"] = 1,
            })]);
            detail["fxsPortList"] = new JsonArray();
        }

        return GdmsReply.Ok(detail);
    }

    private GdmsReply AccountStatus(GdmsCall call) => WithDevice(call, device => new
    {
        accountStatus = device.SipAccounts.Count > 0 && device.Status == 1 ? 1 : 0,
        dnd = 0,
        sipAccountInfoList = device.SipAccounts.Select((user, index) => new { accountIndex = index + 1, sipUserId = user, status = device.Status == 1 ? 1 : 0 }),
        syncFailureMsg = "",
    });

    private GdmsReply AccountInfo(GdmsCall call) => WithDevice(call, device => new
    {
        mac = GdmsWorld.ShowMac(device.Mac),
        sipAccountInfoList = device.SipAccounts.Select((user, index) => new { accountIndex = index + 1, sipUserId = user }),
    });

    private GdmsReply ConfigureDevice(GdmsCall call) =>
        call.Text("xml") is { Length: > 0 } ? WithDevice(call, _ => null) : Missing("xml");

    private GdmsReply SipServers(GdmsCall call) => GdmsReply.Page(
        call, [.. world.SipServers.Select(s => new { id = s.Id, serverName = s.Name, sipServer = s.Address })]);

    private GdmsReply SipAccounts(GdmsCall call, GdmsQuirks quirks)
    {
        var organization = OrganizationOf(call);
        var rows = world.SipAccounts
            .Where(a => a.OrganizationId == organization)
            .Select(a => new { id = a.Id, sipUserId = a.UserId, displayName = a.DisplayName, sipServerId = a.SipServerId })
            .ToList();
        return quirks.SipAccountsAtRoot ? GdmsReply.PageAtRoot(call, rows) : GdmsReply.Page(call, rows);
    }

    private GdmsReply TemplateGroups(GdmsCall call)
    {
        var organization = OrganizationOf(call);
        return GdmsReply.Page(call, [.. world.TemplateGroups.Where(t => t.OrganizationId == organization).Select(t => new { id = t.Id, groupName = t.Name })]);
    }

    private GdmsReply AddTask(GdmsCall call, GdmsQuirks quirks)
    {
        var macs = (call.Json?["macList"] as JsonArray)?.Select(m => m?.ToString() ?? "").ToList() ?? [];
        if (call.Text("taskName") is not { Length: > 0 } name || call.Number("taskType") is not (>= 1 and <= 3) || macs.Count == 0)
        {
            return Missing("taskName, taskType or macList");
        }

        if (macs.Any(m => world.FindDevice(m) is null))
        {
            return NoDevice();
        }

        // The public reference names no call that reads a task's result; the simulator's Tasks and the device's status show it.
        return GdmsReply.Ok(new { taskId = world.AddTask(name, (int)call.Number("taskType")!.Value, macs, quirks).Id });
    }

    private static string? Field(JsonNode? item, string name) =>
        item is JsonObject fields && fields.TryGetPropertyValue(name, out var value) && value is JsonValue ? value.ToString() : null;

    private GdmsReply WithDevice(GdmsCall call, Func<SimulatedDevice, object?> data)
    {
        if (call.Text("mac") is not { Length: > 0 } mac)
        {
            return Missing("mac");
        }

        return world.FindDevice(mac) is { } device ? GdmsReply.Ok(data(device)) : NoDevice();
    }

    private long OrganizationOf(GdmsCall call) => call.Number("orgId") ?? world.Organizations[0].Id;
}

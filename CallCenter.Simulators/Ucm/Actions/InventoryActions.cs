using System.Text.Json.Nodes;
using CallCenter.Simulators.Calls;

namespace CallCenter.Simulators.Ucm.Actions;

/// <summary>Read-only lists of what is set up around the extensions.</summary>
internal static class InventoryActions
{
    public static UcmReply Trunks(UcmContext context) => UcmList.Reply(context, "voip_trunk", context.Pbx.Trunks.Select((name, index) => new JsonObject
    {
        ["trunk_index"] = index + 1,
        ["trunk_name"] = name,
        ["host"] = $"198.51.100.{10 + index}",
        ["trunk_type"] = "register",
        ["username"] = $"sim{index + 1}",
        ["technology"] = "SIP",
        ["ldap_sync_enable"] = "no",
        ["out_of_service"] = "no",
        ["status"] = "Registered",
    }));

    public static UcmReply Queues(UcmContext context) => UcmList.Reply(context, "queue", context.Pbx.Queues.Select(q => new JsonObject
    {
        ["extension"] = q.Number,
        ["queue_name"] = q.Name,
        ["strategy"] = q.Strategy == RingStrategy.RingAll ? "ringall" : "linear",
        ["queue_chairmans"] = q.Members.Count > 0 ? q.Members[0] : "",
        ["members"] = string.Join(',', q.Members),
    }));

    public static UcmReply RingGroups(UcmContext context) => UcmList.Reply(context, "ringgroup", context.Pbx.RingGroups.Select(g => new JsonObject
    {
        ["extension"] = g.Number,
        ["ringgroup_name"] = g.Name,
        ["strategy"] = g.Strategy == RingStrategy.RingAll ? "SIMULTANEOUS" : "ORDER",
        ["members"] = string.Join(',', g.Members),
    }));

    public static UcmReply Menus(UcmContext context) => UcmList.Reply(context, "ivr", context.Pbx.Options.Calls?.Ivr is not { } ivr ? [] : [new JsonObject
    {
        ["ivr_id"] = 1,
        ["ivr_name"] = "Menu",
        ["extension"] = ivr,
        ["response_timeout"] = 10,
        ["digit_timeout"] = 3,
    }]);

    /// <summary>No capture shows a row; the columns are by analogy.</summary>
    public static UcmReply Conferences(UcmContext context) => UcmList.Reply(context, "conference", context.Pbx.Options.Conferences.Select(c => new JsonObject
    {
        ["extension"] = c.Number,
        ["conference_name"] = c.Name,
    }));

    public static UcmReply PagingGroups(UcmContext context) => UcmList.Reply(context, "paginggroup", context.Pbx.Options.PagingGroups.Select(g => new JsonObject
    {
        ["extension"] = g.Number,
        ["paginggroup_name"] = g.Name,
        ["paginggroup_type"] = "2way",
        ["members"] = string.Join(',', g.Members),
    }));

    public static UcmReply InboundRoutes(UcmContext context) =>
        UcmList.Reply(context, "inbound_route", (context.Pbx.Options.Calls?.Dids ?? []).Select((did, index) => Route(context.Pbx, did, index)));

    private static JsonObject Route(UcmPbx pbx, string did, int index)
    {
        var (type, target) = (pbx.Options.Calls?.Ivr, pbx.Queues, pbx.RingGroups) switch
        {
            ({ } ivr, _, _) => ("ivr", ivr),
            (_, [var queue, ..], _) => ("queue", queue.Number),
            (_, _, [var group, ..]) => ("ringgroup", group.Number),
            _ => ("account", pbx.Accounts.Running.Keys.Order(StringComparer.Ordinal).FirstOrDefault() ?? ""),
        };
        var row = new JsonObject
        {
            ["inbound_rt_index"] = index + 1,
            ["inbound_rt_name"] = "DID " + did,
            ["trunk_index"] = 1,
            ["did_pattern_match"] = "_" + did,
            ["did_pattern_match_list"] = "_" + did,
            ["did_pattern_allow"] = "",
            ["destination_type"] = type,
        };
        foreach (var column in new[] { "account", "voicemail", "conference", "vmgroup", "ivr", "ringgroup", "queue", "external_number" })
        {
            row[column] = column == type ? target : null;
        }

        row["did_strip"] = 0;
        row["permission"] = "internal";
        row["en_multi_mode"] = "no";
        row["out_of_service"] = "no";
        row["members"] = new JsonArray();
        return row;
    }
}

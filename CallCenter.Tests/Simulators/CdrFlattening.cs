using System.Text.Json.Nodes;

namespace CallCenter.Tests.Simulators;

/// <summary>Reads cdrapi replies the way the reference says: every leg once, whatever the grouping.</summary>
internal static class CdrFlattening
{
    public static JsonArray Root(JsonNode reply) => (reply["cdr_root"] ?? reply["response"]!["cdr_root"])!.AsArray();

    public static IEnumerable<JsonObject> Legs(JsonNode item) => item["main_cdr"] is null
        ? [item.AsObject()]
        : item.AsObject().Where(p => p.Key.StartsWith("sub_cdr_", StringComparison.Ordinal)).Select(p => p.Value!.AsObject());

    public static async Task<List<JsonNode>> AllItemsAsync(UcmTestClient client, int pageSize)
    {
        List<JsonNode> items = [];
        while (true)
        {
            var page = Root(await client.SendAsync("cdrapi", new { format = "json", numRecords = pageSize, offset = items.Count }));
            items.AddRange(page.Select(i => i!.DeepClone()));
            if (page.Count < pageSize)
            {
                return items;
            }
        }
    }

    public static string Text(this JsonObject leg, string column) => leg[column]!.GetValue<string>();

    /// <summary>The numbers that name a leg: counter, unique id, local start.</summary>
    public static string Key(JsonObject leg) => $"{leg.Text("AcctId")}|{leg.Text("uniqueid")}|{leg.Text("start")}";
}

using System.Globalization;
using System.Text.Json.Nodes;
using CallCenter.Simulators.Ucm.Actions;

namespace CallCenter.Simulators.Ucm;

/// <summary>The vendor's list convention: <c>page</c>, <c>item_num</c>, <c>sidx</c>, <c>sord</c>, <c>options</c>.</summary>
internal static class UcmList
{
    private const int DefaultItems = 30;

    public static UcmReply Reply(UcmContext context, string key, IEnumerable<JsonObject> rows, string? defaultColumns = null)
    {
        var (request, quirks) = (context.Request, context.Quirks);
        if (!TryPositive(request.Text("page"), 1, out var page) || !TryPositive(request.Text("item_num"), DefaultItems, out var size))
        {
            return UcmReply.InvalidParameters();
        }

        var sorted = Sort(rows, request.Text("sidx"), request.Text("sord") == "desc");
        var columns = (request.Text("options") is { Length: > 0 } options ? options : defaultColumns)?
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(c => c[(c.LastIndexOf('.') + 1)..])
            .ToArray();
        if (quirks.PickyColumns && columns?.Contains("lockflag") == true)
        {
            return UcmReply.InvalidParameters();
        }

        size = quirks.ListCap > 0 ? Math.Min(size, quirks.ListCap) : size;
        var first = Math.Max(0, ((page - 1) * size) - (quirks.ShiftingPages ? page - 1 : 0));
        var shown = sorted.Skip(first).Take(size).Select(r => (JsonNode)Select(r, columns));
        var reply = new JsonObject
        {
            [key] = new JsonArray([.. shown]),
            ["total_item"] = sorted.Count,
            ["total_page"] = (sorted.Count + size - 1) / size,
            ["page"] = page,
        };
        return UcmReply.Success((JsonObject)Spoil(reply, quirks));
    }

    private static JsonNode Spoil(JsonNode node, UcmQuirks quirks)
    {
        switch (node)
        {
            case JsonArray array:
                return new JsonArray([.. array.Select(n => Spoil(n!, quirks))]);
            case JsonObject row:
                var copy = new JsonObject();
                foreach (var (name, value) in row)
                {
                    if (!quirks.SparseRows || value?.ToString() is { Length: > 0 })
                    {
                        copy[name] = value is null ? null : Spoil(value, quirks);
                    }
                }

                return copy;
            default:
                return quirks.ListsAsText ? JsonValue.Create(node.ToString()) : node.DeepClone();
        }
    }

    private static List<JsonObject> Sort(IEnumerable<JsonObject> rows, string? column, bool descending)
    {
        var list = rows.ToList();
        if (string.IsNullOrEmpty(column))
        {
            return list;
        }

        list.Sort((a, b) => Compare(a[column]?.ToString(), b[column]?.ToString()) * (descending ? -1 : 1));
        return list;
    }

    private static int Compare(string? a, string? b) =>
        long.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out var x)
            && long.TryParse(b, NumberStyles.None, CultureInfo.InvariantCulture, out var y)
            ? x.CompareTo(y)
            : string.CompareOrdinal(a, b);

    private static JsonObject Select(JsonObject row, string[]? columns)
    {
        var copy = new JsonObject();
        foreach (var (name, value) in row)
        {
            if (columns is null || columns.Contains(name))
            {
                copy[name] = value?.DeepClone();
            }
        }

        return copy;
    }

    private static bool TryPositive(string? text, int absent, out int number)
    {
        number = absent;
        return string.IsNullOrEmpty(text)
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0);
    }
}

using System.Globalization;
using System.Text.Json;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>
/// Answers of <c>cdrapi</c> to rows. Pure, and tolerant: firmware groups wrongly, leaves columns out and mixes types, so groups
/// are flattened, <c>main_cdr</c> is ignored, and one bad row never costs another.
/// </summary>
internal static class UcmCdrParser
{
    private const string SubPrefix = "sub_cdr";

    /// <summary>Null when the answer has no place where rows would be.</summary>
    public static UcmCdrBatch? Parse(JsonElement answer)
    {
        if (FindRoot(answer) is not { } root)
        {
            return null;
        }

        List<UcmCdrRow> rows = [];
        List<string> skipped = [];
        var items = 0;
        foreach (var item in ItemsOf(root))
        {
            items++;
            AddItem(item, items, rows, skipped);
        }

        TellApart(rows);
        return new UcmCdrBatch(rows, items, skipped);
    }

    /// <summary>What a PBX pushes: one leg or group by itself, a list, or an answer of <c>cdrapi</c>. Null when there is no place for rows.</summary>
    public static UcmCdrBatch? ParsePush(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || body.TryFindProperty("cdr_root", out _) || body.TryFindProperty("response", out _))
        {
            return Parse(body);
        }

        List<UcmCdrRow> rows = [];
        List<string> skipped = [];
        AddItem(body, 1, rows, skipped);
        return new UcmCdrBatch(rows, 1, skipped);
    }

    // The counter is a leg's; firmware that gave all legs of a call the same one would make us lose the phones of a group,
    // which begin to ring at once. A row that merely comes twice stays the same row.
    private static void TellApart(List<UcmCdrRow> rows)
    {
        foreach (var same in rows.Index().GroupBy(x => (x.Item.UniqueId, x.Item.AccountId, x.Item.StartLocal)).Where(g => g.Skip(1).Any()))
        {
            if (same.Select(x => UcmCdrRowReader.IdentityOf(x.Item)).Distinct(StringComparer.Ordinal).Skip(1).Any())
            {
                foreach (var (index, row) in same)
                {
                    rows[index] = row with { AccountId = UcmCdrRowReader.Fingerprint(row.AccountId + '\n' + UcmCdrRowReader.IdentityOf(row)) };
                }
            }
        }
    }

    // At the top, under "response", as a bare list, or absent from a successful empty answer.
    private static JsonElement? FindRoot(JsonElement answer)
    {
        if (answer.ValueKind == JsonValueKind.Array)
        {
            return answer;
        }

        if (answer.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var response = answer.Find("response");
        foreach (var place in new[] { answer, response })
        {
            if (place is { ValueKind: JsonValueKind.Object } container
                && container.TryFindProperty("cdr_root", out var root))
            {
                return root;
            }
        }

        if (response is { ValueKind: JsonValueKind.Array })
        {
            return response;
        }

        return response is not null || answer.Find("status") is not null ? default(JsonElement) : null;
    }

    private static IEnumerable<JsonElement> ItemsOf(JsonElement root) => root.ValueKind switch
    {
        JsonValueKind.Array => root.EnumerateArray(),

        // A single row, or no row, without its list.
        JsonValueKind.Object when root.EnumerateObject().Any() => [root],
        _ => [],
    };

    private static void AddItem(JsonElement item, int number, List<UcmCdrRow> rows, List<string> skipped)
    {
        var before = rows.Count + skipped.Count;
        if (item.ValueKind == JsonValueKind.Object)
        {
            foreach (var leg in LegsOf(item))
            {
                AddLeg(leg, number, rows, skipped);
            }
        }

        if (rows.Count + skipped.Count == before)
        {
            skipped.Add(item.GetRawText());
        }
    }

    private static void AddLeg(JsonElement leg, int item, List<UcmCdrRow> rows, List<string> skipped)
    {
        if (leg.ValueKind == JsonValueKind.Object && UcmCdrRowReader.Read(leg, item) is { } row)
        {
            rows.Add(row);
        }
        else
        {
            skipped.Add(leg.GetRawText());
        }
    }

    /// <summary>The item itself when it is a flat leg; else its sub legs in the order of their numbers.</summary>
    private static List<JsonElement> LegsOf(JsonElement item)
    {
        List<(int Number, JsonElement Leg)> subs = [];
        var isGroup = false;
        foreach (var property in item.EnumerateObject())
        {
            if (!property.TryName(out var name))
            {
                continue;
            }

            if (name.StartsWith(SubPrefix, StringComparison.OrdinalIgnoreCase))
            {
                isGroup = true;
                var number = int.TryParse(name.AsSpan(SubPrefix.Length).TrimStart('_'), NumberStyles.None, CultureInfo.InvariantCulture, out var n)
                    ? n
                    : int.MaxValue;
                if (property.Value.ValueKind == JsonValueKind.Array)
                {
                    subs.AddRange(property.Value.EnumerateArray().Select(leg => (number, leg)));
                }
                else if (property.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.String))
                {
                    subs.Add((number, property.Value));
                }
            }
            else if (name.Equals("main_cdr", StringComparison.OrdinalIgnoreCase))
            {
                isGroup = true;
            }
        }

        List<JsonElement> legs = [.. subs.OrderBy(s => s.Number).Select(s => s.Leg)];
        if (!isGroup || UcmCdrRowReader.LooksLikeLeg(item))
        {
            legs.Insert(0, item);
        }

        return legs;
    }
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace CallCenter.Tests.Telephony.Ucm;

/// <summary>Serves root items of call detail as badly as is asked for. The default is a well-behaved UCM.</summary>
internal sealed record DumbPbx(IReadOnlyList<JsonObject> Items)
{
    public bool IgnoresOffset { get; init; }

    public bool IgnoresTimes { get; init; }

    public bool IgnoresCount { get; init; }

    /// <summary>Most items of one page, whatever is asked for.</summary>
    public int Cap { get; init; } = 1000;

    public bool Descending { get; init; }

    /// <summary><c>{"response":{…},"status":0}</c></summary>
    public bool Wrapped { get; init; }

    /// <summary>Times need a space; with a T the answer is empty.</summary>
    public bool WantsSpace { get; init; }

    /// <summary>Any time gives an empty answer.</summary>
    public bool UnderstandsNoTimes { get; init; }

    /// <summary>An offset beyond the end gives the last page again.</summary>
    public bool ClampsOffset { get; init; }

    /// <summary>An empty page is <c>{"response":{},"status":0}</c>.</summary>
    public bool EmptyWithoutRoot { get; init; }

    public void Serve(ScriptedUcm ucm) => ucm.On("cdrapi", Answer);

    public static DateTime StartOf(JsonObject item)
    {
        var leg = item.Where(p => p.Key.StartsWith("sub_cdr_", StringComparison.Ordinal))
            .OrderBy(p => p.Key.Length).ThenBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => p.Value).FirstOrDefault() ?? item;
        return DateTime.Parse(leg["start"]!.ToString(), CultureInfo.InvariantCulture);
    }

    private string Answer(JsonObject request)
    {
        IEnumerable<JsonObject> items = Items;
        if (!IgnoresTimes)
        {
            var (from, fromGood) = Time(request["startTime"]);
            var (to, toGood) = Time(request["endTime"]);
            items = fromGood && toGood ? items.Where(i => !(StartOf(i) < from) && !(StartOf(i) > to)) : [];
        }

        var found = (Descending ? items.Reverse() : items).ToList();
        var count = IgnoresCount ? int.MaxValue : int.Parse(request["numRecords"]!.ToString(), CultureInfo.InvariantCulture);
        var offset = IgnoresOffset ? 0 : int.Parse(request["offset"]!.ToString(), CultureInfo.InvariantCulture);
        if (ClampsOffset && offset >= found.Count)
        {
            offset = Math.Max(0, found.Count - Cap);
        }

        var page = found.Skip(offset).Take(Math.Min(Cap, count)).ToList();
        if (EmptyWithoutRoot && page.Count == 0)
        {
            return """{"response":{},"status":0}""";
        }

        var root = new JsonObject { ["cdr_root"] = new JsonArray([.. page.Select(i => i.DeepClone())]) };
        return (Wrapped ? new JsonObject { ["response"] = root, ["status"] = 0 } : root).ToJsonString();
    }

    private (DateTime? Time, bool Understood) Time(JsonNode? node)
    {
        if (node is null)
        {
            return (null, true);
        }

        var format = WantsSpace ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd'T'HH:mm:ss";
        return !UnderstandsNoTimes
            && DateTime.TryParseExact(node.ToString(), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? (time, true)
            : (null, false);
    }
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CallCenter.Simulators.Gdms;

/// <summary>An answer before it is written.</summary>
internal sealed record GdmsReply(int Status, JsonNode Body, int? RetCode = null, TimeSpan? RetryAfter = null)
{
    /// <summary>Codes of the simulator: the vendor's table is not public, except 30010 (see device/add).</summary>
    public const int BadParameter = 40000, BadToken = 40001, BadSignature = 40002, BadTimestamp = 40003, NoSuchItem = 40004;

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static GdmsReply Ok(object? data) => new(200, Envelope(0, "", data), 0);

    public static GdmsReply Fail(int retCode, string message) => new(200, Envelope(retCode, message, null), retCode);

    /// <summary>The token endpoint's and the resource server's own form of failure.</summary>
    public static GdmsReply OAuthError(int status, string error, string description) => new(
        status, new JsonObject { ["error"] = error, ["error_description"] = description });

    public static GdmsReply HttpError(int status, string error, string path) => new(
        status, new JsonObject { ["status"] = status, ["error"] = error, ["path"] = path });

    /// <summary>One page of rows under <c>data</c>.</summary>
    public static GdmsReply Page<T>(GdmsCall call, IReadOnlyList<T> rows) => Ok(PageOf(call, rows));

    /// <summary>One page with <c>result</c> and the counters beside <c>retCode</c>.</summary>
    public static GdmsReply PageAtRoot<T>(GdmsCall call, IReadOnlyList<T> rows)
    {
        var body = PageOf(call, rows);
        body["retCode"] = 0;
        body["msg"] = "";
        return new GdmsReply(200, body, 0);
    }

    private static JsonObject PageOf<T>(GdmsCall call, IReadOnlyList<T> rows)
    {
        var size = (int)Math.Clamp(call.Number("pageSize") ?? 20, 1, 1000);
        var number = (int)Math.Clamp(call.Number("pageNum") ?? 1, 1, int.MaxValue / 1000);
        return new JsonObject
        {
            ["total"] = rows.Count,
            ["pages"] = (rows.Count + size - 1) / size,
            ["pageNum"] = number,
            ["pageSize"] = size,
            ["result"] = JsonSerializer.SerializeToNode(rows.Skip((number - 1) * size).Take(size), Json),
        };
    }

    private static JsonObject Envelope(int retCode, string message, object? data) => new()
    {
        ["retCode"] = retCode,
        ["msg"] = message,
        ["data"] = JsonSerializer.SerializeToNode(data, Json),
    };
}

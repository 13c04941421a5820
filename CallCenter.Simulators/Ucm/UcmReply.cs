using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CallCenter.Simulators.Ucm.Recordings;

namespace CallCenter.Simulators.Ucm;

/// <summary>An answer of the HTTPS API: an envelope with a status, or the bare bytes of cdrapi and recapi.</summary>
internal sealed record UcmReply(int Status, JsonObject Response, string ContentType, byte[]? Raw)
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static UcmReply Success(JsonObject response) => new(UcmStatus.Success, response, "application/json;charset=UTF-8", null);

    public static UcmReply NeedApply() => Success(new JsonObject { ["need_apply"] = "yes" });

    public static UcmReply Failure(int status, JsonObject? response = null) =>
        new(status, response ?? [], "application/json;charset=UTF-8", null);

    public static UcmReply InvalidParameters() =>
        Failure(UcmStatus.InvalidParameters, new JsonObject { ["error_msg"] = "Invalid parameters!" });

    public static UcmReply Bytes(string contentType, byte[] content) => new(UcmStatus.Success, [], contentType, content);

    public static UcmReply File(RecordingReply file) => Bytes(file.ContentType, file.Content);

    /// <summary>A page that does not exist.</summary>
    public static UcmReply NotFound() => Bytes("text/html", []) with { HttpStatus = 404 };

    public int HttpStatus { get; init; } = 200;

    public byte[] ToBytes() => Raw
        ?? JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["response"] = Response, ["status"] = Status }, Json);
}

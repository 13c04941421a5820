using System.Text.Json;
using CallCenter.Infrastructure.Telephony.Ucm;

namespace CallCenter.Infrastructure.Telephony.Gdms;

/// <summary>Judges answers. Pure; never throws, whatever arrives.</summary>
internal static class GdmsReplyReader
{
    /// <summary>An answer to a signed call.</summary>
    public static GdmsReply ReadCall(int status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter)
    {
        if (ReadStatus(status, retryAfter) is { } common)
        {
            return common;
        }

        var root = Parse(body);
        var message = root is { } r ? $"{r.Text("msg")} {r.Text("error")} {r.Text("error_description")}" : "";
        if (status is 401)
        {
            return new GdmsReply(SpeaksOfSignature(message) ? GdmsReplyKind.SignatureRejected : GdmsReplyKind.TokenRejected, HttpStatus: status);
        }

        if (status is 403)
        {
            return new GdmsReply(GdmsReplyKind.NoPermission, HttpStatus: status);
        }

        if (root is not { } json || json.WholeNumber("retCode") is not { } retCode)
        {
            var invalidToken = root?.Text("error") == "invalid_token";
            return new GdmsReply(invalidToken ? GdmsReplyKind.TokenRejected : GdmsReplyKind.Garbage, HttpStatus: status);
        }

        return retCode == 0 && status == 200
            ? new GdmsReply(GdmsReplyKind.Ok, json, status, 0)
            : new GdmsReply(KindOf(message), HttpStatus: status, RetCode: retCode);
    }

    /// <summary>An answer of the token endpoint.</summary>
    public static GdmsReply ReadToken(int status, ReadOnlyMemory<byte> body, TimeSpan? retryAfter)
    {
        if (ReadStatus(status, retryAfter) is { } common)
        {
            return common;
        }

        var root = Parse(body);
        if (status is 400 or 401 or 403 && root?.Find("error") is not null)
        {
            return new GdmsReply(GdmsReplyKind.CredentialsRejected, HttpStatus: status);
        }

        return status == 200 && root is { } json && json.Text("access_token").Length > 0
            ? new GdmsReply(GdmsReplyKind.Ok, json, status)
            : new GdmsReply(GdmsReplyKind.Garbage, HttpStatus: status);
    }

    private static GdmsReply? ReadStatus(int status, TimeSpan? retryAfter) => status switch
    {
        429 => new GdmsReply(GdmsReplyKind.Throttled, HttpStatus: status, RetryAfter: retryAfter),
        503 when retryAfter is not null => new GdmsReply(GdmsReplyKind.Throttled, HttpStatus: status, RetryAfter: retryAfter),
        >= 500 => new GdmsReply(GdmsReplyKind.ServerError, HttpStatus: status),
        _ => null,
    };

    // The vendor publishes no table of codes; the texts are what can be told apart.
    private static GdmsReplyKind KindOf(string message)
    {
        if (SpeaksOfSignature(message))
        {
            return GdmsReplyKind.SignatureRejected;
        }

        if (message.Contains("token", StringComparison.OrdinalIgnoreCase))
        {
            return GdmsReplyKind.TokenRejected;
        }

        return message.Contains("permission", StringComparison.OrdinalIgnoreCase) ? GdmsReplyKind.NoPermission : GdmsReplyKind.Declined;
    }

    private static bool SpeaksOfSignature(string message) =>
        message.Contains("signature", StringComparison.OrdinalIgnoreCase)
        || message.Contains("timestamp", StringComparison.OrdinalIgnoreCase)
        || message.Contains("sign error", StringComparison.OrdinalIgnoreCase);

    private static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Telephony.Ucm;

/// <summary>Bytes of an answer to JSON, and JSON to a reply. Pure.</summary>
internal static class UcmBody
{
    private static readonly JsonReaderOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 64,
    };

    /// <summary>
    /// The first JSON value of the body. A byte order mark, anything after the value, raw control characters inside strings and
    /// text that is not UTF-8 (taken for Latin-1) are tolerated; null when there is no whole object or array.
    /// </summary>
    public static JsonElement? TryParse(byte[] bytes)
    {
        ReadOnlyMemory<byte> body = bytes;
        if (body.Span.StartsWith("\uFEFF"u8))
        {
            body = body[3..];
        }

        if (body.Length == 0)
        {
            return null;
        }

        if (!Utf8.IsValid(body.Span))
        {
            body = Encoding.UTF8.GetBytes(Encoding.Latin1.GetString(body.Span));
        }

        return ParseFirst(body.Span) ?? ParseFirst(WithoutControlCharacters(body.Span));
    }

    /// <summary>Reads the envelope: <c>{"response":…,"status":n}</c>, or a bare answer without status.</summary>
    public static UcmOutcome ToOutcome(JsonElement root, string action)
    {
        var response = root.Find("response");
        var status = root.WholeNumber("status") ?? response?.WholeNumber("status") ?? UcmStatus.Success;
        if (status == UcmStatus.Success)
        {
            return new UcmReply(response ?? root, root);
        }

        return new UcmFailure(UcmFailureKind.Api, UcmStatus.ToError(status), action)
        {
            Status = status,
            RemainingAttempts = response?.WholeNumber("remain_num"),
        };
    }

    /// <summary>What the answer to an action of this name is when its body cannot be read.</summary>
    public static UcmFailure NotJson(string action) => new(UcmFailureKind.NotJson, TelephonyErrors.Garbage, action);

    public static UcmFailure WrongShape(string action) => new(UcmFailureKind.WrongShape, TelephonyErrors.Garbage, action);

    private static JsonElement? ParseFirst(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, Lenient);
            return JsonElement.TryParseValue(ref reader, out var value)
                && value.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? value
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] WithoutControlCharacters(ReadOnlySpan<byte> body)
    {
        var clean = body.ToArray();
        foreach (ref var b in clean.AsSpan())
        {
            if (b < 0x20)
            {
                b = (byte)' ';
            }
        }

        return clean;
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Simulators.Gdms;

/// <summary>A request read once: the raw bytes for the signature, the values for the endpoint.</summary>
internal sealed class GdmsCall
{
    private readonly Dictionary<string, string> _query = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _form = new(StringComparer.Ordinal);

    private GdmsCall(string method, string path, byte[] body)
    {
        Method = method;
        Path = path;
        Body = body;
    }

    public string Method { get; }

    public string Path { get; }

    /// <summary>Exactly as received.</summary>
    public byte[] Body { get; }

    /// <summary>The body as text, for the request log; a form is not shown, it holds passwords.</summary>
    public string BodyText { get; private set; } = "";

    /// <summary>The JSON body; null when there is none or it is no JSON.</summary>
    public JsonNode? Json { get; private set; }

    /// <summary>Parameters of the URL, decoded. A repeated name keeps its last value.</summary>
    public IReadOnlyDictionary<string, string> Query => _query;

    public static async Task<GdmsCall> ReadAsync(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var call = new GdmsCall(context.Request.Method, context.Request.Path.Value ?? "", buffer.ToArray());
        foreach (var (name, values) in context.Request.Query)
        {
            call._query[name] = values[^1] ?? "";
        }

        if (context.Request.HasFormContentType)
        {
            buffer.Position = 0;
            context.Request.Body = buffer;
            await call.ReadFormAsync(context);
        }
        else if (call.Body.Length > 0)
        {
            call.ReadJson();
        }

        return call;
    }

    /// <summary>Parameters under the signature: the URL's, and those of a form (a file as the MD5 of its bytes).</summary>
    public Dictionary<string, string> SignedParameters()
    {
        var signed = new Dictionary<string, string>(_query, StringComparer.Ordinal);
        foreach (var (name, value) in _form)
        {
            signed[name] = value;
        }

        signed.Remove("signature");
        return signed;
    }

    /// <summary>The bytes under the signature: a JSON body counts, a form does not.</summary>
    public ReadOnlySpan<byte> SignedBody => _form.Count > 0 ? [] : Body;

    /// <summary>A value from the JSON object, the form or the URL, in this order.</summary>
    public string? Text(string name)
    {
        if (Json is JsonObject json && json.TryGetPropertyValue(name, out var node) && node is JsonValue value)
        {
            return value.ToString();
        }

        return _form.TryGetValue(name, out var field) ? field : _query.GetValueOrDefault(name);
    }

    /// <summary>As <see cref="Text"/>; null when it is no whole number.</summary>
    public long? Number(string name) =>
        long.TryParse(Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    // The vendor's wire format, not a choice.
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "Files are signed by their MD5.")]
    private async Task ReadFormAsync(HttpContext context)
    {
        try
        {
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            foreach (var (name, values) in form)
            {
                _form[name] = values[^1] ?? "";
            }

            foreach (var file in form.Files)
            {
                await using var content = file.OpenReadStream();
                _form[file.Name] = Convert.ToHexStringLower(await MD5.HashDataAsync(content, context.RequestAborted));
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // A broken form has no parameters; the endpoint then says which one is missing.
            _form.Clear();
        }
    }

    private void ReadJson()
    {
        BodyText = Encoding.UTF8.GetString(Body);
        try
        {
            Json = JsonNode.Parse(Body);
        }
        catch (JsonException)
        {
            // Judged by the endpoint: several ignore their body.
            Json = null;
        }
    }
}

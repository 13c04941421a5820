using System.Collections;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CallCenter.Core.Primitives;

namespace CallCenter.Core.Audit;

/// <summary>
/// Values of a thing before or after an act, in order, as texts. A <see cref="Secret"/> becomes a mask at once, so the
/// plain value never reaches the log. Use it with an initializer: <c>new AuditValues { ["host"] = host, ["password"] = secret }</c>.
/// </summary>
public sealed class AuditValues : IEnumerable<KeyValuePair<string, string?>>
{
    /// <summary>What a secret shows after an act that changed it; pages translate it. Unchanged ones show <see cref="Secret.Mask"/>.</summary>
    public const string ChangedSecret = Secret.Mask + "*";

    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly List<KeyValuePair<string, string?>> _values = [];
    private readonly Dictionary<string, Secret> _secrets = new(StringComparer.Ordinal);

    /// <summary>Adds a value; dates in ISO 8601, enums by name, numbers in the invariant culture, secrets masked.</summary>
    /// <param name="field">Name of the field, camel case; the key of its translated label.</param>
    public object? this[string field]
    {
        set
        {
            if (value is Secret secret)
            {
                _secrets[field] = secret;
            }

            _values.Add(new(field, Clean(Render(value))));
        }
    }

    /// <summary>The values as one flat JSON object.</summary>
    public string ToJson() => Write(_values);

    /// <summary>The values as JSON, with secrets that differ from <paramref name="before"/> shown as <see cref="ChangedSecret"/>.</summary>
    public string ToJson(AuditValues? before) => before is null
        ? ToJson()
        : Write(_values.Select(value => _secrets.TryGetValue(value.Key, out var secret) && before.Differs(value.Key, secret)
            ? new(value.Key, ChangedSecret)
            : value));

    /// <summary>Reads what <see cref="ToJson()"/> wrote; null gives nothing.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> Parse(string? json)
    {
        if (json is null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(p => new KeyValuePair<string, string?>(p.Name, p.Value.GetString()))];
    }

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, string?>> GetEnumerator() => _values.GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool Differs(string field, Secret after) =>
        !_secrets.TryGetValue(field, out var secret) || !string.Equals(secret.Reveal(), after.Reveal(), StringComparison.Ordinal);

    private static string? Render(object? value) => value switch
    {
        null => null,
        string text => text,
        Secret secret => secret.IsEmpty ? null : Secret.Mask,
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A {value.GetType().Name} cannot be audited; pass its text.", nameof(value)),
    };

    // Half a surrogate can be stored by neither database nor JSON.
    private static string? Clean(string? text) => text is null ? null : string.Concat(text.EnumerateRunes());

    private static string Write(IEnumerable<KeyValuePair<string, string?>> values)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Json))
        {
            writer.WriteStartObject();
            foreach (var (field, value) in values)
            {
                writer.WriteString(field, value);
            }

            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }
}

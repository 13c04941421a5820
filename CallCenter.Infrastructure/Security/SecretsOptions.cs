using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Security;

/// <summary>Section <c>Secrets</c>: the key ring.</summary>
internal sealed class SecretsOptions
{
    public const string Section = "Secrets";

    /// <summary>Bytes of a key.</summary>
    public const int KeyBytes = 32;

    /// <summary>Id of the key that encrypts.</summary>
    public string ActiveKey { get; set; } = "";

    /// <summary>Key id to 32 random bytes in base64. Old keys stay until every secret was encrypted again.</summary>
    public IDictionary<string, string> Keys { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Letters, digits, dot, hyphen, underscore: a colon would break the stored form.</summary>
    public static bool IsKeyId(string id) =>
        id.Length is > 0 and <= 32 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    public static byte[]? ParseKey(string text)
    {
        var bytes = new byte[KeyBytes + 1];
        return Convert.TryFromBase64String(text, bytes, out var written) && written == KeyBytes ? bytes[..KeyBytes] : null;
    }
}

// Messages name settings and key ids, never key material.
internal sealed class SecretsOptionsValidator : IValidateOptions<SecretsOptions>
{
    private const string HowTo = "Make one with: openssl rand -base64 32";

    public ValidateOptionsResult Validate(string? name, SecretsOptions options)
    {
        var wrong = new List<string>();
        foreach (var (id, key) in options.Keys)
        {
            if (!SecretsOptions.IsKeyId(id))
            {
                wrong.Add($"Secrets:Keys:{id} has a name that is not 1 to 32 letters, digits, dots, hyphens or underscores.");
            }

            if (SecretsOptions.ParseKey(key) is null)
            {
                wrong.Add($"Secrets:Keys:{id} is not 32 bytes in base64. {HowTo}");
            }
        }

        if (options.ActiveKey.Length == 0)
        {
            wrong.Add($"Secrets:ActiveKey is not set: it names the entry of Secrets:Keys that encrypts. {HowTo}");
        }
        else if (!options.Keys.ContainsKey(options.ActiveKey))
        {
            wrong.Add($"Secrets:ActiveKey is '{options.ActiveKey}', but Secrets:Keys has no such entry.");
        }

        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}

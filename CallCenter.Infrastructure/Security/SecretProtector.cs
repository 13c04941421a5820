using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Security;

/// <summary>Text form: <c>v1:keyId:base64url(nonce | ciphertext | tag)</c>.</summary>
internal sealed class SecretProtector(IOptions<SecretsOptions> options) : ISecretProtector
{
    private const string Version = "v1";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public string ActiveKey => options.Value.ActiveKey;

    public IEnumerable<string> KeyIds => options.Value.Keys.Keys;

    public string Protect(Secret secret, SecretPurpose purpose) => ProtectWith(ActiveKey, secret, purpose);

    public string ProtectWith(string keyId, Secret secret, SecretPurpose purpose)
    {
        var plain = Encoding.UTF8.GetBytes(secret.Reveal());
        var packed = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = packed.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        var key = SecretsOptions.ParseKey(options.Value.Keys[keyId])!;
        try
        {
            using var aes = new AesGcm(key, TagBytes);
            aes.Encrypt(nonce, plain, packed.AsSpan(NonceBytes, plain.Length), packed.AsSpan(NonceBytes + plain.Length), Bind(keyId, purpose));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
            CryptographicOperations.ZeroMemory(key);
        }

        return $"{Version}:{keyId}:{Base64Url.EncodeToString(packed)}";
    }

    public Result<Secret> Unprotect(string protectedText, SecretPurpose purpose)
    {
        if (!TryParse(protectedText, out var keyId, out var packed))
        {
            return SecretErrors.Unreadable;
        }

        if (!options.Value.Keys.TryGetValue(keyId, out var text))
        {
            return SecretErrors.UnknownKey;
        }

        var plain = new byte[packed.Length - NonceBytes - TagBytes];
        var key = SecretsOptions.ParseKey(text)!;
        try
        {
            using var aes = new AesGcm(key, TagBytes);
            aes.Decrypt(
                packed.AsSpan(0, NonceBytes), packed.AsSpan(NonceBytes, plain.Length), packed.AsSpan(NonceBytes + plain.Length), plain, Bind(keyId, purpose));
            return new Secret(Encoding.UTF8.GetString(plain));
        }
        catch (AuthenticationTagMismatchException)
        {
            return SecretErrors.Unreadable;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
            CryptographicOperations.ZeroMemory(key);
        }
    }

    public bool IsOutdated(string protectedText) => !TryParse(protectedText, out var keyId, out _) || keyId != ActiveKey;

    /// <summary>Key that made the text; null when it is no such text.</summary>
    public static string? KeyIdOf(string protectedText) => TryParse(protectedText, out var keyId, out _) ? keyId : null;

    private static byte[] Bind(string keyId, SecretPurpose purpose) =>
        Encoding.UTF8.GetBytes($"{Version}\n{keyId}\n{purpose.TenantId:N}\n{purpose.Field}");

    private static bool TryParse(string text, [NotNullWhen(true)] out string? keyId, [NotNullWhen(true)] out byte[]? packed)
    {
        keyId = null;
        packed = null;
        var parts = text.Split(':');
        if (parts.Length != 3 || parts[0] != Version || !SecretsOptions.IsKeyId(parts[1]) || !Base64Url.IsValid(parts[2]))
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(parts[2]);
        if (bytes.Length < NonceBytes + TagBytes)
        {
            return false;
        }

        keyId = parts[1];
        packed = bytes;
        return true;
    }
}

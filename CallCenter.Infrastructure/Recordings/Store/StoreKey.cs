using System.Globalization;
using System.Security.Cryptography;
using CallCenter.Core.Security;

namespace CallCenter.Infrastructure.Recordings.Store;

/// <summary>
/// Name of a stored file: <c>tenant/2026-11/recording-random.ccr</c>. The random part keeps a slow writer from replacing the file of
/// a faster one. Read strictly, so that nothing that stands in the database can lead out of the folder.
/// </summary>
internal readonly record struct StoreKey(Guid TenantId, string Month, Guid RecordingId, string Nonce)
{
    public const string Extension = ".ccr";

    private const int NonceBytes = 6;

    public static StoreKey New(Guid tenantId, DateTime startedAtUtc, Guid recordingId) => new(
        tenantId, startedAtUtc.ToString("yyyy-MM", CultureInfo.InvariantCulture), recordingId,
        Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NonceBytes)));

    /// <summary>Null when it is no such name.</summary>
    public static StoreKey? Parse(string text)
    {
        var parts = text.Split('/');
        if (parts.Length != 3 || !Guid.TryParseExact(parts[0], "N", out var tenant) || !parts[2].EndsWith(Extension, StringComparison.Ordinal)
            || !DateOnly.TryParseExact(parts[1], "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            return null;
        }

        var name = parts[2][..^Extension.Length].Split('-');
        return name.Length == 2 && Guid.TryParseExact(name[0], "N", out var recording)
            && name[1].Length == NonceBytes * 2 && name[1].All(char.IsAsciiHexDigitLower)
            ? new StoreKey(tenant, parts[1], recording, name[1])
            : null;
    }

    /// <summary>Begins the names of all files of a recording.</summary>
    public static string PrefixOf(Guid recordingId) => $"{recordingId:N}-";

    /// <summary>What the key of a recording's file is sealed for.</summary>
    public static SecretPurpose Purpose(Guid tenantId, Guid recordingId) => new(tenantId, $"Recordings.FileKey/{recordingId:N}");

    public string FileName => $"{PrefixOf(RecordingId)}{Nonce}{Extension}";

    public override string ToString() => $"{TenantId:N}/{Month}/{FileName}";
}

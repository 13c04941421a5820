using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Core.Audit;

/// <summary>
/// The hash of an entry: SHA-256 over version 1 of the canonical bytes. These are the fields below, one after the other,
/// each as a 4-byte big-endian length and its UTF-8 text, a null as length -1: <c>callcenter-audit-1</c>, chain and actor as
/// lower-case dashed GUIDs, sequence in decimal, time as <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>, and the previous hash in lower-case
/// hex. Order: version, previous hash, chain, sequence, time, actor id, actor name, address, action, subject type, subject id,
/// subject name, before, after. Permanent: a new form gets a new version, and old entries keep theirs.
/// </summary>
public static class AuditHash
{
    /// <summary>Version that new entries get.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Length of a hash in bytes.</summary>
    public const int Length = 32;

    /// <summary>What the first entry of a chain follows.</summary>
    public static byte[] Zero => new byte[Length];

    /// <summary>Time as both databases keep it: UTC, cut to whole milliseconds.</summary>
    public static DateTime Round(DateTime utc) => new(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);

    /// <summary>The hash that the entry must carry, from its own fields and its <see cref="AuditEntry.PreviousHash"/>; null for an unknown version.</summary>
    public static byte[]? Compute(AuditEntry entry) => entry.HashVersion == CurrentVersion
        ? Compute(
            entry.PreviousHash, entry.TenantId, entry.Sequence, entry.AtUtc, entry.ActorId, entry.ActorName, entry.RemoteAddress,
            entry.Action, entry.SubjectType, entry.SubjectId, entry.SubjectName, entry.Before, entry.After)
        : null;

    /// <summary>The hash of the given fields in version 1.</summary>
    public static byte[] Compute(
        byte[] previousHash,
        Guid chain,
        long sequence,
        DateTime atUtc,
        Guid? actorId,
        string actorName,
        string? remoteAddress,
        string action,
        string subjectType,
        string subjectId,
        string subjectName,
        string? before,
        string? after)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, "callcenter-audit-1");
        Append(hash, Convert.ToHexStringLower(previousHash));
        Append(hash, chain.ToString("D"));
        Append(hash, sequence.ToString(CultureInfo.InvariantCulture));
        Append(hash, atUtc.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        Append(hash, actorId?.ToString("D"));
        Append(hash, actorName);
        Append(hash, remoteAddress);
        Append(hash, action);
        Append(hash, subjectType);
        Append(hash, subjectId);
        Append(hash, subjectName);
        Append(hash, before);
        Append(hash, after);
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, string? text)
    {
        var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, text is null ? -1 : bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}

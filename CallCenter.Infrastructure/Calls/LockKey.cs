using System.Buffers.Binary;
using System.Security.Cryptography;

namespace CallCenter.Infrastructure.Calls;

/// <summary>One number per PBX of a tenant, for the databases' own locks.</summary>
internal static class LockKey
{
    public static long Of(Guid tenantId, Guid pbxId)
    {
        Span<byte> bytes = stackalloc byte[32];
        tenantId.TryWriteBytes(bytes);
        pbxId.TryWriteBytes(bytes[16..]);
        return BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(bytes));
    }
}

using System.Security.Cryptography;
using System.Text;
using CallCenter.Core.Erasure;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Erasure;

/// <summary>Prints of digits under a tenant's key: numbers are few enough that an open hash of one would be as good as the number.</summary>
internal sealed class NumberPrints(byte[] key)
{
    private const int KeyBytes = 32;

    public static SecretPurpose Purpose(Guid tenantId) => new(tenantId, "ErasureKeys.KeyProtected");

    /// <summary>A new tenant's key.</summary>
    public static Secret NewKey() => new(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));

    public static NumberPrints Of(Secret key) => new(Convert.FromBase64String(key.Reveal()));

    public string Whole(string digits) => Print("whole:" + digits);

    public string National(string digits) => Print("national:" + digits);

    public string Seal(string certificate) => Print("certificate:" + certificate);

    public bool IsSeal(string certificate, string seal) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Seal(certificate)), Encoding.ASCII.GetBytes(seal));

    /// <summary>Finds the numbers of these rows, of which only prints are known.</summary>
    public NumberEraser EraserOf(IReadOnlyCollection<ErasedNumber> numbers, string country)
    {
        var whole = numbers.Select(number => number.Whole).ToHashSet(StringComparer.Ordinal);
        var national = numbers.Where(number => number.NationalLength > 0).Select(number => number.National).ToHashSet(StringComparer.Ordinal);
        return new NumberEraser(
            [.. numbers.Select(number => number.WholeLength).Distinct()], digits => whole.Contains(Whole(digits)),
            [.. numbers.Select(number => number.NationalLength).Where(length => length > 0).Distinct()], digits => national.Contains(National(digits)), country);
    }

    private string Print(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));
}

/// <summary>Reads the tenant's prints.</summary>
internal sealed class ErasedNumbers(ISecretProtector protector)
{
    /// <summary>What must not come back; null when nothing was ever erased.</summary>
    /// <exception cref="InvalidOperationException">The key cannot be read: writing on would bring numbers back.</exception>
    public async Task<ErasedLegs?> ReadAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        var numbers = await db.Set<ErasedNumber>().AsNoTracking().ToListAsync(cancellationToken);
        if (numbers.Count == 0)
        {
            return null;
        }

        var prints = await PrintsAsync(db, cancellationToken);
        return new ErasedLegs(
            [.. numbers.GroupBy(number => number.UpToUtc).Select(same => (same.Key, prints.Value.EraserOf([.. same], db.CurrentTenant.CountryCode)))]);
    }

    /// <summary>The tenant's prints.</summary>
    /// <returns>The prints, or <see cref="ErasureErrors.KeyUnreadable"/> when there is no key or it cannot be read.</returns>
    public async Task<Result<NumberPrints>> PrintsAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        var stored = await db.Set<ErasureKey>().AsNoTracking().Select(key => key.KeyProtected).SingleOrDefaultAsync(cancellationToken);
        return stored is not null && protector.Unprotect(stored, NumberPrints.Purpose(db.CurrentTenantId)) is { Succeeded: true, Value: var key }
            ? NumberPrints.Of(key)
            : ErasureErrors.KeyUnreadable;
    }

    /// <summary>The tenant's prints; makes the key when there is none yet.</summary>
    public async Task<Result<NumberPrints>> EnsurePrintsAsync(CallCenterDbContext db, CancellationToken cancellationToken)
    {
        if (!await db.Set<ErasureKey>().AnyAsync(cancellationToken))
        {
            var key = new ErasureKey { KeyProtected = protector.Protect(NumberPrints.NewKey(), NumberPrints.Purpose(db.CurrentTenantId)) };
            db.Add(key);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
            {
                // Somebody else made it in the same moment; a real fault fails the read below too.
                db.Entry(key).State = EntityState.Detached;
            }
        }

        return await PrintsAsync(db, cancellationToken);
    }
}

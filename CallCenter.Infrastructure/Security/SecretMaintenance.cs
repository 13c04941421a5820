using System.Security.Cryptography;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Security;

/// <summary>Where a feature keeps ciphertexts. Each feature that stores secrets registers its places.</summary>
internal interface IStoredSecrets
{
    /// <summary>Every ciphertext of the context's tenant, with a way to replace it. Rows are tracked by <paramref name="db"/>.</summary>
    Task<IReadOnlyList<StoredSecret>> FindAsync(CallCenterDbContext db, CancellationToken cancellationToken);
}

/// <summary>The same for ciphertexts that belong to no tenant.</summary>
internal interface IGlobalStoredSecrets
{
    /// <summary>Every such ciphertext, with a way to replace it. Rows are tracked by <paramref name="db"/>.</summary>
    Task<IReadOnlyList<StoredSecret>> FindAsync(CallCenterDbContext db, CancellationToken cancellationToken);
}

internal sealed record StoredSecret(string Text, SecretPurpose Purpose, Action<string> Replace);

internal sealed class SecretMaintenance(
    ContextOptions contexts, SecretProtector protector, IEnumerable<IStoredSecrets> places, IEnumerable<IGlobalStoredSecrets> globalPlaces)
    : ISecretMaintenance
{
    private const int Attempts = 3;

    public KeyRingReport CheckKeyRing()
    {
        var purpose = new SecretPurpose(Guid.Empty, "KeyRing.Probe");
        var probe = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        var ids = protector.KeyIds.Order(StringComparer.Ordinal).ToList();
        return new KeyRingReport(protector.ActiveKey, ids, [.. ids.Where(id => !ComesBack(id))]);

        bool ComesBack(string keyId) =>
            protector.Unprotect(protector.ProtectWith(keyId, new Secret(probe), purpose), purpose) is { Succeeded: true } back
            && back.Value.Reveal() == probe;
    }

    public Task<StoredSecretsReport> CheckStoredAsync(CancellationToken cancellationToken = default) => WalkAsync(false, cancellationToken);

    public Task<StoredSecretsReport> ReprotectAsync(CancellationToken cancellationToken = default) => WalkAsync(true, cancellationToken);

    private async Task<StoredSecretsReport> WalkAsync(bool reprotect, CancellationToken cancellationToken)
    {
        List<TenantInfo> tenants;
        await using (var db = contexts.Create(new ScopeContext()))
        {
            // Suspended ones too: their secrets must survive a rotation.
            tenants = await db.Set<Tenant>()
                .Select(t => new TenantInfo(t.Id, t.Slug, t.Name, t.TimeZoneId, t.CountryCode, t.Language))
                .ToListAsync(cancellationToken);
        }

        var count = await WalkAsync(new ScopeContext(), [.. globalPlaces.Select(place => (Finder)place.FindAsync)], reprotect, cancellationToken);
        foreach (var tenant in tenants)
        {
            var scope = new ScopeContext();
            scope.EnterAsSystem(tenant, "reprotect");
            count.Add(await WalkAsync(scope, [.. places.Select(place => (Finder)place.FindAsync)], reprotect, cancellationToken));
        }

        return count.ToReport();
    }

    private async Task<Count> WalkAsync(
        ScopeContext scope, IReadOnlyList<Finder> finders, bool reprotect, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = contexts.Create(scope);
            var count = new Count();
            foreach (var find in finders)
            {
                foreach (var secret in await find(db, cancellationToken))
                {
                    Look(secret, reprotect, count);
                }
            }

            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return count;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // An admin saved a card meanwhile; what was saved is under the active key already.
            }
        }
    }

    private void Look(StoredSecret secret, bool reprotect, Count count)
    {
        count.Total++;
        var plain = protector.Unprotect(secret.Text, secret.Purpose);
        if (plain.Error is { } error)
        {
            count.Unreadable++;
            if (error == SecretErrors.UnknownKey && SecretProtector.KeyIdOf(secret.Text) is { } keyId)
            {
                count.MissingKeys.Add(keyId);
            }
        }
        else if (!protector.IsOutdated(secret.Text))
        {
            count.Current++;
        }
        else if (reprotect)
        {
            secret.Replace(protector.Protect(plain.Value, secret.Purpose));
            count.Reprotected++;
        }
        else
        {
            count.Outdated++;
        }
    }

    private delegate Task<IReadOnlyList<StoredSecret>> Finder(CallCenterDbContext db, CancellationToken cancellationToken);

    private sealed class Count
    {
        public int Total { get; set; }

        public int Current { get; set; }

        public int Outdated { get; set; }

        public int Reprotected { get; set; }

        public int Unreadable { get; set; }

        public SortedSet<string> MissingKeys { get; } = new(StringComparer.Ordinal);

        public void Add(Count other)
        {
            Total += other.Total;
            Current += other.Current;
            Outdated += other.Outdated;
            Reprotected += other.Reprotected;
            Unreadable += other.Unreadable;
            MissingKeys.UnionWith(other.MissingKeys);
        }

        public StoredSecretsReport ToReport() => new(Total, Current, Outdated, Reprotected, Unreadable, [.. MissingKeys]);
    }
}

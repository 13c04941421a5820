using System.Collections.Concurrent;

namespace CallCenter.Infrastructure.Softphone;

/// <summary>Realms that PBXs told, by tenant and address, for this process. A realm hardly ever changes; an hour bounds how long an old one is believed.</summary>
internal sealed class PhoneRealms(TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<(Guid TenantId, string Url), (string Realm, DateTimeOffset Until)> _known = [];

    public string? Find(Guid tenantId, string url) => _known.TryGetValue((tenantId, url), out var known) && known.Until > time.GetUtcNow() ? known.Realm : null;

    public void Keep(Guid tenantId, string url, string realm) => _known[(tenantId, url)] = (realm, time.GetUtcNow() + Life);
}

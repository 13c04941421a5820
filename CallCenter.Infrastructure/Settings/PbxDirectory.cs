using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Settings;

internal sealed class PbxDirectory(IDbContextFactory<CallCenterDbContext> contexts, ITenantContext tenant, ISecretProtector protector)
    : IPbxDirectory, IGdmsConnections
{
    async Task<Result<PbxEndpoint>> IPbxDirectory.GetAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<PbxConnection>().AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } row)
        {
            return TelephonyErrors.NotConfigured;
        }

        var password = protector.Unprotect(row.ApiPasswordProtected, SettingsSecrets.PbxPassword(row.TenantId));
        return password.Error is { } error
            ? error
            : new PbxEndpoint(
                row.TenantId, row.Id, row.Kind, row.Host, row.Port, row.WebSocketPath, row.ApiUser, password.Value,
                row.PinnedCertificateSha256, tenant.Tenant.TimeZoneId);
    }

    async Task<Result<GdmsEndpoint>> IGdmsConnections.GetAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<GdmsConnection>().AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } row)
        {
            return SettingsErrors.GdmsNotConfigured;
        }

        var password = protector.Unprotect(row.PasswordProtected, SettingsSecrets.GdmsPassword(row.TenantId));
        var secret = protector.Unprotect(row.ApiSecretProtected, SettingsSecrets.GdmsApiSecret(row.TenantId));
        if ((password.Error ?? secret.Error) is { } error)
        {
            return error;
        }

        var region = row.Place == GdmsPlace.Europe ? GdmsRegion.Europe : GdmsRegion.Global;
        var address = row.BaseAddress is null ? null : new Uri(row.BaseAddress);
        var account = new GdmsAccount(region, row.UserName, password.Value.Reveal(), row.ApiId, secret.Value.Reveal(), address);
        return new GdmsEndpoint(account, row.DeviceMac, row.OrganizationId);
    }

    public async Task<IReadOnlyList<TenantInfo>> ListConfiguredTenantsAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var configured = db.Set<PbxConnection>().IgnoreQueryFilters([CallCenterDbContext.TenantFilter]);
        return await db.Set<Tenant>()
            .Where(t => t.SuspendedAtUtc == null && configured.Any(p => p.TenantId == t.Id))
            .OrderBy(t => t.Slug)
            .Select(t => new TenantInfo(t.Id, t.Slug, t.Name, t.TimeZoneId, t.CountryCode, t.Language))
            .ToListAsync(cancellationToken);
    }
}

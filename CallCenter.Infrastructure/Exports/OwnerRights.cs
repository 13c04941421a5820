using CallCenter.Core.Exports;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Exports;

/// <summary>Gives a scope the rights that the owner of an export has now, and asks again while it is written.</summary>
internal sealed class OwnerRights(IServiceProvider services, TenantInfo tenant, Export export)
{
    /// <summary>What gives the rows. In the owner's scope.</summary>
    public IExportSource Source { get; } = services.GetServices<IExportSource>().Single(source => source.Gives(export.Kind));

    /// <summary>Reads the owner's role anew.</summary>
    /// <returns>Success, or <see cref="ExportErrors.OwnerLostRights"/>.</returns>
    public async Task<Result> AskAsync(CancellationToken cancellationToken)
    {
        var scope = services.GetRequiredService<ScopeContext>();
        var access = await services.GetRequiredService<ITenantDirectory>().ResolveAsync(export.OwnerId, tenant.Slug, cancellationToken);
        if (access.Error is not null || access.Value.Tenant.Id != tenant.Id)
        {
            return ExportErrors.OwnerLostRights;
        }

        scope.SignIn(export.OwnerId, export.OwnerName, isPlatformAdministrator: false, remoteAddress: null);
        scope.EnterTenant(access.Value.Tenant, access.Value.Role);
        return scope.May(Permissions.Reports.Export) && scope.May(Source.Permission) ? Result.Success : ExportErrors.OwnerLostRights;
    }
}

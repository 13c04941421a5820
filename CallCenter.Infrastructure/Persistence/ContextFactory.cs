using CallCenter.Core.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Persistence;

/// <summary>Makes a context per operation, bound to the tenant of the scope it lives in.</summary>
internal sealed class ContextFactory(ContextOptions options, ITenantContext tenant) : IDbContextFactory<CallCenterDbContext>
{
    public CallCenterDbContext CreateDbContext() => options.Create(tenant);
}

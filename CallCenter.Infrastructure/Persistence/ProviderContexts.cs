using CallCenter.Core.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Persistence;

// One context type per provider, because EF Core keeps a migration set per context type.
internal sealed class PostgreSqlContext(DbContextOptions<PostgreSqlContext> options, ITenantContext tenant)
    : CallCenterDbContext(options, tenant);

internal sealed class SqlServerContext(DbContextOptions<SqlServerContext> options, ITenantContext tenant)
    : CallCenterDbContext(options, tenant);

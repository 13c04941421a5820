using CallCenter.Core.Tenancy;
using Microsoft.EntityFrameworkCore.Design;

namespace CallCenter.Infrastructure.Persistence;

// dotnet ef makes contexts through these; the connection strings are never opened.
internal sealed class PostgreSqlDesignTimeFactory : IDesignTimeDbContextFactory<PostgreSqlContext>
{
    public PostgreSqlContext CreateDbContext(string[] args) =>
        (PostgreSqlContext)new ContextOptions(new DatabaseOptions { Provider = DatabaseProvider.PostgreSQL }, "Host=none")
            .Create(new ScopeContext());
}

internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerContext>
{
    public SqlServerContext CreateDbContext(string[] args) =>
        (SqlServerContext)new ContextOptions(new DatabaseOptions { Provider = DatabaseProvider.SqlServer }, "Server=none")
            .Create(new ScopeContext());
}

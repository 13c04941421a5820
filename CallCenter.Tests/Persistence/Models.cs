using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;

namespace CallCenter.Tests.Persistence;

/// <summary>Contexts of both providers that are never connected.</summary>
internal static class Models
{
    public static TheoryData<string> Providers => [nameof(DatabaseProvider.PostgreSQL), nameof(DatabaseProvider.SqlServer)];

    public static CallCenterDbContext Create(string provider) => Create(Enum.Parse<DatabaseProvider>(provider));

    public static CallCenterDbContext Create(DatabaseProvider provider) => new ContextOptions(
        new DatabaseOptions { Provider = provider },
        provider == DatabaseProvider.PostgreSQL ? "Host=none" : "Server=none").Create(new ScopeContext());
}

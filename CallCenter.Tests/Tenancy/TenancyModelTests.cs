using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Tests.Persistence;
using Microsoft.EntityFrameworkCore.Metadata;

namespace CallCenter.Tests.Tenancy;

public sealed class TenancyModelTests
{
    /// <summary>Tables that belong to no tenant. A new line here is a decision: say why.</summary>
    private static readonly Dictionary<string, string> Global = new(StringComparer.Ordinal)
    {
        ["Tenant"] = "is the tenant",
        ["AppUser"] = "a person may belong to several tenants",
        ["IdentityUserClaim<Guid>"] = "of a person",
        ["IdentityUserLogin<Guid>"] = "of a person",
        ["IdentityUserToken<Guid>"] = "of a person; encrypted",
        ["DataProtectionKey"] = "cookies are read before the tenant is known; encrypted",
        ["JobLease"] = "nodes share the work of all tenants; holds no tenant's data",
    };

    [Theory]
    [MemberData(nameof(Models.Providers), MemberType = typeof(Models))]
    public void Entities_AreTenantOwnedAndFilteredOrListed(string provider)
    {
        using var db = Models.Create(provider);

        var unlisted = new List<string>();
        foreach (var entity in db.Model.GetEntityTypes().Where(e => !e.IsOwned()))
        {
            var filters = entity.GetDeclaredQueryFilters().Select(filter => filter.Key).ToList();
            if (CallCenterDbContext.IsTenantOwned(entity))
            {
                Assert.Contains(CallCenterDbContext.TenantFilter, filters);
            }
            else if (!Global.ContainsKey(entity.DisplayName()))
            {
                unlisted.Add(entity.DisplayName());
            }
        }

        Assert.Empty(unlisted);
    }

    [Fact]
    public void GlobalTables_Listed_AllExist()
    {
        using var db = Models.Create(DatabaseProvider.PostgreSQL);
        var names = db.Model.GetEntityTypes().Select(e => e.DisplayName()).ToHashSet(StringComparer.Ordinal);

        Assert.DoesNotContain(Global.Keys, name => !names.Contains(name));
    }

    [Fact]
    public void UniqueIndexes_OfTenantOwnedTables_BeginWithTheTenant()
    {
        // A unique value across tenants would tell one tenant what another has.
        using var db = Models.Create(DatabaseProvider.SqlServer);
        var wrong = db.Model.GetEntityTypes().Where(CallCenterDbContext.IsTenantOwned)
            .SelectMany(e => e.GetIndexes().Where(index => index.IsUnique && index.Properties[0].Name != nameof(ITenantOwned.TenantId)))
            .Select(index => $"{index.DeclaringEntityType.ShortName()} ({string.Join(", ", index.Properties.Select(p => p.Name))})");

        Assert.Empty(wrong);
    }

    [Fact]
    public void ForeignKeys_BetweenTenantOwnedTables_IncludeTheTenantOrFollowAnOwnedRow()
    {
        using var db = Models.Create(DatabaseProvider.SqlServer);
        var wrong = db.Model.GetEntityTypes().Where(CallCenterDbContext.IsTenantOwned)
            .SelectMany(e => e.GetForeignKeys())
            .Where(key => key.PrincipalToDependent is not null || key.DependentToPrincipal is not null)
            .Select(Describe)
            .Except(OwnedCollections);

        Assert.Empty(wrong);
    }

    // Reviewed: parts of a client and of a team, added through its own collections only, and filtered by tenant on both sides.
    private static readonly string[] OwnedCollections =
        ["ClientNumber navigates to Client", "ClientTag navigates to Client", "TeamGroup navigates to Team", "TeamMember navigates to Team"];

    private static string Describe(IForeignKey key) => $"{key.DeclaringEntityType.ShortName()} navigates to {key.PrincipalEntityType.ShortName()}";
}

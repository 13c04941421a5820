using CallCenter.Core.Tenancy;

namespace CallCenter.Tests.Tenancy;

public sealed class ScopeContextTests
{
    private static readonly TenantInfo Mine = new(Guid.NewGuid(), "mine", "Mine", "Etc/UTC", "IE", "en");
    private static readonly TenantInfo Theirs = new(Guid.NewGuid(), "theirs", "Theirs", "Etc/UTC", "IE", "en");

    [Fact]
    public void Tenant_NobodyEntered_Throws()
    {
        var scope = new ScopeContext();

        Assert.False(scope.HasTenant);
        Assert.Throws<InvalidOperationException>(() => scope.TenantId);
    }

    [Fact]
    public void EnterTenant_AnotherOne_IsRefused()
    {
        var scope = SignedIn();
        scope.EnterTenant(Mine, TenantRole.Agent);

        Assert.Throws<InvalidOperationException>(() => scope.EnterTenant(Theirs, TenantRole.Owner));
        Assert.Throws<InvalidOperationException>(() => scope.EnterAsSystem(Mine, "job"));
        Assert.Throws<InvalidOperationException>(() => scope.SignIn(Guid.NewGuid(), "other", false, null));
    }

    [Fact]
    public void EnterTenant_NobodySignedIn_IsRefused() =>
        Assert.Throws<InvalidOperationException>(() => new ScopeContext().EnterTenant(Mine, TenantRole.Owner));

    [Fact]
    public void May_Role_FollowsTheTable()
    {
        var scope = SignedIn();
        Assert.False(scope.May(Permissions.Calls.View));

        scope.EnterTenant(Mine, TenantRole.Manager);

        Assert.True(scope.May(Permissions.Calls.View));
        Assert.False(scope.May(Permissions.Users.Edit));
        Assert.False(scope.May("calls.unheard_of"));
    }

    [Fact]
    public void May_PlatformPermission_ComesFromNoRole()
    {
        var owner = SignedIn();
        owner.EnterTenant(Mine, TenantRole.Owner);
        var job = new ScopeContext();
        job.EnterAsSystem(Mine, "job");
        var platform = new ScopeContext();
        platform.SignIn(Guid.NewGuid(), "platform", isPlatformAdministrator: true, null);

        Assert.False(owner.May(Permissions.Platform.Tenants));
        Assert.False(job.May(Permissions.Platform.Tenants));
        Assert.True(platform.May(Permissions.Platform.Tenants));
        Assert.False(platform.May(Permissions.Calls.View));
    }

    [Fact]
    public void Revoke_TakesEveryRight()
    {
        var scope = new ScopeContext();
        scope.SignIn(Guid.NewGuid(), "platform", isPlatformAdministrator: true, null);
        scope.EnterTenant(Mine, TenantRole.Owner);

        scope.Revoke();

        Assert.False(scope.May(Permissions.Calls.View));
        Assert.False(scope.May(Permissions.Platform.Tenants));
    }

    [Fact]
    public void Permissions_OfTheConstants_AreUniqueAndHeldBySomeone()
    {
        var all = typeof(Permissions).GetNestedTypes().SelectMany(type => type.GetFields()).Select(field => (string)field.GetRawConstantValue()!).ToList();
        var held = Enum.GetValues<TenantRole>().SelectMany(RolePermissions.For).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(all.Count, all.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal([Permissions.Platform.Tenants], all.Where(permission => !held.Contains(permission)));
        Assert.Empty(held.Except(all));
    }

    private static ScopeContext SignedIn()
    {
        var scope = new ScopeContext();
        scope.SignIn(Guid.NewGuid(), "someone", isPlatformAdministrator: false, null);
        return scope;
    }
}

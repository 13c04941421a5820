using System.Security.Claims;
using CallCenter.Core.Identity;
using CallCenter.Core.Tenancy;
using CallCenter.Web.Access;
using NSubstitute;

namespace CallCenter.Tests.Access;

public sealed class PageAccessTests
{
    private static readonly TenantInfo Demo = new(Guid.NewGuid(), "demo", "Demo", "Europe/Dublin", "IE", "en");
    private static readonly TenantInfo Other = new(Guid.NewGuid(), "other", "Other", "Europe/Dublin", "IE", "en");

    private readonly ScopeContext _scope = new();
    private readonly ITenantDirectory _tenants = Substitute.For<ITenantDirectory>();
    private readonly Guid _user = Guid.NewGuid();

    public PageAccessTests()
    {
        _tenants.ResolveAsync(_user, Arg.Any<string>(), Arg.Any<CancellationToken>()).Returns(TenantErrors.NotFound);
        _tenants.ResolveAsync(_user, "demo", Arg.Any<CancellationToken>()).Returns(new TenantAccess(Demo, TenantRole.Agent));
        _tenants.ResolveAsync(_user, "other", Arg.Any<CancellationToken>()).Returns(new TenantAccess(Other, TenantRole.Owner));
    }

    [Fact]
    public async Task Enter_Nobody_AsksToSignIn() =>
        Assert.Equal(PageEntry.SignIn, await EnterAsync(new ClaimsPrincipal(new ClaimsIdentity()), "demo"));

    [Fact]
    public async Task Enter_OwnTenant_BindsTheScope()
    {
        Assert.Equal(PageEntry.Open, await EnterAsync(Principal(), "demo"));
        Assert.Equal(Demo.Id, _scope.TenantId);
        Assert.Equal(TenantRole.Agent, _scope.Role);
    }

    [Fact]
    public async Task Enter_UnknownOrForeignSlug_IsNotFound() => Assert.Equal(PageEntry.NotFound, await EnterAsync(Principal(), "theirs"));

    [Fact]
    public async Task Enter_WithoutThePermission_IsNotFound() =>
        Assert.Equal(PageEntry.NotFound, await EnterAsync(Principal(), "demo", Permissions.Users.View));

    [Fact]
    public async Task Enter_PlatformPage_OnlyPlatformAdministrators()
    {
        Assert.Equal(PageEntry.NotFound, await EnterAsync(Principal(), null, Permissions.Platform.Tenants));
        Assert.Equal(PageEntry.Open, await EnterAsync(Principal(platform: true), null, Permissions.Platform.Tenants));
    }

    [Fact]
    public async Task Enter_OtherTenantInTheSameCircuit_WantsANewOne()
    {
        await EnterAsync(Principal(), "demo");

        Assert.Equal(PageEntry.OtherTenant, await EnterAsync(Principal(), "other"));
        Assert.Equal(Demo.Id, _scope.TenantId);
    }

    [Fact]
    public async Task Enter_OneTimePassword_MustBeReplacedFirst() =>
        Assert.Equal(PageEntry.MustChangePassword, await EnterAsync(Principal(mustChange: true), "demo"));

    [Fact]
    public async Task Enter_RoleRevoked_AsksTheDirectoryAgain()
    {
        await EnterAsync(Principal(), "demo");
        _scope.Revoke();
        _tenants.ResolveAsync(_user, "demo", Arg.Any<CancellationToken>()).Returns(TenantErrors.NotFound);

        Assert.Equal(PageEntry.NotFound, await EnterAsync(Principal(), "demo"));
    }

    private ClaimsPrincipal Principal(bool platform = false, bool mustChange = false) => SessionPrincipal.Of(
        new SignedInUser(_user, "nora", "Nora Quinn", "stamp", platform, mustChange, null), Schemes.Session);

    private Task<PageEntry> EnterAsync(ClaimsPrincipal principal, string? slug, params string[] permissions) =>
        new PageAccess(_scope, _tenants).EnterAsync(
            principal, slug, permissions.Select(p => new RequirePermissionAttribute(p)), "192.0.2.1", CancellationToken.None);
}

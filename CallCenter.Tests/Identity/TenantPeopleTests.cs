using CallCenter.Core.Audit;
using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Identity;

public sealed class TenantPeopleTests : IAsyncLifetime
{
    private IdentityFixture _fixture = null!;
    private TenantInfo _tenant = null!;
    private TenantInfo _other = null!;
    private Guid _owner;

    public async Task InitializeAsync()
    {
        _fixture = await IdentityFixture.CreateAsync();
        _tenant = await _fixture.Database.AddTenantAsync();
        _other = await _fixture.Database.AddTenantAsync("other");
        _owner = await _fixture.AddPersonAsync(_tenant, "olga", TenantRole.Owner);
    }

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task Create_NewPerson_SignsInWithTheOneTimePasswordAndMustChangeIt()
    {
        var made = await RunAsync(TenantRole.Admin, people => people.CreateAsync(IdentityFixture.Form("adam")));

        var step = await _fixture.SignInAsync("adam", made.Value.OneTimePassword.Reveal());
        Assert.True(step.Value.User.MustChangePassword);
        Assert.Equal(Secret.Mask, made.Value.OneTimePassword.ToString());
        Assert.Contains(AuditActions.UserCreated, await _fixture.ActionsAsync(AuditChain.Tenant, _tenant));
    }

    public static TheoryData<string, string, string, int, string> BadForms => new()
    {
        { "a", "A", "a@example.com", 1, IdentityErrors.UserNameFormat.Code },
        { "a b c", "A", "a@example.com", 1, IdentityErrors.UserNameFormat.Code },
        { "adam", " ", "a@example.com", 1, IdentityErrors.DisplayNameLength.Code },
        { "adam", "A", "nowhere", 1, IdentityErrors.EmailFormat.Code },
        { "OLGA", "A", "a@example.com", 1, IdentityErrors.UserNameTaken.Code },
        { "adam", "A", "Olga@Example.com", 1, IdentityErrors.EmailTaken.Code },
        { "adam", "A", "a@example.com", 99, IdentityErrors.UnknownRole.Code },
    };

    [Theory]
    [MemberData(nameof(BadForms))]
    public async Task Create_BadForm_SaysWhatIsWrong(string userName, string displayName, string email, int role, string code)
    {
        var form = new PersonForm { UserName = userName, DisplayName = displayName, Email = email, Role = (TenantRole)role };

        Assert.Equal(code, (await RunAsync(TenantRole.Owner, people => people.CreateAsync(form))).Error?.Code);
    }

    [Fact]
    public async Task Create_SameNameAtOnce_OneWinsAndTheOtherIsTold()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ =>
            RunAsync(TenantRole.Owner, people => people.CreateAsync(IdentityFixture.Form("adam")))));

        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Equal(IdentityErrors.UserNameTaken, result.Error));
    }

    [Theory]
    [InlineData(TenantRole.Agent)]
    [InlineData(TenantRole.Supervisor)]
    [InlineData(TenantRole.Manager)]
    public async Task Changes_RoleWithoutPermission_AreDenied(TenantRole role)
    {
        Assert.Equal(AccessErrors.Denied, (await RunAsync(role, p => p.CreateAsync(IdentityFixture.Form("adam")))).Error);
        Assert.Equal(AccessErrors.Denied, (await RunAsync(role, p => p.AddExistingAsync("olga@example.com", TenantRole.Agent))).Error);
        Assert.Equal(AccessErrors.Denied, (await RunAsync(role, p => p.ChangeRoleAsync(_owner, TenantRole.Agent, 0))).Error);
        Assert.Equal(AccessErrors.Denied, (await RunAsync(role, p => p.DisableAsync(_owner, 0))).Error);
        Assert.Equal(AccessErrors.Denied, (await RunAsync(role, p => p.EnableAsync(_owner, 0))).Error);
        Assert.Equal(AccessErrors.Denied, (await RunAsync(role, p => p.ResetPasswordAsync(_owner))).Error);
        Assert.Equal(role == TenantRole.Manager ? null : AccessErrors.Denied, (await RunAsync(role, p => p.ListAsync())).Error);
    }

    [Fact]
    public async Task Changes_PersonOfAnotherTenant_AnswerNotFound()
    {
        var stranger = await _fixture.AddPersonAsync(_other, "stranger");

        Assert.Equal(IdentityErrors.NotFound, (await RunAsync(TenantRole.Owner, p => p.ChangeRoleAsync(stranger, TenantRole.Admin, 0))).Error);
        Assert.Equal(IdentityErrors.NotFound, (await RunAsync(TenantRole.Owner, p => p.DisableAsync(stranger, 0))).Error);
        Assert.Equal(IdentityErrors.NotFound, (await RunAsync(TenantRole.Owner, p => p.EnableAsync(stranger, 0))).Error);
        Assert.Equal(IdentityErrors.NotFound, (await RunAsync(TenantRole.Owner, p => p.ResetPasswordAsync(stranger))).Error);
        Assert.DoesNotContain((await RunAsync(TenantRole.Owner, p => p.ListAsync())).Value, person => person.UserId == stranger);
    }

    [Fact]
    public async Task Changes_AdminOnOwner_AreRefused()
    {
        var admin = await _fixture.AddPersonAsync(_tenant, "adam", TenantRole.Admin);

        Assert.Equal(IdentityErrors.OwnerOnly, (await RunAsync(TenantRole.Admin, p => p.ChangeRoleAsync(_owner, TenantRole.Agent, 0))).Error);
        Assert.Equal(IdentityErrors.OwnerOnly, (await RunAsync(TenantRole.Admin, p => p.DisableAsync(_owner, 0))).Error);
        Assert.Equal(IdentityErrors.OwnerOnly, (await RunAsync(TenantRole.Admin, p => p.ResetPasswordAsync(_owner))).Error);
        Assert.Equal(IdentityErrors.OwnerOnly, (await RunAsync(TenantRole.Admin, p => p.ChangeRoleAsync(admin, TenantRole.Owner, 0))).Error);
        Assert.Equal(IdentityErrors.OwnerOnly, (await RunAsync(TenantRole.Admin, p => p.CreateAsync(IdentityFixture.Form("new", TenantRole.Owner)))).Error);
        Assert.Equal(TenantRole.Owner, (await _fixture.PersonAsync(_tenant, _owner)).Role);
    }

    [Fact]
    public async Task Changes_LastActiveOwner_AreRefused()
    {
        var second = await _fixture.AddPersonAsync(_tenant, "second", TenantRole.Owner);
        Assert.Null((await RunAsync(TenantRole.Owner, p => p.DisableAsync(second, 0))).Error);

        Assert.Equal(IdentityErrors.LastOwner, (await RunAsync(TenantRole.Owner, p => p.ChangeRoleAsync(_owner, TenantRole.Admin, 0))).Error);
        Assert.Equal(IdentityErrors.LastOwner, (await RunAsync(TenantRole.Owner, p => p.DisableAsync(_owner, 0))).Error);
        Assert.Null((await _fixture.PersonAsync(_tenant, _owner)).DisabledAtUtc);
    }

    [Fact]
    public async Task Changes_TwoOwnersRemoveEachOtherAtOnce_OneRemains()
    {
        for (var round = 0; round < 4; round++)
        {
            var tenant = await _fixture.Database.AddTenantAsync($"round{round}");
            Guid[] owners =
            [
                await _fixture.AddPersonAsync(tenant, $"first{round}", TenantRole.Owner),
                await _fixture.AddPersonAsync(tenant, $"second{round}", TenantRole.Owner),
            ];

            var results = await Task.WhenAll(
                RunAsync(TenantRole.Owner, p => p.DisableAsync(owners[0], 0), tenant, owners[1]),
                RunAsync(TenantRole.Owner, p => p.ChangeRoleAsync(owners[1], TenantRole.Agent, 0), tenant, owners[0]));

            Assert.Single(results, result => result.Succeeded);
            Assert.Single(results, result => result.Error == IdentityErrors.LastOwner);
        }
    }

    [Fact]
    public async Task ChangeRole_OldVersion_IsAConflict()
    {
        var agent = await _fixture.AddPersonAsync(_tenant, "agent");
        Assert.Null((await RunAsync(TenantRole.Admin, p => p.ChangeRoleAsync(agent, TenantRole.Supervisor, 0))).Error);

        Assert.Equal(IdentityErrors.Conflict, (await RunAsync(TenantRole.Admin, p => p.ChangeRoleAsync(agent, TenantRole.Manager, 0))).Error);

        Assert.Equal((TenantRole.Supervisor, 1), ((await _fixture.PersonAsync(_tenant, agent)).Role, (await _fixture.PersonAsync(_tenant, agent)).Version));
    }

    [Fact]
    public async Task Disable_Person_LosesTheTenantAtOnceAndGetsItBack()
    {
        var agent = await _fixture.AddPersonAsync(_tenant, "agent");

        await RunAsync(TenantRole.Admin, p => p.DisableAsync(agent, 0));
        Assert.Null(await RoleAsync(agent));
        Assert.Equal(TenantErrors.NotFound, (await ResolveAsync(agent)).Error);

        await RunAsync(TenantRole.Admin, p => p.EnableAsync(agent, 1));
        Assert.Equal(TenantRole.Agent, await RoleAsync(agent));
        Assert.Equal(TenantRole.Agent, (await ResolveAsync(agent)).Value.Role);
    }

    [Fact]
    public async Task Self_DisableAndReset_AreRefused()
    {
        Assert.Equal(IdentityErrors.NotYourself, (await RunAsync(TenantRole.Owner, p => p.DisableAsync(_owner, 0), _tenant, _owner)).Error);
        Assert.Equal(IdentityErrors.NotYourself, (await RunAsync(TenantRole.Owner, p => p.ResetPasswordAsync(_owner), _tenant, _owner)).Error);
    }

    [Fact]
    public async Task ResetPassword_Agent_EndsSessionsAndOpensWithTheNewOne()
    {
        var agent = await _fixture.AddPersonAsync(_tenant, "agent");
        var stamp = (await _fixture.UserAsync(agent)).SecurityStamp;

        var password = await RunAsync(TenantRole.Admin, p => p.ResetPasswordAsync(agent));

        Assert.NotEqual(stamp, (await _fixture.UserAsync(agent)).SecurityStamp);
        Assert.Equal(IdentityErrors.SignInFailed, (await _fixture.SignInAsync("agent")).Error);
        Assert.True((await _fixture.SignInAsync("agent", password.Value.Reveal())).Value.User.MustChangePassword);
    }

    [Fact]
    public async Task ResetPassword_AccountThatOthersUse_IsRefused()
    {
        var shared = await _fixture.AddPersonAsync(_other, "shared");
        Assert.Null((await RunAsync(TenantRole.Admin, p => p.AddExistingAsync(" SHARED@example.com ", TenantRole.Agent))).Error);
        await using var scope = _fixture.Anonymous();
        var administrator = await scope.ServiceProvider.GetRequiredService<IAdministratorSetup>().CreateAsync(IdentityFixture.Form("root-admin"));
        await RunAsync(TenantRole.Admin, p => p.AddExistingAsync("root-admin@example.com", TenantRole.Agent));

        Assert.Equal(IdentityErrors.SharedAccount, (await RunAsync(TenantRole.Admin, p => p.ResetPasswordAsync(shared))).Error);
        Assert.Equal(IdentityErrors.SharedAccount, (await RunAsync(TenantRole.Admin, p => p.ResetPasswordAsync(administrator.Value.UserId))).Error);
        Assert.True((await _fixture.SignInAsync("shared")).Succeeded);
    }

    [Fact]
    public async Task AddExisting_UnknownOrPresent_SaysSo()
    {
        Assert.Equal(IdentityErrors.EmailUnknown, (await RunAsync(TenantRole.Owner, p => p.AddExistingAsync("no@example.com", TenantRole.Agent))).Error);
        Assert.Equal(IdentityErrors.AlreadyMember, (await RunAsync(TenantRole.Owner, p => p.AddExistingAsync("olga@example.com", TenantRole.Agent))).Error);
        Assert.Equal(IdentityErrors.OwnerOnly, (await RunAsync(TenantRole.Admin, p => p.AddExistingAsync("olga@example.com", TenantRole.Owner))).Error);
    }

    private async Task<T> RunAsync<T>(TenantRole role, Func<ITenantPeople, Task<T>> act, TenantInfo? tenant = null, Guid? userId = null)
    {
        await using var scope = _fixture.As(tenant ?? _tenant, role, userId);
        return await act(IdentityFixture.People(scope));
    }

    private async Task<TenantRole?> RoleAsync(Guid userId)
    {
        await using var scope = _fixture.Anonymous();
        return await scope.ServiceProvider.GetRequiredService<ISessionCheck>().GetRoleAsync(userId, _tenant.Id);
    }

    private async Task<Result<TenantAccess>> ResolveAsync(Guid userId)
    {
        await using var scope = _fixture.Anonymous();
        return await scope.ServiceProvider.GetRequiredService<ITenantDirectory>().ResolveAsync(userId, _tenant.Slug);
    }
}

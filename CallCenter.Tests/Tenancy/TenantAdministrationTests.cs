using CallCenter.Core.Audit;
using CallCenter.Core.Identity;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Tenancy;

public sealed class TenantAdministrationTests : IAsyncLifetime
{
    private IdentityFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await IdentityFixture.CreateAsync();

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task Create_TenantWithNewOwner_OpensForTheOwnerOnly()
    {
        var made = (await RunAsync(a => a.CreateAsync(Form("acme"), IdentityFixture.Form("olga")))).Value;

        Assert.Equal("olga", made.OwnerUserName);
        var user = (await _fixture.SignInAsync("olga", made.OneTimePassword!.Reveal())).Value.User;
        await using var scope = _fixture.Anonymous();
        var directory = scope.ServiceProvider.GetRequiredService<ITenantDirectory>();
        Assert.Equal(new TenantAccess(made.Info, TenantRole.Owner), (await directory.ResolveAsync(user.Id, "acme")).Value);
        Assert.Equal(TenantErrors.NotFound, (await directory.ResolveAsync(Guid.NewGuid(), "acme")).Error);
        Assert.Equal(TenantErrors.NotFound, (await directory.ResolveAsync(user.Id, "ACME")).Error);
        Assert.Equal([AuditActions.UserCreated], await _fixture.ActionsAsync(AuditChain.Tenant, made.Info));
        Assert.Contains(AuditActions.TenantCreated, await _fixture.ActionsAsync(AuditChain.Platform));
        Assert.Equal(1, Assert.Single((await RunAsync(a => a.ListAsync())).Value).ActivePeople);
    }

    [Fact]
    public async Task Create_ExistingOwnerByEmail_NeedsNoPassword()
    {
        await RunAsync(a => a.CreateAsync(Form("acme"), IdentityFixture.Form("olga")));

        var second = await RunAsync(a => a.CreateAsync(Form("second"), new PersonForm { Email = "olga@example.com" }));
        var unknown = await RunAsync(a => a.CreateAsync(Form("third"), new PersonForm { Email = "nobody@example.com" }));

        Assert.Null(second.Value.OneTimePassword);
        Assert.Equal(IdentityErrors.EmailUnknown, unknown.Error);
    }

    public static TheoryData<string, string> BadSlugs => new()
    {
        { "ab", TenantErrors.SlugFormat.Code },
        { "Acme", TenantErrors.SlugFormat.Code },
        { "-acme", TenantErrors.SlugFormat.Code },
        { "acme-", TenantErrors.SlugFormat.Code },
        { "ac--me", TenantErrors.SlugFormat.Code },
        { "1acme", TenantErrors.SlugFormat.Code },
        { "acme\n", TenantErrors.SlugFormat.Code },
        { "_framework", TenantErrors.SlugFormat.Code },
        { new string('a', 41), TenantErrors.SlugFormat.Code },
        { "account", TenantErrors.SlugReserved.Code },
        { "health", TenantErrors.SlugReserved.Code },
        { "platform", TenantErrors.SlugReserved.Code },
        { "taken", TenantErrors.SlugTaken.Code },
    };

    [Theory]
    [MemberData(nameof(BadSlugs))]
    public async Task Create_BadSlug_SaysWhatIsWrong(string slug, string code)
    {
        await _fixture.Database.AddTenantAsync("taken");

        var result = await RunAsync(a => a.CreateAsync(Form(slug), IdentityFixture.Form("olga")));

        Assert.Equal((code, "Slug"), (result.Error?.Code, result.Error?.Field));
    }

    [Fact]
    public async Task Create_BadFacts_SayWhichField()
    {
        var good = Form("acme");
        async Task<string?> FieldAsync(Action<TenantForm> spoil)
        {
            var form = Form("acme");
            spoil(form);
            return (await RunAsync(a => a.CreateAsync(form, IdentityFixture.Form("olga")))).Error?.Field;
        }

        Assert.Equal("Name", await FieldAsync(f => f.Name = " "));
        Assert.Equal("TimeZoneId", await FieldAsync(f => f.TimeZoneId = "Mars/Olympus"));
        Assert.Equal("CountryCode", await FieldAsync(f => f.CountryCode = "ZZ"));
        Assert.Equal("CountryCode", await FieldAsync(f => f.CountryCode = "ie"));
        Assert.Equal("Language", await FieldAsync(f => f.Language = "fr"));
        Assert.Null((await RunAsync(a => a.CreateAsync(good, IdentityFixture.Form("olga")))).Error);
    }

    [Fact]
    public async Task Create_OwnerNameTaken_LeavesNoTenant()
    {
        await RunAsync(a => a.CreateAsync(Form("acme"), IdentityFixture.Form("olga")));

        var result = await RunAsync(a => a.CreateAsync(Form("second"), IdentityFixture.Form("olga")));

        Assert.Equal(IdentityErrors.UserNameTaken, result.Error);
        Assert.Single((await RunAsync(a => a.ListAsync())).Value);
    }

    [Fact]
    public async Task Create_SameSlugAtOnce_OneWins()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(n =>
            RunAsync(a => a.CreateAsync(Form("acme"), IdentityFixture.Form($"owner{n}")))));

        Assert.Single(results, result => result.Succeeded);
        Assert.All(results.Where(result => !result.Succeeded), result => Assert.Equal(TenantErrors.SlugTaken, result.Error));
    }

    [Fact]
    public async Task Update_ByTwoAtOnce_SecondGetsAConflict()
    {
        var id = (await RunAsync(a => a.CreateAsync(Form("acme"), IdentityFixture.Form("olga")))).Value.Info.Id;

        var first = await RunAsync(a => a.UpdateAsync(id, Form("acme-two"), 0));
        var second = await RunAsync(a => a.UpdateAsync(id, Form("acme-three"), 0));

        Assert.Null(first.Error);
        Assert.Equal(TenantErrors.Conflict, second.Error);
        Assert.Equal("acme-two", (await RunAsync(a => a.GetAsync(id))).Value.Info.Slug);
    }

    [Fact]
    public async Task Suspend_Tenant_AnswersNotFoundUntilResumed()
    {
        var made = (await RunAsync(a => a.CreateAsync(Form("acme"), IdentityFixture.Form("olga")))).Value;
        var user = (await _fixture.SignInAsync("olga", made.OneTimePassword!.Reveal())).Value.User;
        await using var scope = _fixture.Anonymous();
        var directory = scope.ServiceProvider.GetRequiredService<ITenantDirectory>();
        var sessions = scope.ServiceProvider.GetRequiredService<ISessionCheck>();

        Assert.Null((await RunAsync(a => a.SuspendAsync(made.Info.Id, 0))).Error);
        Assert.Equal(TenantErrors.NotFound, (await directory.ResolveAsync(user.Id, "acme")).Error);
        Assert.Empty(await directory.ListForAsync(user.Id));
        Assert.Empty(await directory.ListActiveAsync());
        Assert.Null(await sessions.GetRoleAsync(user.Id, made.Info.Id));

        Assert.Null((await RunAsync(a => a.ResumeAsync(made.Info.Id, 1))).Error);
        Assert.True((await directory.ResolveAsync(user.Id, "acme")).Succeeded);
    }

    [Fact]
    public async Task Everything_WithoutPlatformPermission_IsDenied()
    {
        var tenant = await _fixture.Database.AddTenantAsync();
        await using var scope = _fixture.As(tenant, TenantRole.Owner);
        var administration = scope.ServiceProvider.GetRequiredService<ITenantAdministration>();

        Assert.Equal(AccessErrors.Denied, (await administration.ListAsync()).Error);
        Assert.Equal(AccessErrors.Denied, (await administration.GetAsync(tenant.Id)).Error);
        Assert.Equal(AccessErrors.Denied, (await administration.CreateAsync(Form("acme"), IdentityFixture.Form("olga"))).Error);
        Assert.Equal(AccessErrors.Denied, (await administration.UpdateAsync(tenant.Id, new TenantForm(), 0)).Error);
        Assert.Equal(AccessErrors.Denied, (await administration.SuspendAsync(tenant.Id, 0)).Error);
        Assert.Equal(AccessErrors.Denied, (await administration.ResumeAsync(tenant.Id, 0)).Error);
    }

    private static TenantForm Form(string slug) =>
        new() { Slug = slug, Name = $"Company {slug}", TimeZoneId = "Europe/Dublin", CountryCode = "IE", Language = "en" };

    private async Task<T> RunAsync<T>(Func<ITenantAdministration, Task<T>> act)
    {
        await using var scope = _fixture.Platform();
        return await act(scope.ServiceProvider.GetRequiredService<ITenantAdministration>());
    }
}

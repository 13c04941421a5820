using CallCenter.Core.Audit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Identity;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Identity;
using CallCenter.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Identity;

public sealed class ExtensionSignInTests : IAsyncLifetime
{
    private static readonly DateTime Now = new(2026, 3, 2, 15, 0, 0, DateTimeKind.Utc);

    private IdentityFixture _fixture = null!;
    private TenantInfo _demo = null!;
    private TenantInfo _riyadh = null!;
    private Guid _nora;
    private Guid _hind;

    public async Task InitializeAsync()
    {
        _fixture = await IdentityFixture.CreateAsync();
        _demo = await _fixture.Database.AddTenantAsync("demo");
        _riyadh = await _fixture.Database.AddTenantAsync("riyadh");
        _nora = await _fixture.AddPersonAsync(_demo, "nora");
        _hind = await _fixture.AddPersonAsync(_riyadh, "hind");
        await AddExtensionAsync(_demo, "1001", _nora);
        await AddExtensionAsync(_riyadh, "1001", _hind);
    }

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Theory]
    [InlineData("1001@demo", null)]
    [InlineData(" 1001@Demo", "riyadh")]
    [InlineData("١٠٠١@demo", null)]
    [InlineData("1001", "demo")]
    public async Task WithPassword_ExtensionOfATenant_SignsItsHolderIn(string name, string? slug)
    {
        var result = await _fixture.SignInAsync(name, slug: slug);

        Assert.Equal(_nora, result.Value.User.Id);
        Assert.Contains(AuditActions.SignedIn, await _fixture.ActionsAsync(AuditChain.Platform));
    }

    [Fact]
    public async Task WithPassword_SameNumberInTwoTenants_IsNeverMistaken()
    {
        Assert.Equal(_hind, (await _fixture.SignInAsync("1001@riyadh")).Value.User.Id);
        Assert.Equal(_hind, (await _fixture.SignInAsync("1001", slug: "riyadh")).Value.User.Id);
        Assert.Equal(IdentityErrors.SignInFailed, (await _fixture.SignInAsync("1001")).Error);
    }

    [Fact]
    public async Task WithPassword_NumberWithoutTenant_IsRefusedEvenWhenOnlyOneHasIt()
    {
        await AddExtensionAsync(_demo, "1002", await _fixture.AddPersonAsync(_demo, "cora"));

        Assert.Equal(IdentityErrors.SignInFailed, (await _fixture.SignInAsync("1002")).Error);
        Assert.True((await _fixture.SignInAsync("1002", slug: "demo")).Succeeded);
    }

    [Fact]
    public async Task WithPassword_EveryExtensionThatOpensNothing_GivesTheSameAnswer()
    {
        await AddExtensionAsync(_demo, "2001", userId: null);
        await AddExtensionAsync(_demo, "2002", await _fixture.AddPersonAsync(_demo, "two"), e => e.Assign(null));
        var third = await _fixture.AddPersonAsync(_demo, "three");
        await AddExtensionAsync(_demo, "2003", third);
        await ChangeAsync<Membership>(_demo, m => m.UserId == third, m => m.DisabledAtUtc = Now);
        var fourth = await _fixture.AddPersonAsync(_demo, "four");
        await AddExtensionAsync(_demo, "2004", fourth);
        await ChangeAsync<AppUser>(_demo, u => u.Id == fourth, u => u.DisabledAtUtc = Now);
        await AddExtensionAsync(_demo, "2005", await _fixture.AddPersonAsync(_demo, "five"), Delete);
        await AddExtensionAsync(_demo, "2006", _hind);

        Assert.All(
            await Task.WhenAll(new[] { "2001", "2002", "2003", "2004", "2005", "2006", "2999" }.Select(n => _fixture.SignInAsync($"{n}@demo"))),
            result => Assert.Equal(IdentityErrors.SignInFailed, result.Error));
        Assert.Equal(IdentityErrors.SignInFailed, (await _fixture.SignInAsync("1001@nowhere")).Error);
        Assert.Equal(IdentityErrors.SignInFailed, (await _fixture.SignInAsync("1001@demo", "wrong password")).Error);
    }

    [Fact]
    public async Task WithPassword_SuspendedTenant_OpensNothingThroughItsExtensions()
    {
        await ChangeAsync<Tenant>(_demo, t => t.Id == _demo.Id, t => t.SuspendedAtUtc = Now);

        Assert.Equal(IdentityErrors.SignInFailed, (await _fixture.SignInAsync("1001@demo")).Error);
        Assert.True((await _fixture.SignInAsync("1001@riyadh")).Succeeded);
    }

    [Fact]
    public async Task WithPassword_TwoHoldersOfOneNumberOnTwoPbxs_OpensNeither()
    {
        await AddExtensionAsync(_demo, "1001", await _fixture.AddPersonAsync(_demo, "cora"));

        Assert.Equal(IdentityErrors.SignInFailed, (await _fixture.SignInAsync("1001@demo")).Error);
    }

    [Fact]
    public async Task WithPassword_AccountWhoseNameReadsAsExtension_KeepsItsName()
    {
        await ChangeAsync<AppUser>(_riyadh, u => u.Id == _hind, u => (u.UserName, u.NormalizedUserName) = ("1001@demo", "1001@DEMO"));

        Assert.Equal(_hind, (await _fixture.SignInAsync("1001@demo")).Value.User.Id);
    }

    [Fact]
    public async Task WithPassword_FailuresByExtension_CountForTheAccount()
    {
        for (var n = 0; n < 5; n++)
        {
            await _fixture.SignInAsync(n % 2 == 0 ? "1001@demo" : "nora", "wrong password");
        }

        Assert.Equal(IdentityErrors.SignInFailed, (await _fixture.SignInAsync("1001@demo")).Error);
        Assert.Equal(IdentityErrors.SignInFailed, (await _fixture.SignInAsync("nora")).Error);
        Assert.NotNull((await _fixture.UserAsync(_nora)).LockoutEnd);
        Assert.Null((await _fixture.UserAsync(_hind)).LockoutEnd);
    }

    [Fact]
    public async Task WithPassword_ManyFailuresForOneExtension_LimitThatTenantsNumberOnlyWhetherItExistsOrNot()
    {
        foreach (var number in new[] { "1001", "2999" })
        {
            for (var n = 0; n < 10; n++)
            {
                Assert.Equal(IdentityErrors.SignInFailed, (await _fixture.SignInAsync(number, "wrong password", $"192.0.2.{n}", "demo")).Error);
            }

            Assert.Equal(IdentityErrors.TooManyAttempts, (await _fixture.SignInAsync($"{number}@demo", "wrong password", "198.51.100.1")).Error);
        }

        Assert.True((await _fixture.SignInAsync("1001", slug: "riyadh")).Succeeded);
    }

    [Fact]
    public async Task WithPassword_UnknownExtension_TakesTheSameStatementsAsAKnownOne()
    {
        var known = await StatementsAsync("1001@demo");
        var unknown = await StatementsAsync("2999@demo");
        var nowhere = await StatementsAsync("1001@nowhere");

        Assert.NotEmpty(known);
        Assert.Equal(known, unknown);
        Assert.Equal(known, nowhere);
    }

    [Fact]
    public async Task WithPassword_SecondFactorOn_AsksForTheCode()
    {
        await using var scope = _fixture.Me(_nora);
        var account = scope.ServiceProvider.GetRequiredService<IMyAccount>();
        var key = (await account.BeginTwoFactorAsync()).Value.Key.Replace(" ", "", StringComparison.Ordinal);
        Assert.True((await account.ConfirmTwoFactorAsync(Totp.CodeAt(key, _fixture.Clock.GetUtcNow()))).Succeeded);

        var step = (await _fixture.SignInAsync("1001@demo")).Value;
        _fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        await using var anonymous = _fixture.Anonymous();
        var signedIn = await anonymous.ServiceProvider.GetRequiredService<ISignIn>()
            .WithCodeAsync(step.User.Id, step.User.SecurityStamp, Totp.CodeAt(key, _fixture.Clock.GetUtcNow()), "192.0.2.1");

        Assert.True(step.NeedsSecondFactor);
        Assert.Equal(_nora, signedIn.Value.Id);
    }

    private static void Delete(Extension extension)
    {
        extension.MarkSent(Now);
        extension.MarkWritten(Now);
        extension.Complete(null, Now);
        extension.Delete("test", Now);
    }

    private async Task<IReadOnlyList<string>> StatementsAsync(string name)
    {
        using var statements = new StatementCapture();
        Assert.Equal(IdentityErrors.SignInFailed, (await _fixture.SignInAsync(name, "wrong password")).Error);
        return statements.Texts;
    }

    private async Task AddExtensionAsync(TenantInfo tenant, string number, Guid? userId, Action<Extension>? change = null)
    {
        var extension = Extension.Create(Guid.NewGuid(), number, false, new ExtensionProfile { Name = number }, "secret", "pin", "test", Now, null);
        extension.Assign(userId);
        change?.Invoke(extension);
        await using var db = _fixture.Database.As(tenant).CreateDbContext();
        db.Add(extension);
        await db.SaveChangesAsync();
    }

    private async Task ChangeAsync<T>(TenantInfo tenant, System.Linq.Expressions.Expression<Func<T, bool>> which, Action<T> change)
        where T : class
    {
        await using var db = _fixture.Database.As(tenant).CreateDbContext();
        change(await db.Set<T>().SingleAsync(which));
        await db.SaveChangesAsync();
    }
}

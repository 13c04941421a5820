using CallCenter.Core.Audit;
using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Infrastructure.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Identity;

public sealed class MyAccountTests : IAsyncLifetime
{
    private IdentityFixture _fixture = null!;
    private Guid _user;

    public async Task InitializeAsync()
    {
        _fixture = await IdentityFixture.CreateAsync();
        _user = await _fixture.AddPersonAsync(await _fixture.Database.AddTenantAsync(), "nora");
    }

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    public static TheoryData<string, string> BadPasswords => new()
    {
        { "short", IdentityErrors.PasswordLength.Code },
        { string.Concat(Enumerable.Repeat("abcdefgh", 17)), IdentityErrors.PasswordLength.Code },
        { "aaaabbbbaaaabbbb", IdentityErrors.PasswordTooSimple.Code },
        { "my name is NORA, hello", IdentityErrors.PasswordHasUserName.Code },
        { IdentityFixture.GoodPassword, IdentityErrors.PasswordUnchanged.Code },
    };

    [Theory]
    [MemberData(nameof(BadPasswords))]
    public async Task ChangePassword_BadOne_SaysWhatIsWrong(string password, string code)
    {
        var result = await RunAsync(account => account.ChangePasswordAsync(new Secret(IdentityFixture.GoodPassword), new Secret(password)));

        Assert.Equal(code, result.Error?.Code);
        Assert.Equal("NewPassword", result.Error?.Field);
    }

    [Fact]
    public async Task ChangePassword_GoodOne_WorksAndEndsOtherSessions()
    {
        var before = await _fixture.UserAsync(_user);

        var result = await RunAsync(account => account.ChangePasswordAsync(new Secret(IdentityFixture.GoodPassword), new Secret("another fine phrase")));

        Assert.NotEqual(before.SecurityStamp, result.Value.SecurityStamp);
        Assert.Equal(IdentityErrors.SignInFailed, (await _fixture.SignInAsync("nora")).Error);
        Assert.True((await _fixture.SignInAsync("nora", "another fine phrase")).Succeeded);
    }

    [Fact]
    public async Task ChangePassword_WrongCurrentOne_IsRefusedAndClosesTheAccountForAWhile()
    {
        for (var n = 0; n < 5; n++)
        {
            var result = await RunAsync(account => account.ChangePasswordAsync(new Secret("a wrong password"), new Secret("another fine phrase")));
            Assert.Equal(IdentityErrors.WrongPassword, result.Error);
        }

        var limited = await RunAsync(account => account.ChangePasswordAsync(new Secret(IdentityFixture.GoodPassword), new Secret("another fine phrase")));
        Assert.Equal(IdentityErrors.TooManyAttempts, limited.Error);
        var actions = await _fixture.ActionsAsync(AuditChain.Platform);
        Assert.Equal(5, actions.Count(action => action == AuditActions.PasswordRefused));
        Assert.Equal(AuditActions.LockedOut, actions[^1]);

        _fixture.Clock.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));
        Assert.True((await RunAsync(account => account.ChangePasswordAsync(new Secret(IdentityFixture.GoodPassword), new Secret("another fine phrase")))).Succeeded);
    }

    [Fact]
    public async Task OwnPassword_RightOneBetweenWrongOnes_StartsTheCountAnew()
    {
        for (var n = 0; n < 8; n++)
        {
            var result = await RunAsync(account => account.RenewRecoveryCodesAsync(new Secret(n == 4 ? IdentityFixture.GoodPassword : "a wrong password")));
            Assert.Equal(n == 4 ? IdentityErrors.TwoFactorState : IdentityErrors.WrongPassword, result.Error);
        }

        Assert.Null((await _fixture.UserAsync(_user)).LockoutEnd);
    }

    [Fact]
    public async Task TwoFactor_WholeLife_OnRenewOff()
    {
        var setup = (await RunAsync(account => account.BeginTwoFactorAsync())).Value;
        var key = setup.Key.Replace(" ", "", StringComparison.Ordinal);
        Assert.StartsWith("otpauth://totp/CallCenter%3Anora?secret=" + key, setup.Uri, StringComparison.Ordinal);
        Assert.StartsWith("<svg", setup.QrSvg, StringComparison.Ordinal);
        Assert.False((await RunAsync(account => account.GetAsync())).TwoFactorEnabled);

        Assert.Equal(IdentityErrors.WrongCode, (await RunAsync(account => account.ConfirmTwoFactorAsync("12 34 56"))).Error);
        var codes = (await RunAsync(account => account.ConfirmTwoFactorAsync(Totp.CodeAt(key, _fixture.Clock.GetUtcNow())))).Value;
        Assert.Equal(10, codes.Distinct().Count());
        var facts = await RunAsync(account => account.GetAsync());
        Assert.True(facts.TwoFactorEnabled);
        Assert.Equal(10, facts.RecoveryCodesLeft);
        Assert.Equal(IdentityErrors.TwoFactorState, (await RunAsync(account => account.BeginTwoFactorAsync())).Error);

        Assert.Equal(IdentityErrors.WrongPassword, (await RunAsync(account => account.RenewRecoveryCodesAsync(new Secret("wrong")))).Error);
        var renewed = (await RunAsync(account => account.RenewRecoveryCodesAsync(new Secret(IdentityFixture.GoodPassword)))).Value;
        Assert.Empty(codes.Intersect(renewed));

        Assert.Null((await RunAsync(account => account.DisableTwoFactorAsync(new Secret(IdentityFixture.GoodPassword)))).Error);
        Assert.False((await _fixture.SignInAsync("nora")).Value.NeedsSecondFactor);
        Assert.Equal(0, (await RunAsync(account => account.GetAsync())).RecoveryCodesLeft);
    }

    [Fact]
    public async Task SetLanguage_OnlyKnownOnes_AreKept()
    {
        Assert.Equal(IdentityErrors.UnknownLanguage, (await RunAsync(account => account.SetLanguageAsync("fr"))).Error);
        Assert.Null((await RunAsync(account => account.SetLanguageAsync("ar"))).Error);

        Assert.Equal("ar", (await RunAsync(account => account.GetAsync())).Language);
    }

    [Fact]
    public async Task Get_NobodySignedIn_Throws()
    {
        await using var scope = _fixture.Anonymous();

        await Assert.ThrowsAsync<InvalidOperationException>(() => scope.ServiceProvider.GetRequiredService<IMyAccount>().GetAsync());
    }

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Totp_Rfc6238Vectors_GiveTheirCodes(long unixSeconds, string code) =>
        Assert.Equal(code, Totp.CodeAt("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", DateTimeOffset.FromUnixTimeSeconds(unixSeconds)));

    [Theory]
    [InlineData(-30, true)]
    [InlineData(30, true)]
    [InlineData(-90, false)]
    [InlineData(90, false)]
    public void Totp_ClockOff_OneStepIsForgiven(int seconds, bool accepted)
    {
        const string key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        var now = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

        Assert.Equal(accepted, Totp.Match(key, Totp.CodeAt(key, now.AddSeconds(seconds)), now, null) is not null);
    }

    private async Task<T> RunAsync<T>(Func<IMyAccount, Task<T>> act)
    {
        await using var scope = _fixture.Me(_user);
        return await act(scope.ServiceProvider.GetRequiredService<IMyAccount>());
    }
}

using CallCenter.Core.Identity;
using CallCenter.Core.Security;
using CallCenter.Infrastructure.Identity;
using CallCenter.Tests.Identity;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Security;

public sealed class GlobalSecretRotationTests
{
    [Fact]
    public async Task Reprotect_AfterRotation_SecondFactorsAndCookiesOutliveTheOldKey()
    {
        await using var fixture = await IdentityFixture.CreateAsync();
        var user = await fixture.AddPersonAsync(await fixture.Database.AddTenantAsync(), "nora");
        string key;
        await using (var scope = fixture.Me(user))
        {
            var account = scope.ServiceProvider.GetRequiredService<IMyAccount>();
            key = (await account.BeginTwoFactorAsync()).Value.Key.Replace(" ", "", StringComparison.Ordinal);
            await account.ConfirmTwoFactorAsync(Totp.CodeAt(key, fixture.Clock.GetUtcNow()));
        }

        var cookie = fixture.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie").Protect("hello");
        await using (var both = fixture.Database.CreateServices(settings: Keys("new", "test", "new")))
        {
            var report = await both.GetRequiredService<ISecretMaintenance>().ReprotectAsync();
            Assert.Equal((3, 3, 0), (report.Total, report.Reprotected, report.Unreadable));
        }

        await using var after = fixture.Database.CreateServices(
            services => services.AddSingleton<TimeProvider>(fixture.Clock), Keys("new", "new"));
        Assert.Equal("hello", after.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie").Unprotect(cookie));
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        await using var anonymous = after.CreateAsyncScope();
        var stamp = (await fixture.UserAsync(user)).SecurityStamp!;
        var result = await anonymous.ServiceProvider.GetRequiredService<ISignIn>()
            .WithCodeAsync(user, stamp, Totp.CodeAt(key, fixture.Clock.GetUtcNow()), null);
        Assert.True(result.Succeeded);
    }

    private static Dictionary<string, string?> Keys(string active, params string[] ids)
    {
        var settings = ids.ToDictionary(id => $"Secrets:Keys:{id}", string? (id) => Convert.ToBase64String([.. Enumerable.Repeat((byte)(id == "test" ? 0 : 7), 32)]));
        settings["Secrets:ActiveKey"] = active;
        return settings;
    }
}

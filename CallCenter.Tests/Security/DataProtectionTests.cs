using CallCenter.Infrastructure.Security;
using CallCenter.Tests.Identity;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Security;

public sealed class DataProtectionTests
{
    [Fact]
    public async Task Protect_TwoNodes_ReadEachOthersCookies()
    {
        await using var first = await IdentityFixture.CreateAsync();
        await using var second = first.Database.CreateServices(settings: new Dictionary<string, string?>
        {
            ["Secrets:ActiveKey"] = "test",
            ["Secrets:Keys:test"] = Convert.ToBase64String(new byte[32]),
        });

        var cookie = first.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie").Protect("hello");

        Assert.Equal("hello", second.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie").Unprotect(cookie));
    }

    [Fact]
    public async Task Store_Keys_AreEncryptedWithTheKeyRing()
    {
        await using var fixture = await IdentityFixture.CreateAsync();
        fixture.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie").Protect("hello");

        await using var db = fixture.Database.Global().CreateDbContext();
        var xml = (await db.Set<DataProtectionKey>().SingleAsync()).Xml;

        Assert.DoesNotContain("masterKey", xml, StringComparison.Ordinal);
        Assert.Contains("v1:test:", xml, StringComparison.Ordinal);
    }
}

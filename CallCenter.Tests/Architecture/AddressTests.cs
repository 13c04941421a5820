using CallCenter.Core.Tenancy;
using CallCenter.Web.Composition;
using Microsoft.AspNetCore.Components;

namespace CallCenter.Tests.Architecture;

/// <summary>No tenant's slug may hide an address of the portal.</summary>
public sealed class AddressTests
{
    [Fact]
    public void Pages_FirstPartOfEachAddress_IsReservedOrTheSlug()
    {
        var free = typeof(PortalHost).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes(typeof(RouteAttribute), inherit: false).Cast<RouteAttribute>())
            .Select(route => route.Template.Trim('/').Split('/')[0])
            .Where(part => part.Length > 0 && part[0] != '{' && !ReservedSlugs.Contains(part))
            .Distinct();

        Assert.Empty(free);
    }

    [Fact]
    public void StaticFiles_FirstPartOfEachAddress_IsReservedOrNoSlug()
    {
        var rules = new TenantFormValidator();
        var root = new DirectoryInfo(Path.Combine(Sources.Root, "CallCenter.Web", "wwwroot"));

        var free = root.EnumerateFileSystemInfos().Select(entry => entry.Name).Where(name => rules.Validate(new TenantForm
        {
            Slug = name,
            Name = "Any",
            TimeZoneId = "Etc/UTC",
            CountryCode = "IE",
        }).IsValid);

        Assert.Empty(free);
    }

    [Theory]
    [InlineData("account")]
    [InlineData("platform")]
    [InlineData("auth")]
    [InlineData("health")]
    [InlineData("culture")]
    [InlineData("error")]
    [InlineData("dist")]
    [InlineData("hubs")]
    [InlineData("metrics")]
    public void ReservedSlugs_AddressesOfEndpoints_AreReserved(string slug) => Assert.True(ReservedSlugs.Contains(slug));
}

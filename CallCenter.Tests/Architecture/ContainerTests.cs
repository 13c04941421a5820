using System.Reflection;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure;
using CallCenter.Web.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CallCenter.Tests.Architecture;

public sealed class ContainerTests
{
    private static readonly Assembly[] Ours = [typeof(Error).Assembly, typeof(InfrastructureServiceCollectionExtensions).Assembly, typeof(PortalHost).Assembly];

    [Theory]
    [InlineData("PostgreSQL")]
    [InlineData("SqlServer")]
    public async Task Services_OfTheWholePortal_Resolve(string provider)
    {
        var builder = PortalHost.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(Settings(provider));
        builder.Host.UseDefaultServiceProvider(options => (options.ValidateScopes, options.ValidateOnBuild) = (true, true));
        AddPortal(builder);

        await using var app = builder.Build();
        await using var scope = app.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.EnterAsSystem(new TenantInfo(Guid.NewGuid(), "test", "Test", "Etc/UTC", "IE", "en"), "test");
        var types = builder.Services.Select(service => service.ServiceType).Where(type => Ours.Contains(type.Assembly) && !type.ContainsGenericParameters).Distinct().ToList();

        Assert.NotEmpty(types);
        Assert.All(types, type => Assert.NotEmpty(scope.ServiceProvider.GetServices(type)));
    }

    [Fact]
    public void Components_InjectedServices_AreRegistered()
    {
        var builder = PortalHost.CreateBuilder([]);
        builder.Configuration.AddInMemoryCollection(Settings("PostgreSQL"));
        AddPortal(builder);
        using var app = (IDisposable)builder.Build();
        var known = ((WebApplication)app).Services.GetRequiredService<IServiceProviderIsService>();

        var missing = typeof(PortalHost).Assembly.GetTypes()
            .Where(type => typeof(IComponent).IsAssignableFrom(type) && !type.IsAbstract)
            .SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(property => property.GetCustomAttribute<InjectAttribute>() is not null && !known.IsService(property.PropertyType))
                .Select(property => $"{type.Name}.{property.Name}"));

        Assert.Empty(missing);
    }

    [Fact]
    public void AddCallCenterInfrastructure_CalledTwice_AddsNothing()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddCallCenterInfrastructure();
        var once = OursIn(services);

        services.AddCallCenterInfrastructure();

        Assert.Equal(once, OursIn(services));
    }

    private static List<string> OursIn(ServiceCollection services) =>
        [.. services.Where(service => Ours.Contains(service.ServiceType.Assembly)).Select(service => service.ServiceType.FullName!).Order(StringComparer.Ordinal)];

    // As Program does it.
    private static void AddPortal(WebApplicationBuilder builder)
    {
        builder.Services.AddCallCenterInfrastructure();
        builder.Services.AddPortalHealth();
        builder.Services.AddPortalProxy();
        builder.AddPortalLogging();
        builder.Services.AddPortalAccess();
        builder.Services.AddPortalLocalization();
        builder.Services.AddPortalPages();
    }

    private static Dictionary<string, string?> Settings(string provider) => new()
    {
        ["ConnectionStrings:CallCenter"] = provider == "PostgreSQL" ? "Host=none" : "Server=none",
        ["Database:Provider"] = provider,
        ["Secrets:ActiveKey"] = "test",
        ["Secrets:Keys:test"] = Convert.ToBase64String(new byte[32]),
    };
}

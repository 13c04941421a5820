using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CallCenter.Infrastructure;
using CallCenter.Tests.Support;
using CallCenter.Web.Composition;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CallCenter.Tests.Operations;

public sealed class HostingTests
{
    [Theory]
    [InlineData(null, "127.0.0.1", "http")]
    [InlineData("192.0.2.0/24", "127.0.0.1", "http")]
    [InlineData("127.0.0.1", "198.51.100.7", "https")]
    [InlineData("127.0.0.0/8", "198.51.100.7", "https")]
    public async Task Proxy_ForwardedHeaders_CountFromTrustedProxiesOnly(string? trusted, string address, string scheme)
    {
        await using var app = await StartAsync(
            trusted is null ? [] : new Dictionary<string, string?> { ["Proxy:Trusted:0"] = trusted },
            app => app.MapGet("/", (HttpContext context) => $"{context.Connection.RemoteIpAddress!.MapToIPv4()} {context.Request.Scheme}"));
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.1, 198.51.100.7");
        http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        var seen = await http.GetStringAsync(app.Urls.Single());

        Assert.Equal($"{address} {scheme}", seen);
    }

    [Fact]
    public async Task Proxy_UnreadableEntry_StopsTheStart() =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(new Dictionary<string, string?> { ["Proxy:Trusted:0"] = "my-proxy" }, _ => { }));

    [Fact]
    public async Task Health_GoodDatabase_IsReadyAndTellsNothingElse()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var app = await StartAsync(Settings(database.ConnectionString), app => app.MapPortalHealth());
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        var body = await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative));

        Assert.Equal("""{"status":"Healthy","checks":{"database":"Healthy","keyRing":"Healthy"}}""", body);
    }

    [Fact]
    public async Task Health_DatabaseBehind_IsLiveButNotReady()
    {
        await using var database = await TestDatabase.CreateEmptyAsync();
        await using var app = await StartAsync(Settings(database.ConnectionString), app => app.MapPortalHealth());
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var live = await http.GetAsync(new Uri("/health/live", UriKind.Relative));
        using var ready = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        var body = await ready.Content.ReadFromJsonAsync<JsonObject>();

        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("Unhealthy", (string?)body!["checks"]!["database"]);
    }

    private static Dictionary<string, string?> Settings(string connectionString)
    {
        var settings = TestKeys.Settings;
        settings["ConnectionStrings:CallCenter"] = connectionString;
        settings["Database:Provider"] = "PostgreSQL";
        settings["Jobs:Enabled"] = "false";
        return settings;
    }

    private static async Task<WebApplication> StartAsync(Dictionary<string, string?> settings, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddPortalProxy();
        if (settings.ContainsKey("ConnectionStrings:CallCenter"))
        {
            builder.Services.AddCallCenterInfrastructure();
            builder.Services.AddPortalHealth();
        }

        var app = builder.Build();
        app.UsePortalProxy();
        map(app);
        await app.StartAsync();
        return app;
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using CallCenter.Simulators.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CallCenter.Demo.Chaos;

/// <summary>A plain page on loopback where a person makes simulated peers misbehave: <see cref="ControlHost"/> is the same for scripts.</summary>
public sealed class ChaosPage : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly WebApplication _app;
    private readonly IReadOnlyList<ControlledSimulator> _simulators;

    // Forms of other sites reach loopback too; they do not know this.
    private readonly string _token = RandomNumberGenerator.GetHexString(32);

    private ChaosPage(WebApplication app, IReadOnlyList<ControlledSimulator> simulators)
    {
        _app = app;
        _simulators = simulators;
    }

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Starts the page on 127.0.0.1; port 0 takes a free one.</summary>
    public static async Task<ChaosPage> StartAsync(int port, IReadOnlyList<ControlledSimulator> simulators, CancellationToken cancellationToken = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        // Ctrl+C belongs to the demo, which stops us in order.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var app = builder.Build();
        var page = new ChaosPage(app, simulators);
        app.Use(OnlyLoopbackNames);
        app.MapGet("/", page.ShowAsync);
        app.MapPost("/{simulator}/{resource}", page.ChangeAsync);
        await app.StartAsync(cancellationToken);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    // A foreign name that resolves to loopback would make this page same-origin with a foreign site.
    private static Task OnlyLoopbackNames(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Host.Host is "127.0.0.1" or "localhost")
        {
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'";
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
        return Task.CompletedTask;
    }

    private Task ShowAsync(HttpContext context) => WriteAsync(context, null);

    private async Task ChangeAsync(HttpContext context, string simulator, string resource)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["token"] != _token)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (_simulators.FirstOrDefault(s => s.Name == simulator)?.Resources.GetValueOrDefault(resource) is not { Change: { } change } found)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        try
        {
            change(Patch(Values(found), form));
        }
        catch (JsonException exception)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await WriteAsync(context, $"{simulator}: {exception.Message}");
            return;
        }

        context.Response.Redirect($"/#{simulator}");
    }

    private Task WriteAsync(HttpContext context, string? problem)
    {
        var peers = _simulators.Select(s => new ChaosPeer(s.Name, [.. s.Resources
            .Where(r => r.Value.Change is not null)
            .Select(r => new ChaosForm(r.Key, Values(r.Value)))],
            s.Resources.TryGetValue("mails", out var mails) ? JsonSerializer.SerializeToNode(mails.Read(), Json) as JsonArray : null));
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(ChaosHtml.Render([.. peers], _token, problem), context.RequestAborted);
    }

    /// <summary>The settings of a resource: fault switches wrap theirs together with counters.</summary>
    private static JsonObject Values(ControlResource resource)
    {
        var read = JsonSerializer.SerializeToNode(resource.Read(), Json) as JsonObject ?? [];
        return read["settings"] as JsonObject ?? read;
    }

    /// <summary>The form as JSON of the types the settings have now. A box that is not ticked is not sent.</summary>
    private static JsonObject Patch(JsonObject values, IFormCollection form)
    {
        var patch = new JsonObject();
        foreach (var (name, value) in values)
        {
            var given = form[name].ToString();
            switch (value?.GetValueKind())
            {
                case JsonValueKind.True or JsonValueKind.False:
                    patch[name] = given.Length > 0;
                    break;
                case JsonValueKind.Number when form.ContainsKey(name):
                    patch[name] = JsonNode.Parse(given);
                    break;
                case JsonValueKind.Object when form.ContainsKey(name):
                    patch[name] = ChaosPairs.Read(given);
                    break;
                case JsonValueKind.String or JsonValueKind.Null or null when form.ContainsKey(name):
                    patch[name] = given.Length == 0 && value?.GetValueKind() != JsonValueKind.String ? null : given;
                    break;
            }
        }

        return patch;
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace CallCenter.Benchmarks;

/// <summary>The smallest ASP.NET Core application that answers, as a child process of the same kind as the portal.</summary>
internal static class ReferenceApp
{
    public const string Verb = "reference-app";

    public static async Task RunAsync(string port)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add($"http://127.0.0.1:{port}");
        app.MapGet("/health/ready", () => "ok");
        await app.RunAsync();
    }
}

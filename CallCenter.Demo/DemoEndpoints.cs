using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using CallCenter.Demo.Peers;
using CallCenter.Demo.Postgres;
using CallCenter.Demo.Seeding;

namespace CallCenter.Demo;

/// <summary>The content of <c>.demo/endpoints.json</c>: all that a script needs. Exists while the demo runs.</summary>
public sealed record DemoEndpoints
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public required PortalEndpoint Portal { get; init; }

    public required IReadOnlyList<AccountEndpoint> Accounts { get; init; }

    public required IReadOnlyList<DemoTenant> Tenants { get; init; }

    public required IReadOnlyList<DemoPeer> Peers { get; init; }

    /// <summary>Plain page where peers are made to misbehave.</summary>
    public required Uri Chaos { get; init; }

    /// <summary>The same for scripts, as JSON.</summary>
    public required Uri Control { get; init; }

    public required DatabaseEndpoint Database { get; init; }

    /// <summary>The demo's own process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>Replaces the file in one step.</summary>
    public Task WriteAsync(string path, CancellationToken cancellationToken = default) =>
        PrivateFile.WriteAsync(path, JsonSerializer.Serialize(this, Json), cancellationToken);

    /// <summary>Null when there is no file, or one of another version.</summary>
    public static async Task<DemoEndpoints?> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var stream = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<DemoEndpoints>(stream, Json, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Every account of the plan with the demo's password.</summary>
    public static IReadOnlyList<AccountEndpoint> AccountsWith(string password) =>
    [
        .. DemoPlan.People.Select(person => new AccountEndpoint(
            person.Email,
            password,
            person.Name,
            [.. person.Roles.Select(place => new PlaceEndpoint(place.Key, place.Value.ToString()))],
            person.IsPlatformAdministrator)),
    ];
}

/// <param name="Address">Where it answers.</param>
/// <param name="ProcessId">Null when it was not started.</param>
/// <param name="Log">File with what it prints.</param>
public sealed record PortalEndpoint(Uri Address, int? ProcessId, string Log);

public sealed record AccountEndpoint(string Email, string Password, string Name, IReadOnlyList<PlaceEndpoint> Tenants, bool PlatformAdministrator);

public sealed record PlaceEndpoint(string Slug, string Role);

public sealed record DatabaseEndpoint(string ConnectionString, int ProcessId);

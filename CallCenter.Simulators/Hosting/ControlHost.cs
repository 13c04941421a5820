using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CallCenter.Simulators.Faults;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Simulators.Hosting;

/// <summary>One thing about a simulator that scripts may read, and change where <paramref name="Change"/> is given.</summary>
/// <param name="Read">Gives the value; it is sent as JSON.</param>
/// <param name="Change">Takes the properties to change; those it is not given stay.</param>
public sealed record ControlResource(Func<object?> Read, Action<JsonObject>? Change = null);

/// <summary>A simulator as the control endpoints show it.</summary>
/// <param name="Name">Path segment, such as <c>ucm-demo</c>.</param>
/// <param name="Resources">By path segment: <c>faults</c>, <c>quirks</c>, <c>ledger</c>, <c>requests</c>…</param>
public sealed record ControlledSimulator(string Name, IReadOnlyDictionary<string, ControlResource> Resources);

/// <summary>
/// Plain HTTP on loopback where scripts and the demo's chaos page switch misbehaviour at run time:
/// <c>GET /</c> lists names, <c>GET /{name}/{resource}</c> reads, <c>POST /{name}/{resource}</c> with a JSON object changes.
/// </summary>
public sealed class ControlHost : IAsyncDisposable
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly LoopbackHost _host;

    private ControlHost(LoopbackHost host) => _host = host;

    /// <summary>Where it listens.</summary>
    public Uri Address => _host.Address;

    /// <summary>Starts it.</summary>
    /// <param name="port">TCP port; 0 takes a free one.</param>
    /// <param name="simulators">What it controls.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    public static async Task<ControlHost> StartAsync(
        int port, IReadOnlyCollection<ControlledSimulator> simulators, CancellationToken cancellationToken = default)
    {
        var byName = simulators.ToDictionary(s => s.Name);
        return new ControlHost(await LoopbackHost.StartAsync(
            new LoopbackHostOptions { Port = port, Https = false },
            context => HandleAsync(context, byName),
            cancellationToken));
    }

    /// <summary>The resource for a fault switch, which every simulator has.</summary>
    public static ControlResource FaultsResource(FaultSwitch faults) => new(
        () => new { settings = faults.Current, faults.Requests, faults.Connections },
        patch => faults.Update(settings => Merge(settings, patch)));

    /// <summary>A copy of a record with the given JSON properties changed.</summary>
    /// <exception cref="JsonException">A property has the wrong type.</exception>
    public static T Merge<T>(T value, JsonObject patch)
        where T : class
    {
        var merged = JsonSerializer.SerializeToNode(value, Json)!.AsObject();
        foreach (var (name, node) in patch)
        {
            if (!merged.ContainsKey(name))
            {
                throw new JsonException($"There is no '{name}' here.");
            }

            merged[name] = node?.DeepClone();
        }

        return merged.Deserialize<T>(Json)!;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static async Task HandleAsync(HttpContext context, Dictionary<string, ControlledSimulator> simulators)
    {
        // A web page whose name was made to point here must not get at the switches.
        if (context.Request.Host.Host is not ("127.0.0.1" or "localhost"))
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return;
        }

        var path = (context.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path.Length == 0)
        {
            await WriteAsync(context, simulators.Values.ToDictionary(s => s.Name, s => s.Resources.Keys));
            return;
        }

        if (path.Length != 2 || !simulators.TryGetValue(path[0], out var simulator)
            || !simulator.Resources.TryGetValue(path[1], out var resource))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (HttpMethods.IsPost(context.Request.Method) && !await ChangeAsync(context, resource))
        {
            return;
        }

        await WriteAsync(context, resource.Read());
    }

    private static async Task<bool> ChangeAsync(HttpContext context, ControlResource resource)
    {
        // A page of another origin can post a form here unasked, but not JSON.
        if (resource.Change is null || !context.Request.HasJsonContentType())
        {
            context.Response.StatusCode = resource.Change is null
                ? StatusCodes.Status405MethodNotAllowed
                : StatusCodes.Status415UnsupportedMediaType;
            return false;
        }

        try
        {
            var patch = await JsonSerializer.DeserializeAsync<JsonObject>(context.Request.Body, Json, context.RequestAborted);
            resource.Change(patch ?? []);
            return true;
        }
        catch (JsonException exception)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await WriteAsync(context, new { error = exception.Message });
            return false;
        }
    }

    private static Task WriteAsync(HttpContext context, object? value) =>
        context.Response.WriteAsJsonAsync(value, Json, context.RequestAborted);
}

using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Telephony;
using CallCenter.Infrastructure.Telephony.Ucm;
using CallCenter.Simulators.Faults;
using CallCenter.Simulators.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CallCenter.Tests.Telephony.Ucm;

/// <summary>A peer on a real socket that answers each action with whatever the test says, word for word.</summary>
internal sealed class ScriptedUcm : IAsyncDisposable
{
    public const string Password = "Demo-Pass#1";

    /// <summary>A name that only the policy knows, no resolver.</summary>
    public const string KnownName = "pbx.example.test";

    private readonly LoopbackHost _host;
    private readonly ConcurrentDictionary<string, Func<JsonObject, string>> _answers;
    private readonly ConcurrentQueue<JsonObject> _requests;

    private ScriptedUcm(
        LoopbackHost host, ConcurrentDictionary<string, Func<JsonObject, string>> answers, ConcurrentQueue<JsonObject> requests)
    {
        _host = host;
        _answers = answers;
        _requests = requests;
        On("challenge", """{"response":{"challenge":"0000001234567890"},"status":0}""");
        On("login", """{"response":{"cookie":"sid1122334455-1700000000"},"status":0}""");
        On("logout", """{"response":{},"status":0}""");
    }

    public FaultSwitch Faults => _host.Faults;

    /// <summary>Requests so far; each is what stood inside <c>request</c>.</summary>
    public IReadOnlyList<JsonObject> Requests => [.. _requests];

    public PbxEndpoint Endpoint => new(
        Guid.Parse("11111111-0000-0000-0000-000000000001"), Guid.Parse("22222222-0000-0000-0000-000000000002"), PbxKind.Ucm,
        "127.0.0.1", _host.Port, "/ws", "portalapi", new Secret(Password), _host.CertificateSha256, "Europe/Dublin");

    public static async Task<ScriptedUcm> StartAsync(RequestDelegate? instead = null)
    {
        var answers = new ConcurrentDictionary<string, Func<JsonObject, string>>();
        var requests = new ConcurrentQueue<JsonObject>();
        var host = await LoopbackHost.StartAsync(new LoopbackHostOptions(), instead ?? (async context =>
        {
            var envelope = await JsonNode.ParseAsync(context.Request.Body);
            var request = envelope!["request"]!.AsObject();
            requests.Enqueue(request);
            var action = request["action"]!.GetValue<string>();
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(
                answers.TryGetValue(action, out var answer) ? answer(request) : """{"response":{},"status":-19}""");
        }));
        return new ScriptedUcm(host, answers, requests);
    }

    public int CountOf(string action) => _requests.Count(r => r["action"]!.GetValue<string>() == action);

    public ScriptedUcm On(string action, string answer) => On(action, _ => answer);

    public ScriptedUcm On(string action, Func<JsonObject, string> answer)
    {
        _answers[action] = answer;
        return this;
    }

    public static UcmGateway Gateway(
        TimeProvider? time = null, Action<UcmOptions>? configure = null, IOutboundPolicy? policy = null,
        Microsoft.Extensions.Logging.ILogger<UcmGateway>? logger = null)
    {
        var options = new UcmOptions { RetryDelay = TimeSpan.FromMilliseconds(1), MaxRetryDelay = TimeSpan.FromMilliseconds(5) };
        configure?.Invoke(options);
        return new UcmGateway(
            policy ?? new LoopbackOnly(), Options.Create(options), time ?? TimeProvider.System, logger ?? NullLogger<UcmGateway>.Instance);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>Passes what tests talk to and nothing else.</summary>
    internal sealed class LoopbackOnly : IOutboundPolicy
    {
        public ValueTask<Result<IReadOnlyList<IPAddress>>> ResolveAsync(string host, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<Result<IReadOnlyList<IPAddress>>>(
                host == KnownName ? new[] { IPAddress.Loopback }
                : IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address) ? new[] { address }
                : TelephonyErrors.AddressNotAllowed);
    }
}

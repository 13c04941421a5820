using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CallCenter.Simulators.Calls;
using CallCenter.Simulators.Hosting;
using CallCenter.Simulators.Ucm;

namespace CallCenter.Tests.Simulators;

public sealed class UcmControlTests : IAsyncLifetime, IDisposable
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 11, 20, 15, 0, 0, TimeSpan.Zero));
    private readonly HttpClient _http = new();
    private UcmSimulator _simulator = null!;
    private ControlHost _control = null!;

    public async Task InitializeAsync()
    {
        _simulator = await UcmSimulator.StartAsync(new UcmSimulatorOptions
        {
            Name = "ucm-test",
            TimeProvider = _time,
            Calls = SamplePbx.Dublin(new DateOnly(2026, 11, 20)),
        });
        _control = await ControlHost.StartAsync(0, [_simulator.Controlled()]);
    }

    public async Task DisposeAsync()
    {
        await _control.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Quirks_Posted_AreInForce()
    {
        using var response = await PostAsync("quirks", new { shiftedGroups = true, firmware = "ucm62xxOld" });

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(new UcmQuirks { ShiftedGroups = true, Firmware = UcmFirmware.Ucm62xxOld }, _simulator.Quirks);
    }

    [Fact]
    public async Task Ledger_Read_HoldsEveryCallWithItsLegs()
    {
        var ledger = (await _http.GetFromJsonAsync<JsonArray>(new Uri(_control.Address, "/ucm-test/ledger")))!;

        Assert.Equal(_simulator.Ledger.Calls.Count, ledger.Count);
        Assert.Equal(_simulator.Ledger.Calls.Sum(c => c.Legs.Count), ledger.Sum(c => c!["legs"]!.AsArray().Count));
        Assert.Equal(_simulator.Ledger.Calls[0].UniqueId, ledger[0]!["uniqueId"]!.GetValue<string>());
    }

    [Fact]
    public async Task Calls_ScenarioPosted_HappensNow()
    {
        var before = _simulator.Ledger.Calls.Count;

        using var good = await PostAsync("calls", new { scenario = "ringGroupAnswered" });
        using var bad = await PostAsync("calls", new { scenario = "teleport" });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (good.StatusCode, bad.StatusCode));
        Assert.Equal("RingGroupAnswered", _simulator.Ledger.Calls[before].Scenario);
    }

    [Fact]
    public async Task Unknown_OrReadOnlyOrForm_IsRefused()
    {
        using var unknown = await _http.GetAsync(new Uri(_control.Address, "/ucm-test/nothing"));
        using var readOnly = await PostAsync("ledger", new { });
        using var form = await _http.PostAsync(new Uri(_control.Address, "/ucm-test/faults"), new StringContent("garbage=true"));

        using var rebound = new HttpRequestMessage(HttpMethod.Get, _control.Address) { Headers = { Host = "evil.example.test" } };
        using var misdirected = await _http.SendAsync(rebound);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, misdirected.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, readOnly.StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.StatusCode);
    }

    [Fact]
    public async Task WebSocketPath_HandlerPluggedIn_GetsUpgradesOnly()
    {
        var upgraded = new TaskCompletionSource();
        _simulator.WebSocketHandler = async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync("sip");
            upgraded.SetResult();
        };
        using var client = new UcmTestClient(_simulator);
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.AddSubProtocol("sip");
        var pinned = _simulator.CertificateSha256;
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate!.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256) == pinned;

        await socket.ConnectAsync(new UriBuilder(_simulator.Address) { Scheme = "wss", Path = "/ws" }.Uri, CancellationToken.None);
        await upgraded.Task;
        using var plain = await client.GetAsync("/ws");

        Assert.Equal("sip", socket.SubProtocol);
        Assert.Equal(HttpStatusCode.UpgradeRequired, plain.StatusCode);
    }

    private Task<HttpResponseMessage> PostAsync(string resource, object body) =>
        _http.PostAsJsonAsync(new Uri(_control.Address, "/ucm-test/" + resource), body);
}

using System.Net;
using System.Text.RegularExpressions;
using CallCenter.Demo.Chaos;
using CallCenter.Simulators.Faults;
using CallCenter.Simulators.Hosting;
using CallCenter.Simulators.Sip;

namespace CallCenter.Tests.Demo;

public sealed partial class ChaosPageTests : IAsyncLifetime
{
    private readonly FaultSwitch _faults = new();
    private readonly HttpClient _http = new();
    private ChaosPage _page = null!;

    public async Task InitializeAsync()
    {
        var simulator = new ControlledSimulator("ucm-demo", new Dictionary<string, ControlResource> { ["faults"] = ControlHost.FaultsResource(_faults) });
        _page = await ChaosPage.StartAsync(0, [simulator]);
        _http.BaseAddress = _page.Address;
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _page.DisposeAsync();
    }

    [Fact]
    public async Task Get_ShowsEverySwitchAsItIs()
    {
        _faults.Garbage = true;

        var html = await _http.GetStringAsync(new Uri("/", UriKind.Relative));

        Assert.Contains("""<input type="checkbox" name="garbage" checked>""", html, StringComparison.Ordinal);
        Assert.Contains("""<input type="checkbox" name="refuseConnections">""", html, StringComparison.Ordinal);
        Assert.Contains("""<input type="text" name="clockSkew" value="00:00:00">""", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Form_SwitchesTickedOnAndOthersOff()
    {
        _faults.Garbage = true;

        using var answer = await PostAsync(("dropHalfWay", "on"), ("clockSkew", "-00:05:00"), ("token", await TokenAsync()));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(new FaultSettings { DropHalfWay = true, ClockSkew = TimeSpan.FromMinutes(-5) }, _faults.Current);
    }

    [Fact]
    public async Task Post_NotATime_SaysSoAndChangesNothing()
    {
        using var answer = await PostAsync(("dropHalfWay", "on"), ("clockSkew", "<b>soon</b>"), ("token", await TokenAsync()));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("role=\"alert\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(new FaultSettings(), _faults.Current);
    }

    [Fact]
    public async Task Post_PhoneKnobs_MakeCallsAndAnswerByNumber()
    {
        await using var sip = new SipWebSocketServer(new SipServerOptions { PasswordOf = _ => null, Media = new SipMediaOptions() });
        await using var page = await ChaosPage.StartAsync(0, [new ControlledSimulator("pbx", new Dictionary<string, ControlResource>
        {
            ["outside"] = sip.OutsideCallsResource,
            ["sip"] = sip.FaultsResource,
            ["signalling"] = sip.QuirksResource,
            ["sockets"] = sip.ConnectionsResource,
        })]);
        var token = Token().Match(await _http.GetStringAsync(page.Address)).Groups[1].Value;
        Task<HttpResponseMessage> ApplyAsync(string resource, params (string Name, string Value)[] fields) => _http.PostAsync(
            new Uri(page.Address, $"/pbx/{resource}"), new FormUrlEncodedContent(fields.Append(("token", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))));

        using var called = await ApplyAsync("outside", ("extension", "1001"), ("number", "+353209101234"), ("name", "Nora"), ("count", "2"));
        using var knobs = await ApplyAsync("sip", ("statusByNumber", "4001=486, 4002=503"), ("frozen", "on"), ("glare", "3"), ("delayMilliseconds", "80"));
        using var other = await ApplyAsync("signalling", ("redirectByNumber", "4003=1002"), ("inviteChallenge", "407"));
        using var dropped = await ApplyAsync("sockets", ("drop", "on"));
        using var wrong = await ApplyAsync("sip", ("statusByNumber", "4001"));
        using var senseless = await ApplyAsync("outside", ("extension", ""), ("number", "1"), ("name", ""), ("count", "1"));

        Assert.All([called, knobs, other, dropped], answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.All([wrong, senseless], answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
        Assert.Equal((486, 503, true, 3, 80), (sip.Faults.StatusByNumber["4001"], sip.Faults.StatusByNumber["4002"], sip.Faults.Frozen, sip.Faults.Glare, sip.Faults.DelayMilliseconds));
        Assert.Equal(("1002", 407), (sip.Quirks.RedirectByNumber["4003"], sip.Quirks.InviteChallenge));
        Assert.Contains("value=\"4001=486, 4002=503\"", await knobs.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WithoutToken_IsRefused()
    {
        using var answer = await PostAsync(("garbage", "on"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(_faults.Garbage);
    }

    [Fact]
    public async Task Get_ForeignHostName_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _page.Address) { Headers = { Host = "evil.example" } };

        using var answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.MisdirectedRequest, answer.StatusCode);
    }

    private async Task<string> TokenAsync() =>
        Token().Match(await _http.GetStringAsync(new Uri("/", UriKind.Relative))).Groups[1].Value;

    private Task<HttpResponseMessage> PostAsync(params (string Name, string Value)[] fields) =>
        _http.PostAsync(new Uri("/ucm-demo/faults", UriKind.Relative), new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    [GeneratedRegex("name=\"token\" value=\"([0-9A-F]+)\"")]
    private static partial Regex Token();
}

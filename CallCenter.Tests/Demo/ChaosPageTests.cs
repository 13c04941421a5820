using System.Net;
using System.Text.RegularExpressions;
using CallCenter.Demo.Chaos;
using CallCenter.Simulators.Faults;
using CallCenter.Simulators.Hosting;

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

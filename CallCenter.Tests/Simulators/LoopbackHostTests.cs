using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using CallCenter.Simulators.Faults;
using CallCenter.Simulators.Hosting;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Tests.Simulators;

public sealed class LoopbackHostTests : IAsyncLifetime, IDisposable
{
    private const string Answer = "{\"answer\":\"whole and well\"}";
    private readonly HttpClient _client;
    private string? _seenCertificate;
    private LoopbackHost _host = null!;

    public LoopbackHostTests()
    {
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                {
                    _seenCertificate = ((X509Certificate2)certificate!).GetCertHashString(HashAlgorithmName.SHA256);
                    return _seenCertificate.Length > 0;
                },
            },
        };
        _client = new HttpClient(handler);
    }

    public async Task InitializeAsync() =>
        _host = await LoopbackHost.StartAsync(new LoopbackHostOptions(), context => context.Response.WriteAsync(Answer));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Get_WellBehaved_AnswersUnderItsCertificateAndCounts()
    {
        var body = await _client.GetStringAsync(_host.Address);

        Assert.Equal(Answer, body);
        Assert.Equal(_host.CertificateSha256, _seenCertificate);
        Assert.Equal(1, _host.Faults.Requests);
        Assert.True(IPAddress.IsLoopback(IPAddress.Parse(_host.Address.Host)));
    }

    [Fact]
    public async Task Refuse_SwitchedOnAndOff_SocketIsReallyClosedAndComesBackOnTheSamePort()
    {
        await _client.GetStringAsync(_host.Address);

        _host.Faults.RefuseConnections = true;
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => _client.GetStringAsync(_host.Address));
        using var socket = new TcpClient();
        var direct = await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(IPAddress.Loopback, _host.Port));
        _host.Faults.RefuseConnections = false;

        Assert.NotNull(refused);
        Assert.Equal(SocketError.ConnectionRefused, direct.SocketErrorCode);
        Assert.Equal(Answer, await GetWhenBackAsync());
    }

    [Fact]
    public async Task Refuse_SwitchedAgainAndAgain_EndsReachable()
    {
        for (var i = 0; i < 25; i++)
        {
            _host.Faults.RefuseConnections = true;
            await Task.Delay(i % 3);
            _host.Faults.RefuseConnections = false;
        }

        Assert.Equal(Answer, await GetWhenBackAsync());
    }

    [Fact]
    public async Task DropHalfWay_On_BodyEndsEarly()
    {
        _host.Faults.DropHalfWay = true;

        using var response = await _client.GetAsync(_host.Address, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(Answer.Length, response.Content.Headers.ContentLength);
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Garbage_On_IsNoJson()
    {
        _host.Faults.Garbage = true;

        var body = await _client.GetStringAsync(_host.Address);

        Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonNode.Parse(body));
    }

    [Fact]
    public async Task Delay_On_AnswersLate()
    {
        _host.Faults.ResponseDelay = TimeSpan.FromMilliseconds(300);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        await _client.GetStringAsync(_host.Address);

        Assert.True(clock.ElapsedMilliseconds >= 290);
    }

    [Fact]
    public async Task WrongCertificate_SwitchedWhileConnected_NextRequestSeesAnother()
    {
        await _client.GetStringAsync(_host.Address);

        _host.Faults.WrongCertificate = true;
        await GetWhenBackAsync();

        Assert.NotEqual(_host.CertificateSha256, _seenCertificate);
    }

    [Fact]
    public async Task CertificateFile_SecondStart_ShowsTheSameCertificate()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var options = new LoopbackHostOptions { CertificateFile = Path.Combine(folder.FullName, "peer.pfx") };
            await using var first = await LoopbackHost.StartAsync(options, _ => Task.CompletedTask);
            await using var second = await LoopbackHost.StartAsync(options, _ => Task.CompletedTask);

            Assert.Equal(first.CertificateSha256, second.CertificateSha256);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Control_PostOfOneFault_ChangesThatOneOnly()
    {
        var faults = new FaultSwitch { ResponseDelay = TimeSpan.FromSeconds(2) };
        var resources = new Dictionary<string, ControlResource> { ["faults"] = ControlHost.FaultsResource(faults) };
        await using var control = await ControlHost.StartAsync(0, [new ControlledSimulator("peer", resources)]);

        using var good = await _client.PostAsJsonAsync(new Uri(control.Address, "/peer/faults"), new { garbage = true });
        using var bad = await _client.PostAsJsonAsync(new Uri(control.Address, "/peer/faults"), new { garbaje = true });

        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.True(faults.Garbage);
        Assert.Equal(TimeSpan.FromSeconds(2), faults.ResponseDelay);
    }

    // A reset may hit the request that is under way; the peer is back within the rebind pause.
    private async Task<string> GetWhenBackAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await _client.GetStringAsync(_host.Address);
            }
            catch (HttpRequestException) when (attempt < 100)
            {
                await Task.Delay(20);
            }
        }
    }
}

using System.Net;
using System.Net.Sockets;
using CallCenter.Infrastructure.Telephony.Probes;
using CallCenter.Simulators.Hosting;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Tests.Telephony.Probes;

public sealed class ConnectionProbesTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly TcpProbe _tcp = new(TimeProvider.System);
    private readonly TlsProbe _tls = new(TimeProvider.System);

    [Fact]
    public async Task Tcp_Listening_Connects()
    {
        using var listener = FreePort.Silent();

        var result = await _tcp.RunAsync(Target(Port(listener)), Patience);

        Assert.Equal(TcpOutcome.Connected, result.Outcome);
        Assert.Equal(Port(listener), result.RemoteEndPoint!.Port);
    }

    [Fact]
    public async Task Tcp_NobodyListens_IsRefused() =>
        Assert.Equal(TcpOutcome.Refused, (await _tcp.RunAsync(Target(FreePort.Closed()), Patience)).Outcome);

    [Fact]
    public async Task Tcp_NoAddress_IsNameNotFound() =>
        Assert.Equal(TcpOutcome.NameNotFound, (await _tcp.RunAsync(new ProbeTarget("pbx.example.test", 8089, []), Patience)).Outcome);

    [Fact]
    public async Task Tcp_CheckedAddresses_AreUsedInsteadOfTheName()
    {
        using var listener = FreePort.Silent();

        var result = await _tcp.RunAsync(new ProbeTarget("pbx.invalid", Port(listener), [IPAddress.Loopback]), Patience);

        Assert.Equal(TcpOutcome.Connected, result.Outcome);
    }

    [Fact]
    public async Task Tcp_CallerCancels_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _tcp.RunAsync(Target(1), Patience, cancelled.Token));
    }

    [Fact]
    public async Task Tls_SelfSigned_ShowsTheFactsAndTrustsNothing()
    {
        await using var host = await LoopbackHost.StartAsync(
            new LoopbackHostOptions { CertificateName = "ucm.example.test" }, _ => Task.CompletedTask);

        var result = await _tls.RunAsync(Target(host.Port), Patience);

        Assert.Equal(TlsOutcome.Presented, result.Outcome);
        var certificate = result.Certificate!;
        Assert.Equal("CN=ucm.example.test", certificate.Subject);
        Assert.Equal(host.CertificateSha256, certificate.Sha256Thumbprint);
        Assert.True(certificate.SelfSigned);
        Assert.False(certificate.TrustedBySystem);
        Assert.Contains("127.0.0.1", certificate.Names);
        Assert.Equal(2048, certificate.KeyBits);
        Assert.True(certificate.NotAfterUtc > certificate.NotBeforeUtc);
        Assert.StartsWith("Tls", result.Protocol, StringComparison.Ordinal);
        Assert.Equal(0, host.Faults.Requests);
    }

    [Fact]
    public async Task Tls_WrongCertificateFault_ShowsAnother()
    {
        await using var host = await LoopbackHost.StartAsync(new LoopbackHostOptions(), _ => Task.CompletedTask);
        host.Faults.WrongCertificate = true;

        var result = await _tls.RunAsync(Target(host.Port), Patience);

        Assert.NotEqual(host.CertificateSha256, result.Certificate!.Sha256Thumbprint);
    }

    [Fact]
    public async Task Tls_PlainHttp_FailsInTheHandshake()
    {
        await using var host = await LoopbackHost.StartAsync(
            new LoopbackHostOptions { Https = false }, context => context.Response.WriteAsync("plain"));

        var result = await _tls.RunAsync(Target(host.Port), Patience);

        Assert.Equal((TlsOutcome.HandshakeFailed, TcpOutcome.Connected), (result.Outcome, result.Connection));
    }

    [Fact]
    public async Task Tls_NoAnswer_TimesOut()
    {
        using var listener = FreePort.Silent();

        var result = await _tls.RunAsync(Target(Port(listener)), Short);

        Assert.Equal((TlsOutcome.TimedOut, TcpOutcome.Connected), (result.Outcome, result.Connection));
    }

    [Fact]
    public async Task Tls_RefuseFault_IsNotConnected()
    {
        await using var host = await LoopbackHost.StartAsync(new LoopbackHostOptions(), _ => Task.CompletedTask);
        host.Faults.RefuseConnections = true;

        TlsResult result;
        do
        {
            // The listener closes in the background; until then a connection may still be taken and reset.
            result = await _tls.RunAsync(Target(host.Port), Patience);
        }
        while (result.Outcome == TlsOutcome.HandshakeFailed);

        Assert.Equal((TlsOutcome.NotConnected, TcpOutcome.Refused), (result.Outcome, result.Connection));
    }

    private static ProbeTarget Target(int port) => new("127.0.0.1", port, [IPAddress.Loopback]);

    private static int Port(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;
}

using System.Net;
using CallCenter.Infrastructure.Telephony.Probes;
using CallCenter.Simulators.Hosting;
using CallCenter.Simulators.Sip;
using Microsoft.AspNetCore.Http;

namespace CallCenter.Tests.Telephony.Probes;

public sealed class SipWebSocketProbeTests : IAsyncLifetime
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly SipWebSocketProbe _probe = new(TimeProvider.System);
    private readonly SipWebSocketServer _sip = new(new SipServerOptions
    {
        PasswordOf = _ => null,
        KeepAlive = TimeSpan.FromMilliseconds(5),
    });

    private LoopbackHost _host = null!;

    public async Task InitializeAsync() => _host = await LoopbackHost.StartAsync(new LoopbackHostOptions(), context =>
    {
        if (context.Request.Path == "/ws")
        {
            return _sip.HandleAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("/ws")]
    [InlineData("ws")]
    public async Task Run_WellBehaved_IsAnswered(string path)
    {
        var result = await RunAsync(path);

        Assert.Equal(SipWebSocketOutcome.Answered, result.Outcome);
        Assert.Equal((101, 200, "OK"), (result.HttpStatus, result.SipStatus, result.SipReason));
        Assert.Equal("CallCenter.Simulators", result.Server);
        Assert.Equal(_host.CertificateSha256, result.PresentedThumbprint);
    }

    [Fact]
    public async Task Run_OptionsRefused_IsStillAnAnswer()
    {
        _sip.Faults = new SipFaults { OptionsStatus = 404 };

        var result = await RunAsync();

        Assert.Equal((SipWebSocketOutcome.Answered, 404), (result.Outcome, result.SipStatus));
    }

    [Fact]
    public async Task Run_WrongPath_GivesTheStatus()
    {
        var result = await RunAsync("/wss");

        Assert.Equal((SipWebSocketOutcome.WrongStatus, 404), (result.Outcome, result.HttpStatus));
    }

    [Fact]
    public async Task Run_ForbiddenUpgrade_GivesTheStatus()
    {
        _sip.Faults = new SipFaults { HttpStatus = 403 };

        var result = await RunAsync();

        Assert.Equal((SipWebSocketOutcome.WrongStatus, 403), (result.Outcome, result.HttpStatus));
    }

    [Fact]
    public async Task Run_NoSubprotocol_IsTold()
    {
        _sip.Faults = new SipFaults { NoSubprotocol = true };

        Assert.Equal(SipWebSocketOutcome.NoSubprotocol, (await RunAsync()).Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_SilentOrGarbage_HasNoSipAnswer(bool silent)
    {
        _sip.Faults = new SipFaults { Silent = silent, Garbage = !silent };

        // The verdict comes at the limit, so the limit must leave a busy machine time for handshake and upgrade.
        Assert.Equal(SipWebSocketOutcome.NoSipAnswer, (await RunAsync(timeout: TimeSpan.FromSeconds(2))).Outcome);
    }

    [Fact]
    public async Task Run_SocketDropped_HasNoSipAnswer()
    {
        _sip.Faults = new SipFaults { DropAfterOpen = true };

        Assert.Equal(SipWebSocketOutcome.NoSipAnswer, (await RunAsync()).Outcome);
    }

    [Fact]
    public async Task Run_AnotherCertificate_IsRefusedAndShown()
    {
        _host.Faults.WrongCertificate = true;

        var result = await RunAsync();

        Assert.Equal(SipWebSocketOutcome.CertificateMismatch, result.Outcome);
        Assert.NotEqual(_host.CertificateSha256, result.PresentedThumbprint);
        Assert.Equal(0, _sip.Connections);
    }

    [Fact]
    public async Task Run_SelfSignedWithoutPin_IsRefused()
    {
        var result = await _probe.RunAsync(new ProbeTarget("127.0.0.1", _host.Port, [IPAddress.Loopback]), "/ws", null, Patience);

        Assert.Equal(SipWebSocketOutcome.CertificateMismatch, result.Outcome);
    }

    [Fact]
    public async Task Run_PlainHttpPort_IsATlsFailure()
    {
        await using var plain = await LoopbackHost.StartAsync(new LoopbackHostOptions { Https = false }, _ => Task.CompletedTask);

        Assert.Equal(SipWebSocketOutcome.TlsFailed, (await RunAsync(port: plain.Port)).Outcome);
    }

    [Fact]
    public async Task Run_NobodyListens_IsRefused() =>
        Assert.Equal(SipWebSocketOutcome.Refused, (await RunAsync(port: FreePort.Closed())).Outcome);

    [Fact]
    public async Task Run_NoAddress_IsNameNotFound() => Assert.Equal(
        SipWebSocketOutcome.NameNotFound,
        (await _probe.RunAsync(new ProbeTarget("pbx.invalid", 8089, []), "/ws", null, Patience)).Outcome);

    [Fact]
    public async Task Run_NeverAnsweringPort_TimesOut()
    {
        using var silent = FreePort.Silent();

        var result = await RunAsync(port: ((IPEndPoint)silent.LocalEndpoint).Port, timeout: Short);

        Assert.Equal(SipWebSocketOutcome.TimedOut, result.Outcome);
    }

    [Fact]
    public async Task Run_SlowUpgrade_TimesOut()
    {
        _host.Faults.ResponseDelay = TimeSpan.FromSeconds(30);

        Assert.Equal(SipWebSocketOutcome.TimedOut, (await RunAsync(timeout: Short)).Outcome);
    }

    [Fact]
    public async Task Run_GarbageInsteadOfUpgrade_IsAWrongStatus()
    {
        _host.Faults.Garbage = true;

        var result = await RunAsync();

        Assert.Equal((SipWebSocketOutcome.WrongStatus, 200), (result.Outcome, result.HttpStatus));
    }

    [Fact]
    public async Task Run_DropHalfWay_IsBroken()
    {
        _host.Faults.DropHalfWay = true;

        Assert.Equal(SipWebSocketOutcome.Broken, (await RunAsync()).Outcome);
    }

    [Fact]
    public async Task Run_CallerCancels_Throws()
    {
        _host.Faults.ResponseDelay = TimeSpan.FromSeconds(30);
        using var cancel = new CancellationTokenSource(Short);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _probe.RunAsync(
            new ProbeTarget("127.0.0.1", _host.Port, [IPAddress.Loopback]), "/ws", _host.CertificateSha256, Patience, cancel.Token));
    }

    private Task<SipWebSocketResult> RunAsync(string path = "/ws", int? port = null, TimeSpan? timeout = null) => _probe.RunAsync(
        new ProbeTarget("127.0.0.1", port ?? _host.Port, [IPAddress.Loopback]), path, _host.CertificateSha256!.ToLowerInvariant(), timeout ?? Patience);
}

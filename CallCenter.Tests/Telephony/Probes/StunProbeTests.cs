using System.Net;
using System.Net.Sockets;
using CallCenter.Infrastructure.Telephony.Probes;
using CallCenter.Simulators.Stun;

namespace CallCenter.Tests.Telephony.Probes;

public sealed class StunProbeTests : IAsyncLifetime
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);

    // The verdict comes at the limit, so the limit must leave a busy machine time for one answer.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly StunSimulator _stun = StunSimulator.Start();
    private readonly StunProbe _probe = new(TimeProvider.System);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stun.DisposeAsync();

    [Fact]
    public async Task Run_WellBehaved_GivesOurAddress()
    {
        var result = await RunAsync(Patience);

        Assert.Equal(StunOutcome.Mapped, result.Outcome);
        Assert.Equal(IPAddress.Loopback, result.MappedEndPoint!.Address);
        Assert.NotNull(result.RoundTrip);
    }

    [Fact]
    public async Task Run_PretendedAddress_GivesThat()
    {
        _stun.Faults = new StunFaults { PretendAddress = "203.0.113.9" };

        Assert.Equal("203.0.113.9", (await RunAsync(Patience)).MappedEndPoint!.Address.ToString());
    }

    [Fact]
    public async Task Run_FirstDatagramLost_IsRepeated()
    {
        _stun.Faults = new StunFaults { DropNext = 1 };

        Assert.Equal(StunOutcome.Mapped, (await RunAsync(Patience)).Outcome);
        Assert.Equal(2, _stun.Requests);
    }

    [Fact]
    public async Task Run_Silent_GivesNoAnswerAtTheLimit()
    {
        _stun.Faults = new StunFaults { Silent = true };

        Assert.Equal(StunOutcome.NoAnswer, (await RunAsync(TimeSpan.FromMilliseconds(1_200))).Outcome);

        // At once and after 500 ms; the third would come after 1,500 ms.
        Assert.Equal(2, _stun.Requests);
    }

    [Fact]
    public async Task Run_WrongTransaction_IsTold()
    {
        _stun.Faults = new StunFaults { WrongTransactionId = true };

        Assert.Equal(StunOutcome.WrongTransaction, (await RunAsync(Long)).Outcome);
    }

    [Fact]
    public async Task Run_Garbage_IsTold()
    {
        _stun.Faults = new StunFaults { Garbage = true };

        Assert.Equal(StunOutcome.Garbage, (await RunAsync(Long)).Outcome);
    }

    [Fact]
    public async Task Run_SuccessWithoutAddress_IsGarbage()
    {
        _stun.Faults = new StunFaults { NoAddress = true };

        Assert.Equal(StunOutcome.Garbage, (await RunAsync(Patience)).Outcome);
    }

    [Fact]
    public async Task Run_ErrorResponse_GivesItsCode()
    {
        _stun.Faults = new StunFaults { ErrorCode = 420 };

        var result = await RunAsync(Patience);

        Assert.Equal((StunOutcome.ErrorResponse, 420), (result.Outcome, result.ErrorCode));
    }

    [Fact]
    public async Task Run_NobodyListens_IsRefused() => Assert.Equal(
        StunOutcome.Refused,
        (await _probe.RunAsync(new ProbeTarget("127.0.0.1", FreePort.Closed(ProtocolType.Udp), [IPAddress.Loopback]), Patience)).Outcome);

    [Fact]
    public async Task Run_NoAddress_IsNameNotFound() =>
        Assert.Equal(StunOutcome.NameNotFound, (await _probe.RunAsync(new ProbeTarget("stun.invalid", 3478, []), Patience)).Outcome);

    [Fact]
    public async Task Run_CallerCancels_Throws()
    {
        _stun.Faults = new StunFaults { Silent = true };
        using var cancel = new CancellationTokenSource(Short);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _probe.RunAsync(new ProbeTarget("127.0.0.1", _stun.EndPoint.Port, [IPAddress.Loopback]), Patience, cancel.Token));
    }

    private Task<StunResult> RunAsync(TimeSpan timeout) => _probe.RunAsync(new ProbeTarget("127.0.0.1", _stun.EndPoint.Port, [IPAddress.Loopback]), timeout);
}

using System.Net;
using System.Net.Sockets;
using CallCenter.Simulators.Stun;

namespace CallCenter.Tests.Simulators;

public sealed class StunSimulatorTests : IAsyncLifetime, IDisposable
{
    private static readonly byte[] Transaction = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    private readonly StunSimulator _stun = StunSimulator.Start();
    private readonly Socket _client = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    public Task InitializeAsync()
    {
        _client.Connect(_stun.EndPoint);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _stun.DisposeAsync();

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Binding_WellBehaved_TellsTheClientItsAddress()
    {
        var answer = await AskAsync();

        Assert.NotNull(answer);
        Assert.Equal(StunMessage.BindingSuccess, answer.Type);
        Assert.Equal(Transaction, answer.TransactionId);
        Assert.Equal(
            StunMessage.MappedAddress((IPEndPoint)_client.LocalEndPoint!, Transaction).Value,
            answer.Attributes.Single(a => a.Type == StunMessage.XorMappedAddress).Value);
    }

    [Fact]
    public async Task Binding_Silent_IsNotAnswered()
    {
        _stun.Faults = new StunFaults { Silent = true };

        await SendAsync();

        Assert.False(await AnswersAsync());
        Assert.Equal(1, _stun.Requests);
    }

    [Fact]
    public async Task Binding_DropNext_AnswersTheOneAfter()
    {
        _stun.Faults = new StunFaults { DropNext = 1 };

        await SendAsync();
        Assert.False(await AnswersAsync());

        Assert.NotNull(await AskAsync());
    }

    [Fact]
    public async Task Binding_WrongTransaction_CarriesAnotherId()
    {
        _stun.Faults = new StunFaults { WrongTransactionId = true };

        Assert.NotEqual(Transaction, (await AskAsync())!.TransactionId);
    }

    [Fact]
    public async Task Binding_Error_CarriesTheCode()
    {
        _stun.Faults = new StunFaults { ErrorCode = 420 };

        var answer = await AskAsync();

        Assert.Equal(StunMessage.BindingError, answer!.Type);
        Assert.Equal([4, 20], answer.Attributes.Single().Value[2..4]);
    }

    [Fact]
    public async Task Binding_Garbage_IsNoStun()
    {
        _stun.Faults = new StunFaults { Garbage = true };

        Assert.Null(await AskAsync());
    }

    [Fact]
    public async Task Datagram_NoStun_DoesNotEndTheServer()
    {
        await _client.SendAsync("hello"u8.ToArray());

        Assert.NotNull(await AskAsync());
    }

    private Task<int> SendAsync() =>
        _client.SendAsync(new StunMessage(StunMessage.BindingRequest, Transaction, []).ToBytes()).WaitAsync(TimeSpan.FromMinutes(1));

    private async Task<bool> AnswersAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        try
        {
            return await _client.ReceiveAsync(new byte[512], patience.Token) > 0;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<StunMessage?> AskAsync()
    {
        await SendAsync();
        var buffer = new byte[512];
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var length = await _client.ReceiveAsync(buffer, patience.Token);
        return StunMessage.TryParse(buffer.AsSpan(0, length), out var message) ? message : null;
    }
}

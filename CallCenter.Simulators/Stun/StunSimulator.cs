using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace CallCenter.Simulators.Stun;

/// <summary>How the server misbehaves.</summary>
public sealed record StunFaults
{
    /// <summary>Nothing is answered.</summary>
    public bool Silent { get; init; }

    /// <summary>The first requests that get no answer, as lost datagrams; counts down by itself.</summary>
    public int DropNext { get; init; }

    /// <summary>Answers carry another transaction id than the request.</summary>
    public bool WrongTransactionId { get; init; }

    /// <summary>An error response with this code (300 to 699); 0 is off.</summary>
    public int ErrorCode { get; init; }

    /// <summary>Answers are bytes that are no STUN.</summary>
    public bool Garbage { get; init; }

    /// <summary>A success response without a mapped address.</summary>
    public bool NoAddress { get; init; }

    /// <summary>Pause before each answer. Real time.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The address that clients are told; null tells them their own.</summary>
    public string? PretendAddress { get; init; }
}

/// <summary>A STUN binding responder (RFC 5389) over UDP on 127.0.0.1.</summary>
public sealed class StunSimulator : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private readonly Lock _gate = new();
    private StunFaults _faults = new();
    private long _requests;

    private StunSimulator(Socket socket)
    {
        _socket = socket;
        EndPoint = (IPEndPoint)socket.LocalEndPoint!;
        _loop = ReceiveAsync();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>What it does wrong; assign a changed copy.</summary>
    public StunFaults Faults
    {
        get
        {
            lock (_gate)
            {
                return _faults;
            }
        }

        set
        {
            lock (_gate)
            {
                _faults = value;
            }
        }
    }

    /// <summary>Binding requests that arrived, the unanswered included.</summary>
    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>Starts it.</summary>
    /// <param name="port">UDP port; 0 takes a free one.</param>
    /// <exception cref="SocketException">The port is taken.</exception>
    public static StunSimulator Start(int port = 0)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return new StunSimulator(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The control endpoint of this simulator.</summary>
    public Hosting.ControlledSimulator Control(string name) => new(name, new Dictionary<string, Hosting.ControlResource>
    {
        ["faults"] = new(() => Faults, patch => Faults = Hosting.ControlHost.Merge(Faults, patch)),
        ["requests"] = new(() => Requests),
    });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[2048];
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var received = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                if (StunMessage.TryParse(buffer.AsSpan(0, received.ReceivedBytes), out var request) && request.Type == StunMessage.BindingRequest)
                {
                    Interlocked.Increment(ref _requests);
                    await AnswerAsync(request, (IPEndPoint)received.RemoteEndPoint);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException)
            {
                // A client that is gone makes the next receive fail (ICMP); the server goes on.
            }
        }
    }

    private async Task AnswerAsync(StunMessage request, IPEndPoint client)
    {
        if (TakeFaults() is not { } faults)
        {
            return;
        }

        if (faults.Delay > TimeSpan.Zero)
        {
            await Task.Delay(faults.Delay, _stop.Token);
        }

        var answer = faults.Garbage ? Encoding.ASCII.GetBytes("HTTP/1.1 400 this is no STUN") : Compose(request, client, faults).ToBytes();
        await _socket.SendToAsync(answer, SocketFlags.None, client, _stop.Token);
    }

    // Null: no answer.
    private StunFaults? TakeFaults()
    {
        lock (_gate)
        {
            if (_faults.DropNext > 0)
            {
                _faults = _faults with { DropNext = _faults.DropNext - 1 };
                return null;
            }

            return _faults.Silent ? null : _faults;
        }
    }

    private static StunMessage Compose(StunMessage request, IPEndPoint client, StunFaults faults)
    {
        var transaction = faults.WrongTransactionId ? RandomNumberGenerator.GetBytes(12) : request.TransactionId;
        if (faults.ErrorCode != 0)
        {
            return new StunMessage(StunMessage.BindingError, transaction, [StunMessage.Error(faults.ErrorCode, "Simulated")]);
        }

        var seen = faults.PretendAddress is { } pretended ? new IPEndPoint(IPAddress.Parse(pretended), client.Port) : client;
        var software = new StunAttribute(StunMessage.Software, Encoding.ASCII.GetBytes("CallCenter.Simulators"));
        return new StunMessage(
            StunMessage.BindingSuccess,
            transaction,
            faults.NoAddress ? [software] : [software, StunMessage.MappedAddress(seen, transaction)]);
    }
}

using System.Net.Sockets;

namespace CallCenter.Infrastructure.Telephony.Probes;

/// <summary>The TCP part that several probes begin with.</summary>
internal static class TcpConnector
{
    /// <summary>Connects to the first address that takes it. The socket is the caller's; null unless connected.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<(TcpOutcome Outcome, Socket? Socket)> ConnectAsync(ProbeTarget target, CancellationToken cancellationToken)
    {
        if (target.Addresses.Count == 0)
        {
            return (TcpOutcome.NameNotFound, null);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync([.. target.Addresses], target.Port, cancellationToken);
            return (TcpOutcome.Connected, socket);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            return (Classify(exception.SocketErrorCode), null);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static TcpOutcome Classify(SocketError error) => error switch
    {
        SocketError.TimedOut => TcpOutcome.TimedOut,
        SocketError.ConnectionRefused or SocketError.ConnectionReset or SocketError.ConnectionAborted => TcpOutcome.Refused,
        _ => TcpOutcome.Unreachable,
    };
}

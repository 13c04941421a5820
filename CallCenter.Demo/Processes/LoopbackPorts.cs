using System.Net;
using System.Net.Sockets;

namespace CallCenter.Demo.Processes;

/// <summary>Questions about TCP ports on 127.0.0.1.</summary>
public static class LoopbackPorts
{
    // Below what systems hand out by themselves (Linux from 32768, others from 49152), so that no connection takes the port before its server does.
    private const int First = 20_000;
    private const int Last = 32_000;

    /// <summary>Whether nothing listens there now. Someone may take it a moment later.</summary>
    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port) { ExclusiveAddressUse = true };
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>A port that was free just now and that nothing gets without asking for it by number.</summary>
    public static int Free()
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            var port = Random.Shared.Next(First, Last);
            if (IsFree(port))
            {
                return port;
            }
        }

        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary><paramref name="preferred"/> if it is free, else any.</summary>
    public static int Prefer(int? preferred) => preferred is { } port && IsFree(port) ? port : Free();
}

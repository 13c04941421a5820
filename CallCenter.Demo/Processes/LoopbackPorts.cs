using System.Net;
using System.Net.Sockets;

namespace CallCenter.Demo.Processes;

/// <summary>Questions about TCP ports on 127.0.0.1.</summary>
public static class LoopbackPorts
{
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

    /// <summary>A port the system had free just now.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary><paramref name="preferred"/> if it is free, else any.</summary>
    public static int Prefer(int? preferred) => preferred is { } port && IsFree(port) ? port : Free();
}

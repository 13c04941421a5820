using System.Net;
using System.Net.Sockets;

namespace CallCenter.Tests.Telephony.Probes;

/// <summary>Ports on 127.0.0.1 where nobody listens, or where someone listens and says nothing.</summary>
internal static class FreePort
{
    public static int Closed(ProtocolType protocol = ProtocolType.Tcp)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream, protocol);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Accepts connections by the kernel's queue and never answers.</summary>
    public static TcpListener Silent()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }
}

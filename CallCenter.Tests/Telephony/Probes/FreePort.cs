using System.Net;
using System.Net.Sockets;
using CallCenter.Demo.Processes;

namespace CallCenter.Tests.Telephony.Probes;

/// <summary>Ports on 127.0.0.1 where nobody listens, or where someone listens and says nothing.</summary>
internal static class FreePort
{
    public static int Closed(ProtocolType protocol = ProtocolType.Tcp)
    {
        while (true)
        {
            // The number of a free TCP port is one that no other test's server is given by chance.
            var port = LoopbackPorts.Free();
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream, protocol);
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken for UDP.
            }
        }
    }

    /// <summary>Accepts connections by the kernel's queue and never answers.</summary>
    public static TcpListener Silent()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }
}

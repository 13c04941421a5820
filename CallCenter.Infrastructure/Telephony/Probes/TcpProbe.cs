using System.Net;

namespace CallCenter.Infrastructure.Telephony.Probes;

/// <summary>Opens a TCP connection and closes it again.</summary>
internal sealed class TcpProbe(TimeProvider time)
{
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<TcpResult> RunAsync(ProbeTarget target, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        using var deadline = new ProbeDeadline(timeout, time, cancellationToken);
        try
        {
            var (outcome, socket) = await TcpConnector.ConnectAsync(target, deadline.Token);
            using (socket)
            {
                return new TcpResult(outcome, socket?.RemoteEndPoint as IPEndPoint);
            }
        }
        catch (OperationCanceledException) when (deadline.IsOver)
        {
            return new TcpResult(TcpOutcome.TimedOut);
        }
    }
}

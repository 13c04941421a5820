using System.Net;
using System.Net.Sockets;

namespace CallCenter.Infrastructure.Telephony.Probes;

/// <summary>Resolves a name. It judges no address: what may be connected to is the outbound policy's business.</summary>
internal sealed class NameLookupProbe(TimeProvider time)
{
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<NameLookupResult> RunAsync(string host, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        using var deadline = new ProbeDeadline(timeout, time, cancellationToken);
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host.Trim('[', ']'), deadline.Token);
            return addresses.Length == 0
                ? new NameLookupResult(NameLookupOutcome.NotFound, [])
                : new NameLookupResult(NameLookupOutcome.Found, addresses);
        }
        catch (OperationCanceledException) when (deadline.IsOver)
        {
            return new NameLookupResult(NameLookupOutcome.TimedOut, []);
        }
        catch (SocketException exception)
        {
            return new NameLookupResult(
                exception.SocketErrorCode is SocketError.HostNotFound or SocketError.NoData
                    ? NameLookupOutcome.NotFound
                    : NameLookupOutcome.ResolverFailed,
                []);
        }
        catch (ArgumentException)
        {
            // Longer than a name can be.
            return new NameLookupResult(NameLookupOutcome.NotFound, []);
        }
    }
}

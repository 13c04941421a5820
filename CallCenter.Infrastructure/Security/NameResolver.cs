using System.Net;
using System.Net.Sockets;
using CallCenter.Core.Primitives;
using CallCenter.Core.Telephony;

namespace CallCenter.Infrastructure.Security;

internal interface INameResolver
{
    /// <summary>Addresses of a name; see <see cref="Core.Security.IOutboundPolicy"/> for the errors.</summary>
    Task<Result<IReadOnlyList<IPAddress>>> ResolveAsync(string host, CancellationToken cancellationToken);
}

internal sealed class NameResolver(TimeProvider time) : INameResolver
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public async Task<Result<IReadOnlyList<IPAddress>>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
        {
            return TelephonyErrors.NameNotFound;
        }

        using var limit = new CancellationTokenSource(Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await Dns.GetHostAddressesAsync(host, both.Token);
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode == SocketError.TimedOut ? TelephonyErrors.TimedOut : TelephonyErrors.NameNotFound;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TelephonyErrors.TimedOut;
        }
    }
}

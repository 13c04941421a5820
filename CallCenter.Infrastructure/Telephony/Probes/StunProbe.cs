using System.Net;
using System.Net.Sockets;

namespace CallCenter.Infrastructure.Telephony.Probes;

/// <summary>Sends a STUN binding request over UDP, again and again at growing intervals (RFC 5389, 7.2.1), until an answer or the time limit.</summary>
internal sealed class StunProbe(TimeProvider time)
{
    private const int LargestDatagram = 2048;
    private static readonly TimeSpan FirstInterval = TimeSpan.FromMilliseconds(500);

    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<StunResult> RunAsync(ProbeTarget target, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        using var deadline = new ProbeDeadline(timeout, time, cancellationToken);
        var attempt = new Attempt(time);
        try
        {
            foreach (var address in target.Addresses)
            {
                if (await attempt.AskAsync(new IPEndPoint(address, target.Port), deadline.Token) is { } result)
                {
                    return result;
                }
            }

            // No address could even be sent to.
            return new StunResult(target.Addresses.Count == 0 ? StunOutcome.NameNotFound : StunOutcome.NoAnswer);
        }
        catch (OperationCanceledException) when (deadline.IsOver)
        {
            return new StunResult(attempt.WhenOver);
        }
    }

    private sealed class Attempt(TimeProvider time)
    {
        private readonly byte[] _transaction = StunBinding.NewTransaction();

        /// <summary>The verdict if nothing better arrives.</summary>
        public StunOutcome WhenOver { get; private set; } = StunOutcome.NoAnswer;

        /// <summary>Null: this address cannot be sent to.</summary>
        public async Task<StunResult?> AskAsync(IPEndPoint server, CancellationToken cancellationToken)
        {
            var request = StunBinding.Compose(_transaction);
            try
            {
                using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);

                // Connected, so that "port unreachable" comes back as an error and strangers' datagrams do not.
                await socket.ConnectAsync(server, cancellationToken);
                for (var interval = FirstInterval; ; interval *= 2)
                {
                    await socket.SendAsync(request, SocketFlags.None, cancellationToken);
                    if (await ReceiveAsync(socket, interval, cancellationToken) is { } result)
                    {
                        return result;
                    }
                }
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionRefused or SocketError.ConnectionReset)
            {
                return new StunResult(StunOutcome.Refused);
            }
            catch (SocketException)
            {
                return null;
            }
        }

        // Null: nothing that settles it before the next retransmission.
        private async Task<StunResult?> ReceiveAsync(Socket socket, TimeSpan interval, CancellationToken cancellationToken)
        {
            var sent = time.GetTimestamp();
            using var pause = new ProbeDeadline(interval, time, cancellationToken);
            var buffer = new byte[LargestDatagram];
            try
            {
                while (true)
                {
                    var length = await socket.ReceiveAsync(buffer, SocketFlags.None, pause.Token);
                    var reply = StunBinding.Read(buffer.AsSpan(0, length), _transaction);
                    switch (reply.Kind)
                    {
                        case StunBinding.ReplyKind.Mapped:
                            return new StunResult(StunOutcome.Mapped, reply.Address, RoundTrip: time.GetElapsedTime(sent));
                        case StunBinding.ReplyKind.Error:
                            return new StunResult(StunOutcome.ErrorResponse, ErrorCode: reply.Code, RoundTrip: time.GetElapsedTime(sent));
                        case StunBinding.ReplyKind.Incomplete:
                            return new StunResult(StunOutcome.Garbage);
                        case StunBinding.ReplyKind.OtherTransaction:
                            WhenOver = StunOutcome.WrongTransaction;
                            break;
                        default:
                            WhenOver = StunOutcome.Garbage;
                            break;
                    }
                }
            }
            catch (OperationCanceledException) when (pause.IsOver)
            {
                return null;
            }
        }
    }
}

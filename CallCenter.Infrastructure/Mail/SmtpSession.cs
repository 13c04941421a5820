using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using CallCenter.Core.Mail;
using CallCenter.Core.Primitives;

namespace CallCenter.Infrastructure.Mail;

/// <summary>Where and how to sign in.</summary>
internal sealed record SmtpTarget(string Host, int Port, MailTls Tls, string UserName, Secret? Password, string? PinnedCertificateSha256);

/// <summary>What the server refused, and whether another time may be better.</summary>
internal sealed class SmtpRefusedException(Error error, bool isForGood, SmtpReply? reply) : Exception(error.Message)
{
    public Error Error => error;

    public bool IsForGood => isForGood;

    public SmtpReply? Reply => reply;
}

/// <summary>One connection to a mail server (RFC 5321, 3207, 4954), to addresses that the outbound policy let pass.</summary>
internal sealed class SmtpSession : IAsyncDisposable
{
    private readonly SmtpTarget _target;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly string _name;
    private Stream _stream;
    private SmtpReplyReader _replies;
    private HashSet<string> _offers = new(StringComparer.OrdinalIgnoreCase);

    private SmtpSession(SmtpTarget target, Socket socket, TimeSpan timeout, TimeProvider time)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        (_target, _stream, _timeout, _time, _name) = (target, stream, timeout, time, NameOf(socket.LocalEndPoint as IPEndPoint));
        _replies = new SmtpReplyReader(stream);
    }

    /// <summary>The last reply; null before the first.</summary>
    public SmtpReply? Last { get; private set; }

    public static async Task<SmtpSession> ConnectAsync(SmtpTarget target, IReadOnlyList<IPAddress> addresses, MailOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var deadline = new CancellationTokenSource(options.ConnectTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            await socket.ConnectAsync([.. addresses], target.Port, either.Token);
            return new SmtpSession(target, socket, options.ReplyTimeout, time);
        }
        catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new SmtpRefusedException(
                exception is OperationCanceledException or SocketException { SocketErrorCode: SocketError.TimedOut } ? MailErrors.TimedOut
                : exception is SocketException { SocketErrorCode: SocketError.ConnectionRefused } ? MailErrors.Refused

                // Accepted and dropped before we looked at it.
                : exception is IOException or SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.NotConnected or SocketError.Shutdown } ? MailErrors.Broken
                : MailErrors.Unreachable,
                isForGood: false,
                null);
        }
    }

    /// <summary>Greets, encrypts and signs in, as the settings want it.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_target.Tls == MailTls.Implicit)
        {
            await EncryptAsync(cancellationToken);
        }

        Expect(await WithinAsync(_replies.ReadAsync, cancellationToken), 220, MailErrors.MessageRejected);
        await HelloAsync(cancellationToken);
        if (_target.Tls == MailTls.StartTls)
        {
            if (!_offers.Contains("STARTTLS"))
            {
                throw new SmtpRefusedException(MailErrors.TlsNotOffered, isForGood: false, Last);
            }

            Expect(await SayAsync("STARTTLS", cancellationToken), 220, MailErrors.TlsFailed);
            if (_replies.HasMore)
            {
                // Slipped in by somebody between, to be read as if it had come encrypted.
                throw new SmtpRefusedException(MailErrors.TlsFailed, isForGood: false, null);
            }

            await EncryptAsync(cancellationToken);
            await HelloAsync(cancellationToken);
        }

        if (_target.UserName.Length > 0)
        {
            await SignInAsync(cancellationToken);
        }
    }

    /// <summary>Hands over one message to one recipient.</summary>
    /// <param name="from">Of the envelope, ASCII.</param>
    /// <param name="to">Of the envelope, ASCII.</param>
    /// <param name="bytes">Size of the message, about.</param>
    /// <param name="write">Writes the message: CR LF, seven bits, lines of at most 998 signs.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task SendAsync(string from, string to, long bytes, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        if (Limit() is { } limit && bytes > limit)
        {
            throw new SmtpRefusedException(MailErrors.TooLarge, isForGood: true, Last);
        }

        var size = _offers.Contains("SIZE") ? string.Create(CultureInfo.InvariantCulture, $" SIZE={bytes}") : "";
        Expect(await SayAsync($"MAIL FROM:<{from}>{size}", cancellationToken), 250, MailErrors.SenderRejected);
        Expect(await SayAsync($"RCPT TO:<{to}>", cancellationToken), 250, MailErrors.RecipientRejected);
        Expect(await SayAsync("DATA", cancellationToken), 354, MailErrors.MessageRejected);
        var reply = await WithinAsync(
            async token =>
            {
                var body = new DotStuffing(_stream);
                await write(body, token);
                await body.CompleteAsync(token);
                return await _replies.ReadAsync(token);
            },
            cancellationToken);
        Expect(reply, 250, MailErrors.MessageRejected);
    }

    /// <summary>Says goodbye; how it is taken does not matter any more.</summary>
    public async Task QuitAsync(CancellationToken cancellationToken)
    {
        try
        {
            var taken = Last;
            await SayAsync("QUIT", cancellationToken);
            Last = taken;
        }
        catch (SmtpRefusedException)
        {
            // The message was taken before.
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    // A literal, as the name that the machine gives itself means nothing outside, and says more than it should.
    private static string NameOf(IPEndPoint? local) => local?.Address switch
    {
        { IsIPv4MappedToIPv6: true } mapped => $"[{mapped.MapToIPv4()}]",
        { AddressFamily: AddressFamily.InterNetworkV6 } address => $"[IPv6:{new IPAddress(address.GetAddressBytes())}]",
        { } address => $"[{address}]",
        _ => "[127.0.0.1]",
    };

    private async Task HelloAsync(CancellationToken cancellationToken)
    {
        var reply = await SayAsync($"EHLO {_name}", cancellationToken);
        if (reply.Code is 500 or 502 or 504)
        {
            // A server of the last century; without extensions there is neither TLS nor a password.
            reply = await SayAsync($"HELO {_name}", cancellationToken);
            _offers = [];
        }
        else
        {
            _offers = new HashSet<string>(reply.Lines.Skip(1).SelectMany(Offers), StringComparer.OrdinalIgnoreCase);
        }

        Expect(reply, 250, MailErrors.MessageRejected);
    }

    // "AUTH PLAIN LOGIN" becomes AUTH, AUTH PLAIN, AUTH LOGIN; "SIZE 100" becomes SIZE, SIZE 100.
    private static IEnumerable<string> Offers(string line)
    {
        var words = line.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? [] : [words[0], .. words.Skip(1).Select(word => $"{words[0]} {word}")];
    }

    private long? Limit() => _offers.FirstOrDefault(offer => offer.StartsWith("SIZE ", StringComparison.OrdinalIgnoreCase)) is { } offer
        && long.TryParse(offer[5..], NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0 ? limit : null;

    private async Task SignInAsync(CancellationToken cancellationToken)
    {
        var password = _target.Password?.Reveal() ?? "";
        SmtpReply reply;
        if (_offers.Contains("AUTH PLAIN"))
        {
            reply = await SayAsync("AUTH PLAIN " + Base64($"\0{_target.UserName}\0{password}"), cancellationToken);
        }
        else if (_offers.Contains("AUTH LOGIN"))
        {
            Expect(await SayAsync("AUTH LOGIN", cancellationToken), 334, MailErrors.SignInNotOffered);
            Expect(await SayAsync(Base64(_target.UserName), cancellationToken), 334, MailErrors.WrongPassword);
            reply = await SayAsync(Base64(password), cancellationToken);
        }
        else
        {
            throw new SmtpRefusedException(MailErrors.SignInNotOffered, isForGood: true, Last);
        }

        Expect(reply, 235, MailErrors.WrongPassword);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private async Task EncryptAsync(CancellationToken cancellationToken)
    {
        var trusted = true;
        var encrypted = new SslStream(_stream);
        _stream = encrypted;
        try
        {
            await WithinAsync(
                async token =>
                {
                    await encrypted.AuthenticateAsClientAsync(
                        new SslClientAuthenticationOptions
                        {
                            TargetHost = _target.Host,
                            RemoteCertificateValidationCallback = (_, certificate, _, errors) => trusted = certificate is not null && (_target.PinnedCertificateSha256 is { } pin
                                ? string.Equals(certificate.GetCertHashString(HashAlgorithmName.SHA256), pin, StringComparison.OrdinalIgnoreCase)
                                : errors == SslPolicyErrors.None),
                        },
                        token);
                    return true;
                },
                cancellationToken);
        }
        catch (AuthenticationException)
        {
            throw new SmtpRefusedException(trusted ? MailErrors.TlsFailed : MailErrors.CertificateUntrusted, isForGood: false, null);
        }
        catch (SmtpRefusedException refused) when (refused.Error == MailErrors.Broken)
        {
            throw new SmtpRefusedException(trusted ? MailErrors.TlsFailed : MailErrors.CertificateUntrusted, isForGood: false, null);
        }

        _replies = new SmtpReplyReader(encrypted);
    }

    private Task<SmtpReply> SayAsync(string command, CancellationToken cancellationToken) => WithinAsync(
        async token =>
        {
            await _stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), token);
            await _stream.FlushAsync(token);
            return await _replies.ReadAsync(token);
        },
        cancellationToken);

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var done = await act(either.Token);
            Last = done as SmtpReply ?? Last;
            return done;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SmtpRefusedException(MailErrors.TimedOut, isForGood: false, Last);
        }
        catch (SmtpGarbageException)
        {
            throw new SmtpRefusedException(MailErrors.NotSmtp, isForGood: false, null);
        }
        catch (IOException)
        {
            throw new SmtpRefusedException(MailErrors.Broken, isForGood: false, Last);
        }
    }

    private static void Expect(SmtpReply reply, int code, Error refused)
    {
        if (reply.Code == code || (code == 250 && reply.Code == 251))
        {
            return;
        }

        // 4xx is "not now" whatever it is about; 5xx is for good, and what it is about says what to turn.
        var error = reply.Code switch
        {
            < 500 => MailErrors.Later,
            530 => MailErrors.SignInNeeded,
            535 => MailErrors.WrongPassword,
            552 when refused != MailErrors.RecipientRejected => MailErrors.TooLarge,
            _ => refused,
        };
        throw new SmtpRefusedException(error, reply.Code >= 500, reply);
    }
}

using System.Globalization;
using System.Net.Security;
using System.Text;

namespace CallCenter.Simulators.Mail;

/// <summary>One connection, from the greeting to QUIT.</summary>
internal sealed class SmtpServerSession(SmtpSimulator server, Stream stream) : IAsyncDisposable
{
    // RFC 5321, 4.5.3.1.
    private const int LongestCommand = 512;
    private const int LongestLine = 998;
    private const int MostErrors = 10;

    private readonly List<string> _recipients = [];
    private SmtpLines _lines = new(stream);
    private Stream _stream = stream;
    private bool _greeted;
    private bool _encrypted;
    private bool _eightBit;
    private bool _ending;
    private string? _user;
    private string? _from;
    private int _errors;

    private SmtpSimulatorOptions Options => server.Options;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Options.ImplicitTls)
        {
            await EncryptAsync(cancellationToken);
        }

        var faults = server.Faults;
        if (faults.Silent)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (faults.Garbage)
        {
            await SayAsync("HTTP/1.1 400 Bad Request", cancellationToken);
            return;
        }

        await SayAsync(faults.Greeting switch
        {
            220 => "220 mail.example.test ESMTP CallCenter.Simulators",
            421 => "421 4.3.2 mail.example.test too busy, try again later",
            var code => string.Create(CultureInfo.InvariantCulture, $"{code} 5.3.2 mail.example.test takes no mail"),
        }, cancellationToken);
        _ending = faults.Greeting != 220;
        while (!_ending && await _lines.ReadAsync(LongestCommand, cancellationToken) is { } line)
        {
            await ObeyAsync(line, cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static string? AddressOf(string argument, string word)
    {
        // MAIL FROM:<a@b> SIZE=1 ; no blank after the colon, as strict servers want it.
        if (!argument.StartsWith(word + ":<", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var end = argument.IndexOf('>', StringComparison.Ordinal);
        return end < 0 ? null : argument[(word.Length + 2)..end];
    }

    private static bool IsAmong(string list, string address) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Any(entry => entry == "*" || string.Equals(entry, address, StringComparison.OrdinalIgnoreCase));

    private async Task ObeyAsync(string line, CancellationToken cancellationToken)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var (verb, argument) = space < 0 ? (line.ToUpperInvariant(), "") : (line[..space].ToUpperInvariant(), line[(space + 1)..].Trim());
        await (verb switch
        {
            "EHLO" => HelloAsync(argument, cancellationToken),
            "HELO" => GreetAsync("250 mail.example.test", cancellationToken),
            "STARTTLS" => StartTlsAsync(cancellationToken),
            "AUTH" => AuthAsync(argument, cancellationToken),
            "MAIL" => MailAsync(argument, cancellationToken),
            "RCPT" => RecipientAsync(argument, cancellationToken),
            "DATA" => DataAsync(cancellationToken),
            "RSET" => ResetAsync(cancellationToken),
            "NOOP" => SayAsync("250 2.0.0 OK", cancellationToken),
            "VRFY" => SayAsync("252 2.5.2 Cannot verify", cancellationToken),
            "QUIT" => QuitAsync(cancellationToken),
            _ => WrongAsync("500 5.5.2 Command unrecognized", cancellationToken),
        });
    }

    private Task HelloAsync(string name, CancellationToken cancellationToken)
    {
        if (server.Faults.NoExtensions)
        {
            return WrongAsync("502 5.5.1 Command not implemented", cancellationToken);
        }

        if (name.Length == 0)
        {
            return WrongAsync("501 5.5.4 EHLO needs a name", cancellationToken);
        }

        List<string> offers = ["mail.example.test", string.Create(CultureInfo.InvariantCulture, $"SIZE {Options.MaxBytes}"), "PIPELINING", "ENHANCEDSTATUSCODES"];
        if (Options.OffersEightBit)
        {
            offers.Add("8BITMIME");
        }

        if (Options.OffersStartTls && !_encrypted)
        {
            offers.Add("STARTTLS");
        }

        if (Options.Mechanisms.Count > 0 && (_encrypted || !Options.AuthNeedsTls))
        {
            offers.Add("AUTH " + string.Join(' ', Options.Mechanisms));
        }

        return GreetAsync(string.Join("\r\n", offers.Index().Select(offer => (offer.Index == offers.Count - 1 ? "250 " : "250-") + offer.Item)), cancellationToken);
    }

    private Task GreetAsync(string answer, CancellationToken cancellationToken)
    {
        Forget();
        _greeted = true;
        return SayAsync(answer, cancellationToken);
    }

    private async Task StartTlsAsync(CancellationToken cancellationToken)
    {
        if (!Options.OffersStartTls || _encrypted)
        {
            await WrongAsync("502 5.5.1 STARTTLS is not offered", cancellationToken);
            return;
        }

        if (server.Faults.RefuseStartTls)
        {
            await SayAsync("454 4.7.0 TLS not available due to a temporary reason", cancellationToken);
            return;
        }

        if (_lines.HasMore)
        {
            // Commands sent before the handshake would be obeyed as if they had come over TLS.
            await WrongAsync("503 5.5.1 STARTTLS must be the last command before the handshake", cancellationToken);
            _ending = true;
            return;
        }

        await SayAsync("220 2.0.0 Ready to start TLS", cancellationToken);
        await EncryptAsync(cancellationToken);

        // All that was said before counts no more.
        (_greeted, _user) = (false, null);
        Forget();
    }

    private async Task EncryptAsync(CancellationToken cancellationToken)
    {
        var encrypted = new SslStream(_stream);
        _stream = encrypted;
        await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = server.Certificate }, cancellationToken);
        _lines = new SmtpLines(encrypted);
        _encrypted = true;
    }

    private async Task AuthAsync(string argument, CancellationToken cancellationToken)
    {
        var parts = argument.Split(' ', 2);
        var mechanism = parts[0].ToUpperInvariant();
        if (!_greeted || _user is not null || _from is not null)
        {
            await WrongAsync("503 5.5.1 AUTH not allowed now", cancellationToken);
        }
        else if (!_encrypted && Options.AuthNeedsTls)
        {
            await WrongAsync("530 5.7.0 Must issue a STARTTLS command first", cancellationToken);
        }
        else if (!Options.Mechanisms.Contains(mechanism))
        {
            await WrongAsync("504 5.5.4 Unrecognized authentication type", cancellationToken);
        }
        else
        {
            await CheckAsync(mechanism, parts.Length > 1 ? parts[1] : null, cancellationToken);
        }
    }

    private async Task CheckAsync(string mechanism, string? initial, CancellationToken cancellationToken)
    {
        string? name, password;
        if (mechanism == "PLAIN")
        {
            var words = (await AnswerAsync(initial, "", cancellationToken))?.Split('\0');
            (name, password) = words is { Length: 3 } ? (words[1], words[2]) : (null, null);
        }
        else
        {
            name = await AnswerAsync(initial, "Username:", cancellationToken);
            password = name is null ? null : await AnswerAsync(null, "Password:", cancellationToken);
        }

        if (name is null || password is null)
        {
            await WrongAsync("501 5.5.2 Cannot decode the answer", cancellationToken);
        }
        else if (Options.Accounts.TryGetValue(name, out var expected) && expected == password)
        {
            _user = name;
            await SayAsync("235 2.7.0 Authentication successful", cancellationToken);
        }
        else
        {
            await WrongAsync("535 5.7.8 Authentication credentials invalid", cancellationToken);
        }
    }

    // Null: cancelled with an asterisk, or not base64.
    private async Task<string?> AnswerAsync(string? initial, string question, CancellationToken cancellationToken)
    {
        if (initial is null)
        {
            await SayAsync("334 " + Convert.ToBase64String(Encoding.ASCII.GetBytes(question)), cancellationToken);
            initial = await _lines.ReadAsync(12_288, cancellationToken);
        }

        try
        {
            return initial is null or "*" ? null : Encoding.UTF8.GetString(Convert.FromBase64String(initial == "=" ? "" : initial));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private Task MailAsync(string argument, CancellationToken cancellationToken)
    {
        if (!_greeted || _from is not null)
        {
            return WrongAsync("503 5.5.1 Bad sequence of commands", cancellationToken);
        }

        if (Options.NeedsAuth && _user is null)
        {
            return WrongAsync("530 5.7.0 Authentication required", cancellationToken);
        }

        if (AddressOf(argument, "FROM") is not { } from)
        {
            return WrongAsync("501 5.5.4 Syntax: MAIL FROM:<address>", cancellationToken);
        }

        var size = argument.Split(' ').FirstOrDefault(word => word.StartsWith("SIZE=", StringComparison.OrdinalIgnoreCase))?[5..];
        if (long.TryParse(size, CultureInfo.InvariantCulture, out var bytes) && bytes > Options.MaxBytes)
        {
            return WrongAsync("552 5.3.4 Message size exceeds the fixed limit", cancellationToken);
        }

        if (server.Faults.Sender is not 250 and var code)
        {
            return SayAsync(string.Create(CultureInfo.InvariantCulture, $"{code} {code / 100}.1.8 Sender address rejected"), cancellationToken);
        }

        _from = from;
        _eightBit = argument.Contains("BODY=8BITMIME", StringComparison.OrdinalIgnoreCase);
        return SayAsync("250 2.1.0 OK", cancellationToken);
    }

    private Task RecipientAsync(string argument, CancellationToken cancellationToken)
    {
        if (_from is null)
        {
            return WrongAsync("503 5.5.1 Need MAIL first", cancellationToken);
        }

        if (AddressOf(argument, "TO") is not { Length: > 0 } address || !address.Contains('@', StringComparison.Ordinal))
        {
            return WrongAsync("501 5.1.3 Bad recipient address syntax", cancellationToken);
        }

        var faults = server.Faults;
        if (IsAmong(faults.UnknownRecipients, address))
        {
            return SayAsync("550 5.1.1 User unknown", cancellationToken);
        }

        if (IsAmong(faults.GreyRecipients, address))
        {
            return SayAsync("451 4.7.1 Greylisted, try again later", cancellationToken);
        }

        _recipients.Add(address);
        return SayAsync("250 2.1.5 OK", cancellationToken);
    }

    private async Task DataAsync(CancellationToken cancellationToken)
    {
        if (_recipients.Count == 0)
        {
            await WrongAsync("503 5.5.1 Need RCPT first", cancellationToken);
            return;
        }

        var faults = server.TakeFaults();
        await SayAsync("354 End data with <CR><LF>.<CR><LF>", cancellationToken);
        var message = new StringBuilder();
        string? fault = null;
        while (true)
        {
            if (await _lines.ReadAsync(int.MaxValue, cancellationToken) is not { } line || (faults.DropInData && message.Length > 200))
            {
                _ending = true;
                return;
            }

            if (line == ".")
            {
                break;
            }

            fault ??= line.Length > LongestLine ? "500 5.5.2 Line too long"
                : line.Contains('\n', StringComparison.Ordinal) || line.Contains('\r', StringComparison.Ordinal) ? "521 5.5.2 Bare <LF> or <CR> received"
                : !_eightBit && line.Any(c => c > 127) ? "554 5.6.1 8-bit data without BODY=8BITMIME"
                : message.Length > Options.MaxBytes ? "552 5.3.4 Message too big"
                : null;
            message.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        await AnswerDataAsync(faults, fault, message.ToString(), cancellationToken);
        Forget();
    }

    private async Task AnswerDataAsync(SmtpFaults faults, string? fault, string message, CancellationToken cancellationToken)
    {
        if (fault is not null)
        {
            await WrongAsync(fault, cancellationToken);
        }
        else if (faults.DeferNext > 0)
        {
            await SayAsync("451 4.3.0 Try again later", cancellationToken);
        }
        else if (faults.Data != 250)
        {
            await SayAsync(string.Create(CultureInfo.InvariantCulture, $"{faults.Data} {faults.Data / 100}.7.1 Message refused"), cancellationToken);
        }
        else
        {
            var text = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(message));
            server.Keep(new ReceivedMail(_from!, [.. _recipients], text, _user, _encrypted, Options.Time.GetUtcNow().UtcDateTime));
            if (faults.DropAfterNext > 0)
            {
                _ending = true;
                return;
            }

            await SayAsync("250 2.0.0 Queued", cancellationToken);
        }
    }

    private Task ResetAsync(CancellationToken cancellationToken)
    {
        Forget();
        return SayAsync("250 2.0.0 OK", cancellationToken);
    }

    private Task QuitAsync(CancellationToken cancellationToken)
    {
        _ending = true;
        return SayAsync("221 2.0.0 Bye", cancellationToken);
    }

    private void Forget()
    {
        _from = null;
        _eightBit = false;
        _recipients.Clear();
    }

    private async Task WrongAsync(string answer, CancellationToken cancellationToken)
    {
        if (++_errors > MostErrors)
        {
            _ending = true;
            answer = "421 4.7.0 Too many errors";
        }

        await SayAsync(answer, cancellationToken);
    }

    private async Task SayAsync(string answer, CancellationToken cancellationToken)
    {
        if (server.Faults.Delay is { Ticks: > 0 } pause)
        {
            await Task.Delay(pause, cancellationToken);
        }

        await _stream.WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), cancellationToken);
        await _stream.FlushAsync(cancellationToken);
    }
}

namespace CallCenter.Simulators.Mail;

/// <summary>How the simulated mail server is set up.</summary>
public sealed record SmtpSimulatorOptions
{
    /// <summary>TCP port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>TLS from the first byte (the submissions port, 465).</summary>
    public bool ImplicitTls { get; init; }

    /// <summary>STARTTLS is offered.</summary>
    public bool OffersStartTls { get; init; } = true;

    /// <summary>Passwords are taken over TLS only, as submission servers do (RFC 8314): AUTH is not even offered before.</summary>
    public bool AuthNeedsTls { get; init; } = true;

    /// <summary>Mail is taken from those who signed in only.</summary>
    public bool NeedsAuth { get; init; } = true;

    /// <summary>Mechanisms of AUTH, in the order they are offered.</summary>
    public IReadOnlyList<string> Mechanisms { get; init; } = ["PLAIN", "LOGIN"];

    /// <summary>Passwords by user name.</summary>
    public IReadOnlyDictionary<string, string> Accounts { get; init; } = new Dictionary<string, string>();

    /// <summary>Greatest message in bytes, as SIZE says.</summary>
    public int MaxBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>8BITMIME is offered; without it a message has seven bits only.</summary>
    public bool OffersEightBit { get; init; } = true;

    /// <summary>PKCS#12 file that keeps the certificate between runs; null makes a new one each time.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Folder in which each message that was taken is kept as a file; null for none.</summary>
    public string? Folder { get; init; }

    /// <summary>The clock of what was received.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>How the mail server misbehaves.</summary>
public sealed record SmtpFaults
{
    /// <summary>Connections are closed as soon as they are made.</summary>
    public bool DropConnections { get; init; }

    /// <summary>Nothing is ever said.</summary>
    public bool Silent { get; init; }

    /// <summary>What is said is no SMTP.</summary>
    public bool Garbage { get; init; }

    /// <summary>Code of the greeting: 220, 421 (busy), 554 (no service).</summary>
    public int Greeting { get; init; } = 220;

    /// <summary>Code for every sender: 250, 451, 550, 553.</summary>
    public int Sender { get; init; } = 250;

    /// <summary>Recipients that do not exist (550), comma-separated; <c>*</c> for all.</summary>
    public string UnknownRecipients { get; init; } = "";

    /// <summary>Recipients that are greylisted (451), comma-separated; <c>*</c> for all.</summary>
    public string GreyRecipients { get; init; } = "";

    /// <summary>Code after the message: 250, 451, 452, 552, 554.</summary>
    public int Data { get; init; } = 250;

    /// <summary>The first messages that are answered 451; counts down by itself.</summary>
    public int DeferNext { get; init; }

    /// <summary>The connection ends in the middle of the message, which is not taken.</summary>
    public bool DropInData { get; init; }

    /// <summary>The message is taken, and the connection ends before that is said; counts down by itself. The sender cannot know.</summary>
    public int DropAfterNext { get; init; }

    /// <summary>Answers to EHLO with 502, so that the client falls back to HELO.</summary>
    public bool NoExtensions { get; init; }

    /// <summary>STARTTLS is offered and then refused with 454.</summary>
    public bool RefuseStartTls { get; init; }

    /// <summary>Pause before each answer. Real time.</summary>
    public TimeSpan Delay { get; init; }
}

/// <summary>A message as it was taken.</summary>
/// <param name="From">Of the envelope; empty for a bounce.</param>
/// <param name="Recipients">Of the envelope.</param>
/// <param name="Data">Headers and body with CR LF, dots unstuffed.</param>
/// <param name="User">Who had signed in; null for nobody.</param>
/// <param name="IsEncrypted">Came over TLS.</param>
/// <param name="ReceivedAtUtc">When.</param>
public sealed record ReceivedMail(string From, IReadOnlyList<string> Recipients, string Data, string? User, bool IsEncrypted, DateTime ReceivedAtUtc)
{
    /// <summary>Value of a header, folded lines joined; null without one.</summary>
    public string? Header(string name)
    {
        var end = Data.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var unfolded = (end < 0 ? Data : Data[..end]).Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal);
        var line = unfolded.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
        return line?[(name.Length + 1)..].Trim();
    }
}

using CallCenter.Core.Primitives;

namespace CallCenter.Core.Mail;

/// <summary>Expected failures of mail. Each says what to do, since the person who reads it has only a server's settings to turn.</summary>
public static class MailErrors
{
    /// <summary>No mail server is set up.</summary>
    public static readonly Error NotConfigured = new("mail.not_configured", "No mail server is set up.");

    /// <summary>Nothing listens there.</summary>
    public static readonly Error Refused = new("mail.refused", "The mail server refuses the connection: nothing listens on that port.");

    /// <summary>No way there.</summary>
    public static readonly Error Unreachable = new("mail.unreachable", "The mail server cannot be reached.");

    /// <summary>It did not answer in time.</summary>
    public static readonly Error TimedOut = new("mail.timed_out", "The mail server did not answer in time.");

    /// <summary>What answers speaks no SMTP, or TLS where plain text was expected.</summary>
    public static readonly Error NotSmtp = new("mail.not_smtp", "What answers there is no mail server, or expects TLS from the first byte.");

    /// <summary>The connection ended in the middle.</summary>
    public static readonly Error Broken = new("mail.broken", "The mail server ended the connection.");

    /// <summary>The handshake failed.</summary>
    public static readonly Error TlsFailed = new("mail.tls_failed", "The encrypted connection failed. The port may expect the other kind of TLS.");

    /// <summary>No authority vouches for the certificate, or it is another's.</summary>
    public static readonly Error CertificateUntrusted = new("mail.certificate_untrusted", "The mail server's certificate is not trusted.");

    /// <summary>STARTTLS is wanted and not offered.</summary>
    public static readonly Error TlsNotOffered = new("mail.tls_not_offered", "The mail server does not offer STARTTLS.");

    /// <summary>A password would go over an open connection.</summary>
    public static readonly Error PasswordNeedsTls = new("mail.password_needs_tls", "A password is sent over TLS only.");

    /// <summary>User name or password is wrong.</summary>
    public static readonly Error WrongPassword = new("mail.wrong_password", "The mail server does not accept the user name and password.");

    /// <summary>No way to sign in that both sides know.</summary>
    public static readonly Error SignInNotOffered = new("mail.sign_in_not_offered", "The mail server offers no way to sign in with a password.");

    /// <summary>It wants a user name.</summary>
    public static readonly Error SignInNeeded = new("mail.sign_in_needed", "The mail server wants a user name and a password.");

    /// <summary>The sender's address is refused.</summary>
    public static readonly Error SenderRejected = new("mail.sender_rejected", "The mail server refuses the sender's address.");

    /// <summary>The recipient's address is refused for good.</summary>
    public static readonly Error RecipientRejected = new("mail.recipient_rejected", "The mail server refuses the recipient's address.");

    /// <summary>The message is refused for good.</summary>
    public static readonly Error MessageRejected = new("mail.message_rejected", "The mail server refuses the message.");

    /// <summary>Too large for the server.</summary>
    public static readonly Error TooLarge = new("mail.too_large", "The message is too large for the mail server.");

    /// <summary>Not now (4xx).</summary>
    public static readonly Error Later = new("mail.later", "The mail server takes no mail at the moment.");

    /// <summary>Tried so often.</summary>
    public static readonly Error GivenUp = new("mail.given_up", "The mail was tried several times and given up.");

    /// <summary>No such mail, or not one that was given up.</summary>
    public static readonly Error NotFound = new("mail.not_found", "There is no such mail to send again.");

    /// <summary>The report is gone.</summary>
    public static readonly Error NothingToSend = new("mail.nothing_to_send", "The report of this mail is gone. Let the schedule run again.");

    /// <summary>Not a mail address.</summary>
    public static readonly Error AddressInvalid = new("mail.address_invalid", "Enter a mail address such as name@example.com.");

    /// <summary>An entry is neither address nor domain.</summary>
    public static readonly Error RuleInvalid = new("mail.rule_invalid", "Enter addresses such as name@example.com, or domains such as @example.com.");

    /// <summary>Neither of the tenant's people nor on the list of the settings.</summary>
    public static readonly Error RecipientNotAllowed = new("mail.recipient_not_allowed", "Mail goes to people of this call center, and to addresses that the mail settings allow.");
}

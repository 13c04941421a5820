using CallCenter.Core.Mail;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Telephony;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Mail;

/// <summary>Outcome of handing over a mail.</summary>
/// <param name="Error">Why it was not taken; null when it was.</param>
/// <param name="IsForGood">Another time will not be better.</param>
/// <param name="Reply">The server's last words; empty when it said none.</param>
internal sealed record MailOutcome(Error? Error, bool IsForGood, string Reply);

/// <summary>Hands mails to a tenant's mail server, one connection for each.</summary>
internal sealed class SmtpMailer(IOutboundPolicy policy, IOptions<MailOptions> options, TimeProvider time)
{
    /// <summary>Only the caller's cancellation throws.</summary>
    public async Task<MailOutcome> SendAsync(SmtpTarget target, MimeMessage message, CancellationToken cancellationToken)
    {
        var addresses = await policy.ResolveAsync(target.Host, cancellationToken);
        if (addresses.Error is { } error)
        {
            return new MailOutcome(error, error == TelephonyErrors.AddressNotAllowed, "");
        }

        if (MailAddresses.ForEnvelope(message.FromAddress) is not { } from || MailAddresses.ForEnvelope(message.To) is not { } to)
        {
            return new MailOutcome(MailErrors.AddressInvalid, IsForGood: true, "");
        }

        try
        {
            await using var session = await SmtpSession.ConnectAsync(target, addresses.Value, options.Value, time, cancellationToken);
            await session.OpenAsync(cancellationToken);
            await session.SendAsync(from, to, message.Bytes, message.WriteAsync, cancellationToken);
            await session.QuitAsync(cancellationToken);
            return new MailOutcome(null, IsForGood: true, Cut(session.Last?.Text));
        }
        catch (SmtpRefusedException refused)
        {
            return new MailOutcome(refused.Error, refused.IsForGood, Cut(refused.Reply?.Text));
        }
    }

    private static string Cut(string? text) => text is null ? "" : text.Length <= OutboxMail.ReplyMaxLength ? text : text[..OutboxMail.ReplyMaxLength];
}

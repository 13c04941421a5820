using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;

namespace CallCenter.Core.Mail;

/// <summary>The tenant's mail server. Reading needs <see cref="Permissions.Settings.View"/>, the rest <see cref="Permissions.Settings.Edit"/>, else <see cref="AccessErrors.Denied"/>.</summary>
public interface IMailSettings
{
    /// <summary>The card, its password masked.</summary>
    Task<Result<SettingsCard<MailForm>>> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Saves the card.</summary>
    Task<CardSave<MailForm>> SaveAsync(MailForm form, int version, CancellationToken cancellationToken = default);

    /// <summary>Forgets the server; nothing is sent from then on.</summary>
    Task<CardSave<MailForm>> RemoveAsync(int version, CancellationToken cancellationToken = default);

    /// <summary>Sends a short mail at once, to an address of the tenant's people or of the card's list.</summary>
    /// <returns>What the server said, or one of <see cref="MailErrors"/> with the server's words in <see cref="MailTest.Reply"/>.</returns>
    Task<Result<MailTest>> TestAsync(string recipient, CancellationToken cancellationToken = default);

    /// <summary>Sends a mail again that was given up, as its report's owner may see it now; audited.</summary>
    /// <returns>
    /// Success, <see cref="MailErrors.NotFound"/>, <see cref="MailErrors.NothingToSend"/>, <see cref="MailErrors.RecipientNotAllowed"/>, or
    /// <see cref="Schedules.ScheduleErrors.OwnerLostRights"/>.
    /// </returns>
    Task<Result> SendAgainAsync(Guid id, CancellationToken cancellationToken = default);

    /// <summary>The last mails, newest first, at most 50.</summary>
    Task<Result<IReadOnlyList<MailRow>>> ListAsync(CancellationToken cancellationToken = default);
}

/// <summary>Outcome of a test mail.</summary>
/// <param name="Error">Why it was not taken; null when it was.</param>
/// <param name="Reply">The server's last words; empty when it said none.</param>
public sealed record MailTest(Error? Error, string Reply);

/// <summary>A mail as listed; members mean what they mean on <see cref="OutboxMail"/>.</summary>
public sealed record MailRow(
    Guid Id, string Recipient, string Subject, MailState State, int Attempts, DateTime NextAttemptUtc, string Failure, string Reply, DateTime CreatedAtUtc, DateTime? FinishedAtUtc);

/// <summary>Acts on mail in the audit log. Permanent, as they are stored.</summary>
public static class MailAuditActions
{
    /// <summary>A test mail was sent.</summary>
    public const string Tested = "mail.tested";

    /// <summary>A mail that was given up goes again.</summary>
    public const string SentAgain = "mail.sent_again";
}

using CallCenter.Core.Mail;
using CallCenter.Core.Primitives;

namespace CallCenter.Infrastructure.Mail;

/// <summary>Writes a mail of the entered tenant anew: the outbox keeps no text of a mail that was given up.</summary>
internal interface IMailWriter
{
    /// <param name="subjectId">See <see cref="OutboxMail.SubjectId"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The mail as it would be written now, <see cref="MailErrors.NothingToSend"/> when what it was about is gone, or why its owner may not send it any more.</returns>
    Task<Result<ComposedMail>> WriteAgainAsync(Guid subjectId, CancellationToken cancellationToken = default);
}

/// <summary>A mail as it goes to the outbox.</summary>
internal sealed record ComposedMail(string Subject, string Text, string Html, bool Attaches);

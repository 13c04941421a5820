using CallCenter.Core.Exports;
using CallCenter.Core.Mail;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Exports;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CallCenter.Infrastructure.Mail;

/// <summary>
/// Sends what is due of the entered tenant. Each attempt is taken by one statement before the server is asked, so that two nodes never send the
/// same mail at once, and one that dies leaves it due again after the pause.
/// </summary>
internal sealed class MailSender(
    IDbContextFactory<CallCenterDbContext> contexts, SmtpMailer mailer, ISecretProtector protector, ExportStore files, TenantNotices notices, ITenantContext tenant, IOptions<MailOptions> options, TimeProvider time)
{
    private const int Portion = 20;

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    public async Task<Result> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = Now;
        var due = await db.Set<OutboxMail>().AsNoTracking()
            .Where(mail => mail.State == MailState.Waiting && mail.NextAttemptUtc <= now)
            .OrderBy(mail => mail.NextAttemptUtc).ThenBy(mail => mail.Id)
            .Take(Portion)
            .ToListAsync(cancellationToken);
        if (due.Count == 0)
        {
            return Result.Success;
        }

        var connection = await db.Set<MailConnection>().AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var target = connection is null ? MailErrors.NotConfigured : protector.TargetOf(connection);
        foreach (var mail in due)
        {
            await SendAsync(db, mail, connection, target, cancellationToken);
        }

        var old = now - options.Value.KeepRowFor;
        await db.Set<OutboxMail>().Where(mail => mail.State != MailState.Waiting && mail.FinishedAtUtc < old).ExecuteDeleteAsync(cancellationToken);
        notices.Raise(NoticeTopic.Exports, tenant.TenantId);
        return Result.Success;
    }

    private async Task SendAsync(CallCenterDbContext db, OutboxMail mail, MailConnection? connection, Result<SmtpTarget> target, CancellationToken cancellationToken)
    {
        var attempt = mail.Attempts + 1;
        var next = Now + OutboxMail.PauseAfter(attempt);
        var taken = await db.Set<OutboxMail>()
            .Where(row => row.Id == mail.Id && row.State == MailState.Waiting && row.Attempts == mail.Attempts)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Attempts, attempt).SetProperty(row => row.NextAttemptUtc, next), cancellationToken);
        if (taken == 0)
        {
            return;
        }

        var outcome = target.Error is { } error || connection is null
            ? new MailOutcome(target.Error ?? MailErrors.NotConfigured, IsForGood: true, "")
            : await mailer.SendAsync(target.Value, await MessageAsync(db, mail, connection, cancellationToken), cancellationToken);
        var ended = outcome.Error is null || outcome.IsForGood || attempt >= OutboxMail.MaxAttempts;
        var failure = outcome.Error is null ? "" : ended && !outcome.IsForGood ? MailErrors.GivenUp.Code : outcome.Error.Code;
        var state = outcome.Error is null ? MailState.Sent : ended ? MailState.Failed : MailState.Waiting;
        DateTime? finished = ended ? Now : null;
        var (text, html) = ended ? ("", "") : (mail.Text, mail.Html);

        // The server has it, or has refused it: that is noted even when the portal ends at this moment.
        await db.Set<OutboxMail>()
            .Where(row => row.Id == mail.Id && row.Attempts == attempt)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, state)
                    .SetProperty(row => row.Failure, failure)
                    .SetProperty(row => row.Reply, outcome.Reply)
                    .SetProperty(row => row.FinishedAtUtc, finished)
                    .SetProperty(row => row.Text, text)
                    .SetProperty(row => row.Html, html),
                CancellationToken.None);
    }

    private async Task<MimeMessage> MessageAsync(CallCenterDbContext db, OutboxMail mail, MailConnection connection, CancellationToken cancellationToken) => new()
    {
        Id = mail.Id,
        FromAddress = connection.FromAddress,
        FromName = connection.FromName,
        To = mail.Recipient,
        Subject = mail.Subject,
        Language = mail.Language,
        DateUtc = mail.CreatedAtUtc,
        Text = mail.Text,
        Html = mail.Html,
        Attachment = mail.AttachmentId is { } id ? await AttachmentAsync(db, id, cancellationToken) : null,
    };

    // Null: expired or deleted meanwhile; the mail then goes without it, its link says the rest.
    private async Task<MailAttachment?> AttachmentAsync(CallCenterDbContext db, Guid exportId, CancellationToken cancellationToken)
    {
        var export = await db.Set<Export>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == exportId && e.State == ExportState.Done && e.FileKey != "", cancellationToken);
        if (export is null || export.SizeBytes > options.Value.AttachmentMaxBytes || files.Open(tenant.TenantId, export.FileKey) is not { Succeeded: true } found)
        {
            return null;
        }

        await found.Value.DisposeAsync();
        return new MailAttachment(
            ExportFiles.NameOf(export, tenant.Tenant), ExportFiles.TypeOf(export.Format), export.SizeBytes, () => files.Open(tenant.TenantId, export.FileKey) is { Succeeded: true } file ? file.Value : throw new IOException("The export is gone."));
    }
}

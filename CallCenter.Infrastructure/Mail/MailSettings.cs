using CallCenter.Core.Audit;
using CallCenter.Core.Exports;
using CallCenter.Core.Mail;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Mail;

internal sealed class MailSettings(
    MailCardStore card,
    MailRecipients recipients,
    SmtpMailer mailer,
    IMailWriter writer,
    ISecretProtector protector,
    IExportWords words,
    IDbContextFactory<CallCenterDbContext> contexts,
    IAuditTrail audit,
    ITenantContext tenant,
    ICaller caller,
    TimeProvider time) : IMailSettings
{
    private const int ListCount = 50;

    public async Task<Result<SettingsCard<MailForm>>> GetAsync(CancellationToken cancellationToken = default) =>
        caller.May(Permissions.Settings.View) ? await card.GetAsync(cancellationToken) : AccessErrors.Denied;

    public Task<CardSave<MailForm>> SaveAsync(MailForm form, int version, CancellationToken cancellationToken = default) => card.SaveAsync(form, version, cancellationToken);

    public Task<CardSave<MailForm>> RemoveAsync(int version, CancellationToken cancellationToken = default) => card.RemoveAsync(version, cancellationToken);

    public async Task<Result<MailTest>> TestAsync(string recipient, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Settings.Edit))
        {
            return AccessErrors.Denied;
        }

        recipient = recipient.Trim();
        if (!MailAddresses.IsAddress(recipient))
        {
            return MailErrors.AddressInvalid;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<MailConnection>().AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } connection)
        {
            return MailErrors.NotConfigured;
        }

        if ((await recipients.RefusedAsync([recipient], cancellationToken)).Count > 0)
        {
            return MailErrors.RecipientNotAllowed;
        }

        var target = protector.TargetOf(connection);
        if (target.Error is { } unreadable)
        {
            return unreadable;
        }

        var outcome = await mailer.SendAsync(target.Value, Message(connection, recipient), cancellationToken);
        audit.Append(db, new AuditNote(MailAuditActions.Tested, AuditSubjects.Settings, "mail", "mail") { After = new AuditValues { ["result"] = outcome.Error?.Code ?? "ok" } });
        await db.SaveChangesAsync(cancellationToken);
        return new MailTest(outcome.Error, outcome.Reply);
    }

    public async Task<Result> SendAgainAsync(Guid id, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Settings.Edit))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<OutboxMail>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.State == MailState.Failed, cancellationToken) is not { } mail)
        {
            return MailErrors.NotFound;
        }

        if ((await recipients.RefusedAsync([mail.Recipient], cancellationToken)).Count > 0)
        {
            return MailErrors.RecipientNotAllowed;
        }

        var written = await writer.WriteAgainAsync(mail.SubjectId, cancellationToken);
        if (written.Error is { } error)
        {
            return error;
        }

        // Of two who press at once, one sends. The Message-ID stays, so that a server which has it after all may tell.
        var (now, composed) = (time.GetUtcNow().UtcDateTime, written.Value);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var waiting = await db.Set<OutboxMail>()
            .Where(row => row.Id == id && row.State == MailState.Failed)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.State, MailState.Waiting)
                    .SetProperty(row => row.Attempts, 0)
                    .SetProperty(row => row.NextAttemptUtc, now)
                    .SetProperty(row => row.FinishedAtUtc, (DateTime?)null)
                    .SetProperty(row => row.Failure, "")
                    .SetProperty(row => row.Reply, "")
                    .SetProperty(row => row.Subject, composed.Subject)
                    .SetProperty(row => row.Text, composed.Text)
                    .SetProperty(row => row.Html, composed.Html),
                cancellationToken);
        if (waiting == 0)
        {
            return MailErrors.NotFound;
        }

        audit.Append(db, new AuditNote(MailAuditActions.SentAgain, AuditSubjects.Settings, "mail", "mail"));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }

    public async Task<Result<IReadOnlyList<MailRow>>> ListAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Settings.View))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<OutboxMail>()
            .OrderByDescending(mail => mail.CreatedAtUtc).ThenByDescending(mail => mail.Id)
            .Take(ListCount)
            .Select(mail => new MailRow(mail.Id, mail.Recipient, mail.Subject, mail.State, mail.Attempts, mail.NextAttemptUtc, mail.Failure, mail.Reply, mail.CreatedAtUtc, mail.FinishedAtUtc))
            .ToListAsync(cancellationToken);
    }

    private MimeMessage Message(MailConnection connection, string recipient)
    {
        var language = tenant.Tenant.Language == "ar" ? "ar" : "en";
        var text = words[language, "Mail.TestText"];
        return new MimeMessage
        {
            Id = Guid.CreateVersion7(),
            FromAddress = connection.FromAddress,
            FromName = connection.FromName,
            To = recipient,
            Subject = $"{words[language, "Mail.TestSubject"]} – {tenant.Tenant.Name}",
            Language = language,
            DateUtc = time.GetUtcNow().UtcDateTime,
            Text = text,
            Html = MailHtml.Page(language, text, [], null, null, null),
        };
    }
}

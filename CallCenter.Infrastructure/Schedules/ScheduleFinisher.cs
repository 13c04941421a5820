using CallCenter.Core.Exports;
using CallCenter.Core.Mail;
using CallCenter.Core.Primitives;
using CallCenter.Core.Schedules;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Mail;
using CallCenter.Infrastructure.Notices;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Schedules;

/// <summary>Ends runs whose export ended: the state of the run and its mails are written in one transaction, once.</summary>
internal sealed class ScheduleFinisher(IServiceScopeFactory scopes, TenantNotices notices, TimeProvider time)
{
    /// <summary>Ends what can be ended in the tenant of the context.</summary>
    public async Task RunAsync(CallCenterDbContext db, TenantInfo tenant, CancellationToken cancellationToken)
    {
        var making = await db.Set<ScheduleRun>().AsNoTracking().Where(r => r.State == ScheduleRunState.Making).OrderBy(r => r.CreatedAtUtc).ToListAsync(cancellationToken);
        foreach (var run in making)
        {
            var export = await db.Set<Export>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == run.ExportId, cancellationToken);
            if (export is { State: ExportState.Queued or ExportState.Running })
            {
                continue;
            }

            await EndAsync(db, tenant, run, export, cancellationToken);
            notices.Raise(NoticeTopic.Exports, tenant.Id);
        }
    }

    private async Task EndAsync(CallCenterDbContext db, TenantInfo tenant, ScheduleRun run, Export? export, CancellationToken cancellationToken)
    {
        var made = export?.State is ExportState.Done or ExportState.Expired;
        var written = made ? await WriteAsync(db, tenant, run, export!, cancellationToken) : null;
        var failure = !made ? export?.Failure is { Length: > 0 } code ? code : ExportErrors.Failed.Code : written?.Failure?.Code ?? "";
        var (state, now, refused) = (made ? ScheduleRunState.Done : ScheduleRunState.Failed, time.GetUtcNow().UtcDateTime, written?.Refused ?? 0);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var ended = await db.Set<ScheduleRun>()
            .Where(r => r.Id == run.Id && r.State == ScheduleRunState.Making)
            .ExecuteUpdateAsync(
                set => set.SetProperty(r => r.State, state)
                    .SetProperty(r => r.Failure, failure)
                    .SetProperty(r => r.Refused, refused)
                    .SetProperty(r => r.FinishedAtUtc, now),
                cancellationToken);
        if (ended == 0)
        {
            return;
        }

        db.AddRange(written?.Mails ?? []);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        db.ChangeTracker.Clear();
    }

    private async Task<Written?> WriteAsync(CallCenterDbContext db, TenantInfo tenant, ScheduleRun run, Export export, CancellationToken cancellationToken)
    {
        if (await db.Set<ReportSchedule>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == run.ScheduleId, cancellationToken) is not { Recipients.Length: > 0 } schedule)
        {
            return null;
        }

        if (!await db.Set<MailConnection>().AnyAsync(cancellationToken))
        {
            return new Written([], 0, MailErrors.NotConfigured);
        }

        // What the mail says is read with the owner's rights of this moment, like the file was.
        await using var owner = scopes.CreateAsyncScope();
        if (await ScheduleRights.EnterAsync(owner.ServiceProvider, tenant, export.OwnerId, export.OwnerName, cancellationToken) is { Error: { } denied })
        {
            return new Written([], 0, denied);
        }

        var addresses = MailAddresses.Split(schedule.Recipients);
        var refused = (await owner.ServiceProvider.GetRequiredService<MailRecipients>().RefusedAsync(addresses, cancellationToken)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var composed = await owner.ServiceProvider.GetRequiredService<ScheduleMail>().ComposeAsync(schedule, export, cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        List<OutboxMail> mails =
        [
            .. addresses.Where(address => !refused.Contains(address)).Select(address => new OutboxMail
            {
                SubjectId = run.Id,
                Recipient = address,
                Subject = composed.Subject,
                Language = schedule.Language,
                Text = composed.Text,
                Html = composed.Html,
                AttachmentId = composed.Attaches ? export.Id : null,
                NextAttemptUtc = now,
                CreatedAtUtc = now,
            }),
        ];
        return new Written(mails, refused.Count, null);
    }

    private sealed record Written(List<OutboxMail> Mails, int Refused, Error? Failure);
}

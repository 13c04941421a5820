using CallCenter.Core.Exports;
using CallCenter.Core.Mail;
using CallCenter.Core.Primitives;
using CallCenter.Core.Schedules;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Mail;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Infrastructure.Schedules;

/// <summary>Mails about runs of schedules, with the rights that the owner of the report has at this moment.</summary>
internal sealed class ScheduleMailWriter(IServiceScopeFactory scopes, IDbContextFactory<CallCenterDbContext> contexts, ITenantContext tenant) : IMailWriter
{
    public async Task<Result<ComposedMail>> WriteAgainAsync(Guid subjectId, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<ScheduleRun>().AsNoTracking().SingleOrDefaultAsync(run => run.Id == subjectId, cancellationToken) is not { } run
            || await db.Set<ReportSchedule>().AsNoTracking().SingleOrDefaultAsync(schedule => schedule.Id == run.ScheduleId, cancellationToken) is not { } schedule
            || await db.Set<Export>().AsNoTracking().SingleOrDefaultAsync(export => export.Id == run.ExportId && export.State == ExportState.Done, cancellationToken) is not { } export)
        {
            return MailErrors.NothingToSend;
        }

        await using var owner = scopes.CreateAsyncScope();
        if (await ScheduleRights.EnterAsync(owner.ServiceProvider, tenant.Tenant, export.OwnerId, export.OwnerName, cancellationToken) is { Error: { } denied })
        {
            return denied;
        }

        return await owner.ServiceProvider.GetRequiredService<ScheduleMail>().ComposeAsync(schedule, export, cancellationToken);
    }
}

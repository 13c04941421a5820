using CallCenter.Core.Audit;
using CallCenter.Core.Figures;
using CallCenter.Core.Groups;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Figures;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Groups;

internal sealed class GroupService(
    IDbContextFactory<CallCenterDbContext> contexts, ICaller caller, ITenantContext tenant, IAuditTrail audit, FigureReader figures, TimeProvider clock) : IGroups
{
    private const int PreviewDays = 7;

    public async Task<Result<IReadOnlyList<PbxGroup>>> ListAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Settings.View))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Set<PbxGroup>().AsNoTracking().OrderBy(group => group.Kind).ThenBy(group => group.Number.Length).ThenBy(group => group.Number)
            .ToListAsync(cancellationToken);
    }

    public async Task<Result> SaveAsync(Guid id, GroupForm form, int version, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Settings.Edit))
        {
            return AccessErrors.Denied;
        }

        if (form.Check() is { } wrong)
        {
            return wrong;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<PbxGroup>().SingleOrDefaultAsync(group => group.Id == id, cancellationToken) is not { } group)
        {
            return GroupErrors.NotFound;
        }

        if (group.Version != version)
        {
            return GroupErrors.Changed;
        }

        var before = GroupForm.Of(group);
        if (before == form)
        {
            return Result.Success;
        }

        (group.TargetSeconds, group.TargetPercent, group.Rule) = (form.TargetSeconds, form.TargetPercent, form.Rule);
        (group.ShortAbandonSeconds, group.RecordingDays) = (form.ShortAbandonSeconds, form.RecordingDays);
        audit.Append(db, new AuditNote(GroupAuditActions.Changed, AuditSubjects.Group, id.ToString(), $"{group.Number} {group.Name}".Trim())
        {
            Before = Values(before),
            After = Values(form),
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return Result.Success;
        }
        catch (DbUpdateConcurrencyException)
        {
            return GroupErrors.Changed;
        }
    }

    public async Task<Result<GroupPreview>> PreviewAsync(Guid id, GroupForm form, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Settings.View))
        {
            return AccessErrors.Denied;
        }

        if (form.Check() is { } wrong)
        {
            return wrong;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Set<PbxGroup>().AsNoTracking().SingleOrDefaultAsync(group => group.Id == id, cancellationToken) is not { } group)
        {
            return GroupErrors.NotFound;
        }

        var today = LocalDay.Of(clock.GetUtcNow().UtcDateTime, TimeZoneInfo.FindSystemTimeZoneById(tenant.Tenant.TimeZoneId));
        var query = new FigureQuery(today.AddDays(-PreviewDays), today.AddDays(-1))
        {
            Queue = group.Kind == PbxGroupKind.Queue ? group.Number : null,
            RingGroup = group.Kind == PbxGroupKind.RingGroup ? group.Number : null,
        };
        var now = await SumAsync(null);
        var then = await SumAsync(targets => targets.With(group, form.Target));
        return (now.Error ?? then.Error) is { } failed ? failed : new GroupPreview(now.Value, then.Value);

        async Task<Result<CallFigures>> SumAsync(Func<FigureTargets, FigureTargets>? change)
        {
            var found = await figures.FindAsync(db, query, byQuarter: false, byTime: false, null, cancellationToken, change);
            return found.Error is { } error ? error : found.Value.Cells.Aggregate(CallFigures.None, (sum, cell) => sum + cell.Figures);
        }
    }

    private static AuditValues Values(GroupForm form) => new()
    {
        ["targetSeconds"] = form.TargetSeconds,
        ["targetPercent"] = form.TargetPercent,
        ["serviceLevelRule"] = form.Rule,
        ["shortAbandonSeconds"] = form.ShortAbandonSeconds,
        ["recordingDays"] = form.RecordingDays,
    };
}

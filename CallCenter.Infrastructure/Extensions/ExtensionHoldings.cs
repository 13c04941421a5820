using CallCenter.Core.Audit;
using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Identity;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CallCenter.Infrastructure.Extensions;

internal sealed class ExtensionHoldings(
    IDbContextFactory<CallCenterDbContext> contexts, IAuditTrail audit, ICaller caller, ITenantContext tenant) : IExtensionHoldings
{
    public async Task<Result<IReadOnlyList<ExtensionHoldingRow>>> ListAsync(string extension, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Extensions.Edit))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await (
            from holding in db.Set<ExtensionHolding>()
            join user in db.Set<AppUser>() on holding.UserId equals user.Id
            where holding.Extension == extension
            orderby holding.FromUtc descending, holding.Id descending
            select new ExtensionHoldingRow(holding.Id, holding.UserId, user.DisplayName, holding.FromUtc, holding.UntilUtc)).ToListAsync(cancellationToken);
    }

    public async Task<Result> SetFromAsync(Guid id, DateTime fromUtc, CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Extensions.Edit))
        {
            return AccessErrors.Denied;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await AuditWriter.LockAsync(db, tenant.TenantId, cancellationToken);
        if (await db.Set<ExtensionHolding>().SingleOrDefaultAsync(holding => holding.Id == id, cancellationToken) is not { } holding)
        {
            return ExtensionErrors.NotFound;
        }

        var others = await db.Set<ExtensionHolding>().AsNoTracking()
            .Where(other => other.PbxId == holding.PbxId && other.Extension == holding.Extension && other.Id != id).ToListAsync(cancellationToken);
        if (fromUtc > holding.UntilUtc
            || others.Any(other => other.FromUtc < (holding.UntilUtc ?? DateTime.MaxValue) && (other.UntilUtc ?? DateTime.MaxValue) > fromUtc))
        {
            return ExtensionErrors.HoldingOverlaps;
        }

        var before = holding.FromUtc;
        holding.FromUtc = fromUtc;
        audit.Append(db, new AuditNote(ExtensionAuditActions.HoldingSet, AuditSubjects.Extension, holding.Id.ToString("D"), holding.Extension)
        {
            Before = new AuditValues { ["heldFrom"] = before },
            After = new AuditValues { ["heldFrom"] = fromUtc },
        });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return Result.Success;
    }
}

internal sealed class ExtensionHoldingConfiguration : IEntityTypeConfiguration<ExtensionHolding>
{
    public void Configure(EntityTypeBuilder<ExtensionHolding> builder)
    {
        builder.ToTable("ExtensionHoldings");
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.Property(h => h.Extension).HasMaxLength(Extension.NumberMaxLength);

        // What a person had; and who had an extension.
        builder.HasIndex(h => new { h.TenantId, h.UserId });
        builder.HasIndex(h => new { h.TenantId, h.Extension, h.FromUtc });
    }
}

using CallCenter.Core.Audit;
using CallCenter.Core.Devices;
using CallCenter.Core.Primitives;
using CallCenter.Core.Settings;
using CallCenter.Core.Telephony.Gdms;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Audit;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Devices;

/// <summary>Changes name and site of a device and reads them back: only what GDMS then shows counts.</summary>
internal sealed class DeviceEditor(
    IDbContextFactory<CallCenterDbContext> contexts, DeviceCache cache, IGdmsActs gdms, IGdmsDirectory directory, IAuditTrail audit, ITenantContext tenant)
{
    public async Task<Result> EditAsync(DeviceEdit edit, GdmsEndpoint endpoint, CancellationToken cancellationToken)
    {
        var name = edit.Name.Trim();
        if (name.Length is 0 or > NewDevice.NameMaxLength || name.Any(char.IsControl))
        {
            return DeviceErrors.NameFormat;
        }

        if (MacText.Normalize(edit.Mac) is not { } mac)
        {
            return DeviceErrors.NotFound;
        }

        // From the organisation's list: a MAC address alone would reach devices of the account's other organisations.
        var before = await directory.FindDeviceAsync(endpoint.Account, endpoint.OrganizationId, mac, cancellationToken);
        if (before.Error is { } unread)
        {
            return unread == GdmsErrors.DeviceNotFound ? DeviceErrors.NotFound : unread;
        }

        if (before.Value.Name != edit.NameBefore || before.Value.SiteId != edit.SiteIdBefore)
        {
            cache.Refresh(tenant.TenantId, endpoint);
            return DeviceErrors.Conflict;
        }

        var sites = cache.View(tenant.TenantId, endpoint).Snapshot;
        if (edit.SiteId is { } site && site != before.Value.SiteId
            && sites is not null && !sites.Sites.Any(s => s.Id == site) && !sites.Devices.Values.Any(device => device.SiteId == site))
        {
            return DeviceErrors.SiteUnknown;
        }

        var written = await gdms.EditDeviceAsync(endpoint.Account, mac, name, edit.SiteId, CancellationToken.None);
        if (written.Fate == GdmsFate.Refused)
        {
            return written.Error ?? GdmsErrors.Declined;
        }

        var after = await directory.FindDeviceAsync(endpoint.Account, endpoint.OrganizationId, mac, CancellationToken.None);
        cache.Refresh(tenant.TenantId, endpoint);
        var shown = after.Succeeded ? after.Value : null;
        await NoteAsync(before.Value, shown, name);
        return shown switch
        {
            null => DeviceErrors.InDoubt,
            _ when shown.Name == name && (edit.SiteId is null || shown.SiteId == edit.SiteId) => Result.Success,
            _ => written.Fate == GdmsFate.InDoubt ? DeviceErrors.InDoubt : DeviceErrors.NotTaken,
        };
    }

    private async Task NoteAsync(GdmsDevice before, GdmsDevice? after, string asked)
    {
        await using var db = await contexts.CreateDbContextAsync(CancellationToken.None);
        audit.Append(db, new AuditNote(DeviceAuditActions.Edited, AuditSubjects.Device, before.Mac, asked)
        {
            Before = ValuesOf(before),
            After = after is null ? new AuditValues { ["inDoubt"] = true } : ValuesOf(after),
        });
        await db.SaveChangesAsync(CancellationToken.None);
    }

    private static AuditValues ValuesOf(GdmsDevice device) => new() { ["name"] = device.Name, ["site"] = device.SiteName };
}

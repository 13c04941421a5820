using CallCenter.Core.Devices;
using CallCenter.Core.Extensions;
using CallCenter.Core.Settings;
using CallCenter.Infrastructure.Identity;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Devices;

/// <summary>From SIP accounts to the extensions of the tenant's PBX, by number: GDMS does not say which PBX an account is for.</summary>
internal sealed class DeviceLinks(IDbContextFactory<CallCenterDbContext> contexts)
{
    // More parameters than a statement may have are asked for in parts.
    private const int NumbersPerQuery = 1_000;

    public async Task<IReadOnlyDictionary<string, DeviceExtension>> FindAsync(IEnumerable<string> numbers, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, DeviceExtension>(StringComparer.Ordinal);
        var wanted = numbers.Where(number => number.Length <= Extension.NumberMaxLength).Distinct(StringComparer.Ordinal);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (var part in wanted.Chunk(NumbersPerQuery))
        {
            var rows = await (
                from extension in db.Set<Extension>()
                join pbx in db.Set<PbxConnection>() on extension.PbxId equals pbx.Id
                where part.Contains(extension.Number)
                join presence in db.Set<ExtensionPresence>() on extension.Id equals presence.ExtensionId into presences
                from presence in presences.DefaultIfEmpty()
                join user in db.Set<AppUser>() on extension.UserId equals (Guid?)user.Id into users
                from user in users.DefaultIfEmpty()
                select new
                {
                    extension.Id,
                    extension.Number,
                    extension.Wanted.Name,
                    UserName = (string?)user.DisplayName,
                    Status = (LineStatus?)presence.Status,
                    presence.SinceUtc,
                }).ToListAsync(cancellationToken);
            foreach (var row in rows)
            {
                found[row.Number] = new DeviceExtension(row.Id, row.Number, row.Name, row.UserName, row.Status ?? LineStatus.Unknown, row.SinceUtc);
            }
        }

        return found;
    }
}

using CallCenter.Core.Calls;
using CallCenter.Core.Extensions;
using CallCenter.Core.Groups;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Identity;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Calls.Views;

internal sealed class CallChoicesReader(IDbContextFactory<CallCenterDbContext> contexts, ICaller caller, ICallReaches reaches) : ICallChoices
{
    public async Task<Result<CallChoices>> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (!caller.May(Permissions.Calls.View))
        {
            return AccessErrors.Denied;
        }

        var reach = await reaches.ReadAsync(cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var groups = await db.Set<PbxGroup>().Where(group => group.Kind != PbxGroupKind.Ivr)
            .Select(group => new { group.Kind, group.Number, group.Name }).ToListAsync(cancellationToken);
        var extensions = await (
            from extension in db.Set<Extension>()
            join u in db.Set<AppUser>() on extension.UserId equals (Guid?)u.Id into users
            from user in users.DefaultIfEmpty()
            select new { extension.Number, extension.Wanted.Name, UserName = (string?)user.DisplayName }).ToListAsync(cancellationToken);
        var mine = reach.Extensions.Concat(reach.Held.Select(held => held.Extension)).ToHashSet(StringComparer.Ordinal);
        return new CallChoices(
            Named(groups.Where(group => group.Kind == PbxGroupKind.Queue).Select(group => (group.Number, group.Name))),
            Named(groups.Where(group => group.Kind == PbxGroupKind.RingGroup).Select(group => (group.Number, group.Name))),
            Named(extensions.Where(extension => reach.All || mine.Contains(extension.Number))
                .Select(extension => (extension.Number, extension.UserName is { Length: > 0 } person ? person : extension.Name))));
    }

    // Two PBXs may have the same number; the named one says more.
    private static List<NumberName> Named(IEnumerable<(string Number, string Name)> numbers) =>
    [
        .. numbers.GroupBy(known => known.Number, known => known.Name, StringComparer.Ordinal)
            .Select(known => new NumberName(known.Key, known.FirstOrDefault(name => name.Length > 0) ?? ""))
            .OrderBy(known => known.Number.Length).ThenBy(known => known.Number, StringComparer.Ordinal),
    ];
}

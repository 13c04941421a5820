using CallCenter.Core.Mail;
using CallCenter.Core.Tenancy;
using CallCenter.Infrastructure.Identity;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Infrastructure.Mail;

/// <summary>Who may get mail of the entered tenant: its active people, and whom its settings allow.</summary>
internal sealed class MailRecipients(IDbContextFactory<CallCenterDbContext> contexts)
{
    /// <summary>Addresses that may not.</summary>
    public async Task<IReadOnlyList<string>> RefusedAsync(IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        if (addresses.Count == 0)
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var rules = await db.Set<MailConnection>().Select(mail => mail.AllowedRecipients).SingleOrDefaultAsync(cancellationToken) ?? "";
        var people = await (from membership in db.Set<Membership>()
                            join user in db.Set<AppUser>() on membership.UserId equals user.Id
                            where membership.DisabledAtUtc == null && user.DisabledAtUtc == null && user.Email != null
                            select user.Email!).ToListAsync(cancellationToken);
        var own = people.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. addresses.Where(address => !MailAddresses.IsAddress(address) || (!own.Contains(address) && !MailAddresses.Covers(rules, address)))];
    }
}

using CallCenter.Core.Extensions;
using CallCenter.Core.Primitives;
using CallCenter.Core.Security;
using CallCenter.Core.Settings;
using CallCenter.Infrastructure.Extensions;
using CallCenter.Infrastructure.Identity;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.EndToEnd;

/// <summary>Extensions of the simulated PBX, with the secrets that it really has, in the hands of people.</summary>
internal static class PhoneOwners
{
    /// <summary>Gives people the PBX's extensions from the second on; the first is <see cref="OwnPhone"/>'s.</summary>
    /// <returns>Their numbers.</returns>
    public static async Task<IReadOnlyList<string>> GiveAsync(RunningPortal portal, string slug, params string[] mailboxes)
    {
        var accounts = portal.Peers.Pbxs[slug].Accounts;
        var numbers = accounts.Configured.Skip(1).Take(mailboxes.Length).Select(account => account.Extension).ToList();
        for (var i = 0; i < mailboxes.Length; i++)
        {
            var (number, email) = (numbers[i], $"{mailboxes[i]}@{slug}.example");
            for (var tries = 1; ; tries++)
            {
                try
                {
                    await portal.WorkAsync(slug, services => AssignAsync(services, number, email, accounts.Running[number].Secret));
                    break;
                }
                catch (DbUpdateException) when (tries < 5)
                {
                    // The portal's own job saw the extension in this very moment.
                }
            }
        }

        return numbers;
    }

    /// <summary>Another secret than the PBX's: as after a change that nobody told the portal of.</summary>
    public static Task SpoilSecretAsync(RunningPortal portal, string slug, string number) => portal.WorkAsync(slug, async services =>
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<CallCenterDbContext>>().CreateDbContextAsync();
        var extension = await db.Set<Extension>().SingleAsync(e => e.Number == number);
        extension.TakeSecretsFromPbx(services.GetRequiredService<ISecretProtector>().Protect(new Secret("Not-The-Pbxs#1"), ExtensionSecrets.Sip(extension.TenantId)), null, TimeProvider.System.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
    });

    private static async Task AssignAsync(IServiceProvider services, string number, string email, string plain)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<CallCenterDbContext>>().CreateDbContextAsync();
        var userId = await db.Set<AppUser>().Where(u => u.Email == email).Select(u => u.Id).SingleAsync();
        var pbx = await db.Set<PbxConnection>().SingleAsync();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var extension = await db.Set<Extension>().SingleOrDefaultAsync(e => e.Number == number);
        if (extension is null)
        {
            extension = Extension.Find(pbx.Id, number, new ExtensionProfile { Name = email.Split('@')[0] }, now);
            db.Add(extension);
        }

        var secret = services.GetRequiredService<ISecretProtector>().Protect(new Secret(plain), ExtensionSecrets.Sip(pbx.TenantId));
        if (extension.State == ExtensionState.Found)
        {
            extension.Adopt(extension.Seen ?? extension.Wanted, secret, null, "test", now);
        }
        else
        {
            extension.TakeSecretsFromPbx(secret, null, now);
        }

        extension.Assign(userId);
        await db.SaveChangesAsync();
    }
}

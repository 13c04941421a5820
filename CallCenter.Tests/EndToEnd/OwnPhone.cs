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

/// <summary>An extension of the simulated PBX in the hands of a tenant's agent.</summary>
internal static class OwnPhone
{
    public const string SipSecret = "Sip-Secret#77";

    /// <summary>Gives the agent the PBX's first extension, adopted where it is not yet, unless the agent has one already.</summary>
    /// <returns>The agent's number.</returns>
    public static async Task<string> EnsureAsync(RunningPortal portal, string slug)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await AssignAsync(portal, slug);
            }
            catch (DbUpdateException) when (tries < 5)
            {
                // The portal's own job found or saw the extension in this very moment.
            }
        }
    }

    private static async Task<string> AssignAsync(RunningPortal portal, string slug)
    {
        var accounts = portal.Peers.Pbxs[slug].Accounts;
        var number = accounts.Configured[0].Extension;
        await portal.WorkAsync(slug, async services =>
        {
            await using var db = await services.GetRequiredService<IDbContextFactory<CallCenterDbContext>>().CreateDbContextAsync();
            var email = $"agent@{slug}.example";
            var userId = await db.Set<AppUser>().Where(u => u.Email == email).Select(u => u.Id).SingleAsync();
            if (await db.Set<Extension>().SingleOrDefaultAsync(e => e.UserId == userId) is { } there)
            {
                number = there.Number;
                return;
            }

            var pbx = await db.Set<PbxConnection>().SingleAsync();
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            var extension = await db.Set<Extension>().SingleOrDefaultAsync(e => e.Number == number);
            if (extension is null)
            {
                extension = Extension.Find(pbx.Id, number, new ExtensionProfile { Name = slug == "riyadh" ? "هند الزهراني" : "Aoife Brennan" }, now);
                db.Add(extension);
                db.Add(new ExtensionPresence
                {
                    ExtensionId = extension.Id,
                    Status = LineStatus.Idle,
                    Address = "192.0.2.10:5060",
                    Model = "GXP1625",
                    SinceUtc = now.AddHours(-2),
                    LastRegisteredAtUtc = now,
                    ReadAtUtc = now,
                });
                db.Add(new RegistrationSpan { ExtensionId = extension.Id, FromUtc = now.AddHours(-2), SeenUntilUtc = now, Address = "192.0.2.10:5060", Model = "GXP1625" });
            }

            var secret = services.GetRequiredService<ISecretProtector>().Protect(new Secret(SipSecret), ExtensionSecrets.Sip(pbx.TenantId));
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

            // The PBX has the same secret, so that a phone with it is let in.
            accounts.ChangeInWebUi(number, new KeyValuePair<string, string>("secret", SipSecret));
        });
        return number;
    }
}

using CallCenter.Core.Identity;
using CallCenter.Core.Primitives;
using CallCenter.Core.Tenancy;
using CallCenter.Demo.Portal;
using CallCenter.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CallCenter.Demo.Seeding;

/// <summary>
/// Fills a migrated database through the portal's own services, as people would on its pages: every rule holds, and the audit
/// log tells the story. Runs before the portal starts.
/// </summary>
public sealed class DemoSeed(PortalSettings settings, string password)
{
    /// <summary>Makes the tenants and everybody of <see cref="DemoPlan"/>. For an empty database only.</summary>
    /// <exception cref="DemoException">A service refused; the message holds its error code.</exception>
    public async Task CreateAsync(CancellationToken cancellationToken = default)
    {
        await using var services = BuildServices();
        var administrator = DemoPlan.People.Single(person => person.IsPlatformAdministrator);
        var administratorId = await CreateAdministratorAsync(services, administrator, cancellationToken);
        var known = new HashSet<string>(StringComparer.Ordinal) { administrator.Email };
        foreach (var tenant in DemoPlan.Tenants)
        {
            var members = DemoPlan.People.Where(person => person.Roles.ContainsKey(tenant.Slug)).ToList();
            var owner = members.First(person => person.Roles[tenant.Slug] == TenantRole.Owner);
            var created = await CreateTenantAsync(services, administratorId, administrator.Name, tenant, owner, cancellationToken);
            var ownerId = await ReplacePasswordAsync(services, owner.Email, created.OneTimePassword!, cancellationToken);
            known.Add(owner.Email);
            foreach (var member in members.Where(member => member != owner))
            {
                await AddPersonAsync(services, ownerId, owner.Name, created.Info, member, isNew: known.Add(member.Email), cancellationToken);
            }

            await using var scope = services.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
            context.SignIn(ownerId, owner.Name, isPlatformAdministrator: false, remoteAddress: null);
            context.EnterTenant(created.Info, TenantRole.Owner);
            await new DemoClients(scope.ServiceProvider).FillAsync(tenant, cancellationToken);
            await new DemoSchedules(scope.ServiceProvider).AddAsync(tenant, owner, cancellationToken);
        }
    }

    /// <summary>Points every tenant's settings to its simulated peers, where they do not already.</summary>
    /// <exception cref="DemoException">A service refused; the message holds its error code.</exception>
    public async Task ConnectAsync(IReadOnlyList<Peers.DemoConnection> connections, CancellationToken cancellationToken = default)
    {
        await using var services = BuildServices();
        IReadOnlyList<TenantInfo> tenants;
        await using (var scope = services.CreateAsyncScope())
        {
            tenants = await scope.ServiceProvider.GetRequiredService<ITenantDirectory>().ListActiveAsync(cancellationToken);
        }

        foreach (var connection in connections)
        {
            // An administrator may have renamed or suspended the tenant since; that is theirs to keep.
            if (tenants.FirstOrDefault(tenant => tenant.Slug == connection.Tenant.Slug) is not { } info)
            {
                continue;
            }

            await using var scope = services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(info, "demo");
            await new DemoSettings(scope.ServiceProvider).PointToAsync(connection, cancellationToken);
        }
    }

    /// <summary>
    /// Takes most of each PBX's extensions under management and gives the agent one. The rest stay as found on the PBX; does
    /// nothing where extensions are managed already. Needs the peers to answer.
    /// </summary>
    /// <exception cref="DemoException">A service refused; the message holds its error code.</exception>
    public async Task AdoptExtensionsAsync(CancellationToken cancellationToken = default)
    {
        await using var services = BuildServices();
        await using var scope = services.CreateAsyncScope();
        foreach (var info in await scope.ServiceProvider.GetRequiredService<ITenantDirectory>().ListActiveAsync(cancellationToken))
        {
            if (DemoPlan.Tenants.All(tenant => tenant.Slug != info.Slug))
            {
                continue;
            }

            await using var inside = services.CreateAsyncScope();
            inside.ServiceProvider.GetRequiredService<ScopeContext>().EnterAsSystem(info, "demo");
            await new DemoExtensions(inside.ServiceProvider).AdoptAsync(cancellationToken);
        }
    }

    internal static void Check(Error? error, string what)
    {
        if (error is not null)
        {
            throw new DemoException($"The demo could not {what}: {error.Code} {error.Field} ({error.Message})");
        }
    }

    private static T Check<T>(Result<T> result, string what)
    {
        Check(result.Error, what);
        return result.Value;
    }

    private static PersonForm Form(DemoPerson person, TenantRole role) =>
        new() { UserName = person.Email, DisplayName = person.Name, Email = person.Email, Role = role };

    private async Task<Guid> CreateAdministratorAsync(ServiceProvider services, DemoPerson person, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var created = Check(
            await scope.ServiceProvider.GetRequiredService<IAdministratorSetup>().CreateAsync(Form(person, TenantRole.Owner), cancellationToken),
            "create the platform administrator");
        return await ReplacePasswordAsync(services, person.Email, created.OneTimePassword, cancellationToken);
    }

    private static async Task<NewTenant> CreateTenantAsync(
        ServiceProvider services, Guid administratorId, string administrator, DemoTenant tenant, DemoPerson owner, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ScopeContext>().SignIn(administratorId, administrator, isPlatformAdministrator: true, remoteAddress: null);
        var form = new TenantForm
        {
            Slug = tenant.Slug,
            Name = tenant.Name,
            TimeZoneId = tenant.TimeZoneId,
            CountryCode = tenant.CountryCode,
            Language = tenant.Language,
        };
        return Check(
            await scope.ServiceProvider.GetRequiredService<ITenantAdministration>().CreateAsync(form, Form(owner, TenantRole.Owner), cancellationToken),
            $"create the tenant {tenant.Slug}");
    }

    private async Task AddPersonAsync(
        ServiceProvider services, Guid ownerId, string owner, TenantInfo tenant, DemoPerson person, bool isNew, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ScopeContext>();
        context.SignIn(ownerId, owner, isPlatformAdministrator: false, remoteAddress: null);
        context.EnterTenant(tenant, TenantRole.Owner);
        var people = scope.ServiceProvider.GetRequiredService<ITenantPeople>();
        var role = person.Roles[tenant.Slug];
        if (!isNew)
        {
            Check((await people.AddExistingAsync(person.Email, role, cancellationToken)).Error, $"add {person.Email} to {tenant.Slug}");
            return;
        }

        var created = Check(await people.CreateAsync(Form(person, role), cancellationToken), $"create {person.Email}");
        await ReplacePasswordAsync(services, person.Email, created.OneTimePassword, cancellationToken);
    }

    /// <summary>Signs in with the one-time password and replaces it, as everybody must.</summary>
    private async Task<Guid> ReplacePasswordAsync(ServiceProvider services, string email, Secret oneTimePassword, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var step = Check(
            await scope.ServiceProvider.GetRequiredService<ISignIn>().WithPasswordAsync(email, oneTimePassword, remoteAddress: null, cancellationToken: cancellationToken),
            $"sign in as {email}");
        scope.ServiceProvider.GetRequiredService<ScopeContext>().SignIn(step.User.Id, step.User.DisplayName, isPlatformAdministrator: false, remoteAddress: null);
        Check(
            (await scope.ServiceProvider.GetRequiredService<IMyAccount>().ChangePasswordAsync(oneTimePassword, new Secret(password), cancellationToken)).Error,
            $"set the password of {email}");
        return step.User.Id;
    }

    private ServiceProvider BuildServices()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings.Configuration).Build());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddCallCenterInfrastructure();
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
    }
}

using CallCenter.Core.Identity;
using CallCenter.Infrastructure.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CallCenter.Infrastructure.Identity;

public static class IdentityServiceCollectionExtensions
{
    /// <summary>Accounts, sign-in and people of tenants, on ASP.NET Core Identity.</summary>
    public static IServiceCollection AddCallCenterIdentity(this IServiceCollection services)
    {
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);

        // Stateless, and wanted by singletons; Identity would register it per scope.
        services.TryAddSingleton<IPasswordHasher<AppUser>, PasswordHasher<AppUser>>();
        services.TryAddScoped<IUserStore<AppUser>, AppUserStore>();
        services.AddIdentityCore<AppUser>(options =>
        {
            options.User.RequireUniqueEmail = true;
            options.Password.RequiredLength = PasswordRules.MinLength;
            options.Password.RequiredUniqueChars = PasswordRules.MinDistinct;
            options.Password.RequireDigit = false;
            options.Password.RequireLowercase = false;
            options.Password.RequireUppercase = false;
            options.Password.RequireNonAlphanumeric = false;
            options.Stores.ProtectPersonalData = false;
        });
        services.TryAddEnumerable(ServiceDescriptor.Scoped<IPasswordValidator<AppUser>, PasswordRulesValidator>());

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IGlobalStoredSecrets, StoredUserTokens>());
        services.TryAddSingleton<DecoyPassword>();
        services.TryAddSingleton<SignInLimiter>();
        services.TryAddScoped<UserManagers>();
        services.TryAddScoped<AccountAttempts>();
        services.TryAddScoped<OwnPassword>();
        services.TryAddScoped<NewAccounts>();
        services.TryAddScoped<ISignIn, SignInService>();
        services.TryAddScoped<IMyAccount, MyAccount>();
        services.TryAddScoped<ISessionCheck, SessionCheck>();
        services.TryAddScoped<ITenantPeople, TenantPeople>();
        services.TryAddScoped<IAdministratorSetup, AdministratorSetup>();
        return services;
    }
}

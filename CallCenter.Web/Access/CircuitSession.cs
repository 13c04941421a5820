using CallCenter.Core.Identity;
using CallCenter.Core.Tenancy;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace CallCenter.Web.Access;

/// <summary>
/// Ends a circuit whose user was disabled, whose password changed or whose place in the tenant closed, within a minute, and
/// lets a changed role take effect. The page then asks the server again, over HTTP, what it may still show.
/// </summary>
internal sealed class CircuitSession(ILoggerFactory loggers, IServiceScopeFactory scopes, ScopeContext circuit)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(20);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (SessionPrincipal.UserIdOf(authenticationState.User) is not { } userId)
        {
            return false;
        }

        await using var scope = scopes.CreateAsyncScope();
        var sessions = scope.ServiceProvider.GetRequiredService<ISessionCheck>();
        if (await sessions.CheckAsync(userId, SessionPrincipal.StampOf(authenticationState.User), cancellationToken) is not { } user)
        {
            circuit.Revoke();
            return false;
        }

        circuit.SignIn(user.Id, user.DisplayName, user.IsPlatformAdministrator, circuit.RemoteAddress);
        if (circuit.HasTenant)
        {
            if (await sessions.GetRoleAsync(userId, circuit.TenantId, cancellationToken) is not { } role)
            {
                circuit.Revoke();
                return false;
            }

            circuit.EnterTenant(circuit.Tenant, role);
        }

        return true;
    }
}

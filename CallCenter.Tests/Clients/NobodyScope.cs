using CallCenter.Core.Clients;
using CallCenter.Core.Tenancy;
using CallCenter.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Tests.Clients;

/// <summary>Somebody signed in without a place in any tenant.</summary>
internal sealed class NobodyScope : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly AsyncServiceScope _scope;

    public NobodyScope(BookHost host)
    {
        _services = host.Database.CreateServices(settings: TestKeys.Settings);
        _scope = _services.CreateAsyncScope();
        _scope.ServiceProvider.GetRequiredService<ScopeContext>().SignIn(Guid.NewGuid(), "someone", false, null);
    }

    public IClients Book => _scope.ServiceProvider.GetRequiredService<IClients>();

    public IClientTransfer Transfer => _scope.ServiceProvider.GetRequiredService<IClientTransfer>();

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _services.DisposeAsync();
    }
}

using CallCenter.Core.Extensions;
using CallCenter.Core.Identity;
using CallCenter.Core.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace CallCenter.Demo.Seeding;

/// <summary>The extensions of the entered tenant, as the demo wants them.</summary>
internal sealed class DemoExtensions(IServiceProvider scope)
{
    /// <summary>Left as found, so that there is something to adopt.</summary>
    private const int Left = 3;

    private readonly IExtensions _extensions = scope.GetRequiredService<IExtensions>();
    private readonly IExtensionComparison _comparison = scope.GetRequiredService<IExtensionComparison>();

    public async Task AdoptAsync(CancellationToken cancellationToken)
    {
        if (await FirstAsync(ExtensionState.Active, cancellationToken) is not null)
        {
            return;
        }

        DemoSeed.Check((await _comparison.CompareAsync(progress: null, cancellationToken)).Error, "read the PBX's extensions");
        var view = await _comparison.GetAsync(cancellationToken);
        DemoSeed.Check(view.Error, "read what the PBX has");
        var found = view.Value.Found;
        var adopted = await _comparison.AdoptAsync([.. found.Take(found.Count - Left).Select(row => row.Id)], cancellationToken);
        DemoSeed.Check(adopted.Error, "adopt the PBX's extensions");
        await AssignAsync(cancellationToken);
    }

    /// <summary>The first one to the tenant's agent, whose name it carries, the second to the supervisor: phones in pages can call each other.</summary>
    private async Task AssignAsync(CancellationToken cancellationToken)
    {
        var people = await scope.GetRequiredService<ITenantPeople>().ListAsync(cancellationToken);
        DemoSeed.Check(people.Error, "read the people");
        var page = await _extensions.ListAsync(new ExtensionQuery { State = ExtensionState.Active }, cancellationToken);
        DemoSeed.Check(page.Error, "list the extensions");
        TenantRole[] roles = [TenantRole.Agent, TenantRole.Supervisor];
        foreach (var (role, extension) in roles.Zip(page.Value.Rows))
        {
            if (people.Value.FirstOrDefault(person => person.Role == role) is { } person)
            {
                DemoSeed.Check((await _extensions.AssignAsync(extension.Id, person.UserId, extension.Version, cancellationToken)).Error, "assign an extension");
                await HeldForYearsAsync(extension.Number, cancellationToken);
            }
        }
    }

    /// <summary>The agent had the extension before the portal knew of it: the calls of those years are theirs.</summary>
    private async Task HeldForYearsAsync(string number, CancellationToken cancellationToken)
    {
        var holdings = scope.GetRequiredService<IExtensionHoldings>();
        var held = await holdings.ListAsync(number, cancellationToken);
        DemoSeed.Check(held.Error, "read who had an extension");
        if (held.Value is [var current, ..])
        {
            DemoSeed.Check((await holdings.SetFromAsync(current.Id, current.FromUtc.AddYears(-2), cancellationToken)).Error, "say since when an extension is somebody's");
        }
    }

    private async Task<ExtensionRow?> FirstAsync(ExtensionState state, CancellationToken cancellationToken)
    {
        var page = await _extensions.ListAsync(new ExtensionQuery { State = state }, cancellationToken);
        DemoSeed.Check(page.Error, "list the extensions");
        return page.Value.Rows is [var first, ..] ? first : null;
    }
}

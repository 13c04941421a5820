using CallCenter.Core.Calls;
using CallCenter.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.EndToEnd;

/// <summary>One portal and one browser for all journeys, which run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class EndToEndCollection : ICollectionFixture<EndToEndFixture>
{
    public const string Name = "end to end";
}

/// <summary>Starts what the journeys share, once.</summary>
public sealed class EndToEndFixture : IAsyncLifetime
{
    internal RunningPortal Portal { get; private set; } = null!;

    internal Chromium Chromium { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var chromium = Chromium.StartAsync();
        Portal = await RunningPortal.StartAsync(configuration: new Dictionary<string, string?> { ["Jobs:StartDelay"] = "00:00:00" });
        Chromium = await chromium;
    }

    public async Task DisposeAsync()
    {
        await Chromium.DisposeAsync();
        await Portal.DisposeAsync();
    }

    /// <summary>Waits until the portal's own job has fetched the calls of both tenants.</summary>
    internal async Task EnsureCallsAsync()
    {
        for (var tries = 0; tries < 600; tries++)
        {
            await using var db = Portal.Database.Global().CreateDbContext();
            var done = await db.Set<CdrSyncState>().IgnoreQueryFilters([CallCenterDbContext.TenantFilter]).CountAsync(state => state.CaughtUpAtUtc != null);
            if (done == 2)
            {
                return;
            }

            await Task.Delay(200);
        }

        Assert.Fail("The portal did not fetch the calls of both tenants.");
    }

    internal Task<Visitor> VisitAsync(VisitorOptions? options = null) => Visitor.ArriveAsync(Chromium, Portal, options ?? new VisitorOptions());
}

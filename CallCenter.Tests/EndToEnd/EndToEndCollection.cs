using CallCenter.Core.Calls;
using CallCenter.Demo.Peers;
using CallCenter.Infrastructure.Persistence;
using CallCenter.Simulators.Calls;
using Microsoft.EntityFrameworkCore;

namespace CallCenter.Tests.EndToEnd;

/// <summary>One portal and one browser for one half of the journeys, which run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class EndToEndCollection : ICollectionFixture<EndToEndFixture>
{
    public const string Name = "end to end";
}

/// <summary>Another portal and browser beside the first, for the other half: every page, reports and exports, and lives of sessions.</summary>
[CollectionDefinition(Name)]
public sealed class PagesCollection : ICollectionFixture<EndToEndFixture>
{
    public const string Name = "pages";
}

/// <summary>Starts what the journeys share, once.</summary>
public sealed class EndToEndFixture : IAsyncLifetime
{
    internal RunningPortal Portal { get; private set; } = null!;

    internal Chromium Chromium { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var chromium = Chromium.StartAsync();
        Portal = await RunningPortal.StartAsync(configuration: new Dictionary<string, string?> { ["Jobs:StartDelay"] = "00:00:00" }, beforeStart: AddCallOfAClient);
        Chromium = await chromium;
    }

    public async Task DisposeAsync()
    {
        await Chromium.DisposeAsync();
        await Portal.DisposeAsync();
    }

    // Who calls whom is chance, and differs from day to day: one call of a client must be among them.
    private static void AddCallOfAClient(DemoPeers peers)
    {
        const string Client = "+12025550100";
        var pbx = peers.Pbxs["demo"];
        pbx.Advance();
        var model = pbx.Ledger.Calls.Last(call => call is { Direction: LedgerDirection.Inbound, Outcome: LedgerOutcome.Answered, Legs.Count: 1 });
        var id = model.UniqueId + "7";
        var session = model.Session with { Source = Client };
        pbx.Ledger.Add([model with { UniqueId = id, Session = session, From = Client, Legs = [model.Legs[0] with { UniqueId = id, Session = session, Source = Client, Recordings = [] }] }]);
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

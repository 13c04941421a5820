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
        Portal = await RunningPortal.StartAsync();
        Chromium = await chromium;
    }

    public async Task DisposeAsync()
    {
        await Chromium.DisposeAsync();
        await Portal.DisposeAsync();
    }

    internal Task<Visitor> VisitAsync(VisitorOptions? options = null) => Visitor.ArriveAsync(Chromium, Portal, options ?? new VisitorOptions());
}

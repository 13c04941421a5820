using Microsoft.Playwright;

namespace CallCenter.Tests.EndToEnd;

/// <summary>One portal for all journeys with the phone, which run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PhonePortalCollection : ICollectionFixture<PhonePortal>
{
    public const string Name = "phone portal";
}

/// <summary>A portal that may be killed, and a browser with a microphone that beeps.</summary>
public sealed class PhonePortal : IAsyncLifetime
{
    internal RunningPortal Portal { get; private set; } = null!;

    internal Chromium Chromium { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var chromium = Chromium.StartAsync(
            "--allow-loopback-in-peer-connection", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required");
        Portal = await RunningPortal.StartAsync(days: 1, callsPerWorkday: 5, new Dictionary<string, string?>
        {
            // Journeys wait for the PBX's records.
            ["Jobs:StartDelay"] = "00:00:00",
            ["Jobs:Intervals:cdr-sync"] = "00:00:03",
            ["Jobs:Intervals:phone-calls"] = "00:00:03",
        });
        Chromium = await chromium;
    }

    public async Task DisposeAsync()
    {
        await Chromium.DisposeAsync();
        await Portal.DisposeAsync();
    }

    /// <summary>Somebody opens a page, with a phone.</summary>
    internal Task<PhoneVisitor> ArriveAsync(string email, string number, string path, VisitorOptions? options = null, string? script = null, Func<IPage, Task>? prepare = null) =>
        PhoneVisitor.ArriveAsync(Chromium, Portal, email, number, path, options, script, prepare);
}

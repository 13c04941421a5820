namespace CallCenter.Tests.EndToEnd;

/// <summary>A portal that may be killed, and a browser with a microphone that beeps.</summary>
public sealed class PhonePortal : IAsyncLifetime
{
    internal RunningPortal Portal { get; private set; } = null!;

    internal Chromium Chromium { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var chromium = Chromium.StartAsync(
            "--allow-loopback-in-peer-connection", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required");
        Portal = await RunningPortal.StartAsync(days: 1, callsPerWorkday: 5);
        Chromium = await chromium;
    }

    public async Task DisposeAsync()
    {
        await Chromium.DisposeAsync();
        await Portal.DisposeAsync();
    }
}

using Microsoft.Playwright;

namespace CallCenter.Tests.EndToEnd;

/// <summary>The system's Chromium, driven by Playwright. One per test run: its start costs a second.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        Browser = browser;
    }

    public IBrowser Browser { get; }

    public static async Task<Chromium> StartAsync(params string[] more)
    {
        // Five seconds by default, which a busy machine may need for one page.
        Assertions.SetDefaultExpectTimeout(90_000);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = FindExecutable(),
            Args =
            [
                // Chromium refuses root with its sandbox; the pages it opens here are our own.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                .. more,
            ],
        });
        return new Chromium(playwright, browser);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.CloseAsync();
        _playwright.Dispose();
    }

    private static string FindExecutable()
    {
        if (Environment.GetEnvironmentVariable("CALLCENTER_CHROMIUM") is { Length: > 0 } named)
        {
            return named;
        }

        var directories = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        return Names.SelectMany(name => directories.Select(directory => Path.Combine(directory, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("The end-to-end tests need Chromium: ./test installs it, or apt-get install chromium, or set CALLCENTER_CHROMIUM.");
    }
}

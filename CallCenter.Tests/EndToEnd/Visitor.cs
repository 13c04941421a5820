using Microsoft.Playwright;

namespace CallCenter.Tests.EndToEnd;

/// <param name="Language"><c>en</c> or <c>ar</c>.</param>
/// <param name="Theme"><c>light</c> or <c>dark</c>.</param>
/// <param name="Width">Of the window, CSS pixels.</param>
internal sealed record VisitorOptions(string Language = "en", string Theme = "light", int Width = 1440)
{
    public int Height => Width < 600 ? 844 : 900;
}

/// <summary>A person at a browser of their own.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly IBrowserContext _context;
    private readonly RunningPortal _portal;
    private readonly List<string> _troubles = [];

    private Visitor(IBrowserContext context, IPage page, RunningPortal portal, VisitorOptions options)
    {
        _context = context;
        _portal = portal;
        Page = page;
        Options = options;
        page.PageError += (_, error) => _troubles.Add($"script error: {error}");
        page.Console += (_, message) =>
        {
            // A failed request is a trouble only if nobody meant it: 404 pages are visited on purpose.
            if (message.Type == "error" && !message.Text.Contains("status of 404", StringComparison.Ordinal))
            {
                _troubles.Add($"console: {message.Text}");
            }
        };
    }

    public IPage Page { get; }

    public VisitorOptions Options { get; private set; }

    /// <summary>Script errors and refused resources so far.</summary>
    public IReadOnlyList<string> Troubles => _troubles;

    public static async Task<Visitor> ArriveAsync(Chromium chromium, RunningPortal portal, VisitorOptions options)
    {
        var context = await chromium.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = portal.Address.ToString(),
            ViewportSize = new ViewportSize { Width = options.Width, Height = options.Height },
            ColorScheme = options.Theme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            Locale = options.Language == "ar" ? "ar-SA" : "en-IE",
            TimezoneId = "Etc/UTC",
            ReducedMotion = ReducedMotion.Reduce,

            // The simulated PBX's WebSocket has a certificate of its own, as a UCM's.
            IgnoreHTTPSErrors = true,
        });
        context.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        await context.AddCookiesAsync(
        [
            new Cookie { Name = "cc-language", Value = Uri.EscapeDataString($"c={options.Language}|uic={options.Language}"), Url = portal.Address.ToString() },
            new Cookie { Name = "cc-theme", Value = options.Theme, Url = portal.Address.ToString() },
        ]);
        await Accessibility.PrepareAsync(context);
        return new Visitor(context, await context.NewPageAsync(), portal, options);
    }

    /// <summary>Signs in at the form, as one of the demo's people, and waits for the first page behind it.</summary>
    public async Task SignInAsync(string email)
    {
        await Page.GotoAsync("/account/sign-in");
        await Page.FillAsync("#user-name", email);
        await Page.FillAsync("#password", _portal.State.Password);
        await Page.ClickAsync("main form button[type=submit], form button[type=submit]");
        await Page.LeavesAsync("/account/sign-in");
        await WaitUntilReadyAsync();
    }

    /// <summary>Signs in with the cookie of an earlier sign-in: the portal rightly limits how often one address may use the form.</summary>
    public async Task BecomeAsync(string email)
    {
        if (_portal.SessionCookies.TryGetValue(email, out var known))
        {
            await _context.AddCookiesAsync(known);
            return;
        }

        await SignInAsync(email);
        _portal.SessionCookies[email] =
        [
            .. (await _context.CookiesAsync())
                .Where(cookie => cookie.Name is not ("cc-antiforgery" or "cc-language" or "cc-theme" or "cc-nav" or "cc-digits"))
                .Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path, HttpOnly = cookie.HttpOnly, SameSite = cookie.SameSite }),
        ];
    }

    /// <summary>Opens a page and waits until its circuit has rendered it.</summary>
    public async Task OpenAsync(string path, bool expectFound = true)
    {
        var answer = await Page.GotoAsync(path);
        Assert.Equal(expectFound ? 200 : 404, answer?.Status);
        await WaitUntilReadyAsync();
    }

    /// <summary>Begins a new count of <see cref="Troubles"/>.</summary>
    public void ForgetTroubles() => _troubles.Clear();

    /// <summary>The page has its heading and nothing in it is still loading.</summary>
    public async Task WaitUntilReadyAsync()
    {
        await Page.Locator("h1").First.WaitForAsync();
        await Assertions.Expect(Page.Locator(".skeleton, [aria-busy=true]")).ToHaveCountAsync(0, new() { Timeout = (float)Patience.TotalMilliseconds });
        await Page.EvaluateAsync("() => document.fonts.ready.then(() => true)");
    }

    /// <summary>What every page must keep, on this window and in this language.</summary>
    public async Task CheckPageAsync(string name, bool colours = true)
    {
        var what = $"{name} ({Options.Language}, {Options.Theme}, {Options.Width} px)";
        Assert.Equal(Options.Language, await Page.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal(Options.Language == "ar" ? "rtl" : "ltr", await Page.Locator("html").GetAttributeAsync("dir"));
        await PageChecks.AssertNoSidewaysScrollAsync(Page, what);
        await Accessibility.AssertNoViolationsAsync(Page, what, colours);
        Assert.True(_troubles.Count == 0, $"{what}: {string.Join('\n', _troubles)}");
    }

    /// <summary>Turns the page to another theme as the account menu does, and later pages with it.</summary>
    public async Task TurnAsync(string theme)
    {
        Options = Options with { Theme = theme };
        await _context.AddCookiesAsync([new Cookie { Name = "cc-theme", Value = theme, Url = _portal.Address.ToString() }]);
        await Page.EvaluateAsync(
            """
            async theme => {
              document.documentElement.toggleAttribute('data-turning', true);
              document.documentElement.dataset.theme = theme;
              for (const link of document.querySelectorAll('link[data-theme-part]')) {
                link.media = link.dataset.themePart === theme ? 'all' : 'not all';
                // The other theme's sheet is fetched at leisure.
                if (link.media === 'all' && !link.sheet) await new Promise(done => link.addEventListener('load', done, { once: true }));
              }
            }
            """,
            theme);
        await Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light });

        // What fades is half-way without contrast.
        await Page.EvaluateAsync(
            """
            async () => {
              for (let frame = 0; frame < 2; frame++) await new Promise(done => requestAnimationFrame(done));
              document.documentElement.removeAttribute('data-turning');
              await new Promise(done => requestAnimationFrame(done));
            }
            """);
    }

    /// <summary>Makes the window as wide as a desk's or a phone's, and waits until the page is laid out for it.</summary>
    public async Task ResizeAsync(int width)
    {
        Options = Options with { Width = width };
        await Page.SetViewportSizeAsync(width, Options.Height);
        await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await WaitUntilReadyAsync();
    }

    /// <summary>What a change of theme can break.</summary>
    public Task CheckContrastAsync(string name) =>
        Accessibility.AssertContrastAsync(Page, $"{name} ({Options.Language}, {Options.Theme}, {Options.Width} px)");

    /// <summary>Writes what is seen to a file of the directory that CALLCENTER_SCREENSHOTS names; nothing without it.</summary>
    public async Task TakeScreenshotAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("CALLCENTER_SCREENSHOTS") is { Length: > 0 } directory)
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions
            {
                Path = Path.Combine(directory, $"{name}-{Options.Language}-{Options.Theme}-{Options.Width}.png"),
                Animations = ScreenshotAnimations.Disabled,
            });
        }
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}

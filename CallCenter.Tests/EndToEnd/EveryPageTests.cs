using Xunit.Sdk;

namespace CallCenter.Tests.EndToEnd;

/// <summary>
/// Every page in both languages, on a desk and on a phone, light and dark: nothing scrolls sideways, axe finds nothing, no
/// script fails. With CALLCENTER_SCREENSHOTS set, a picture of each is kept (tools/screenshots).
/// </summary>
[Collection(PagesCollection.Name)]
public sealed class EveryPageTests(EndToEndFixture fixture)
{
    private const string Owner = "owner";
    private const string Agent = "agent";
    private const string Platform = "platform";
    private const int Desk = 1440;
    private const int Phone = 390;

    /// <summary>Name, address with the tenant's slug as {0} and a call as {1}, and who looks; null is nobody signed in.</summary>
    private static readonly (string Name, string Address, string? Visitor)[] Pages =
    [
        ("sign-in", "/account/sign-in", null),
        ("home", "/{0}", Owner),
        ("dashboard", "/{0}/dashboard", Owner),
        ("calls", "/{0}/calls", Owner),
        ("call", "/{0}/calls/{1}", Owner),
        ("call-unknown", "/{0}/calls/00000000-0000-4000-8000-000000000000", Owner),
        ("calls-import", "/{0}/calls/import", Owner),
        ("abandoned", "/{0}/calls/abandoned", Owner),
        ("teams", "/{0}/settings/teams", Owner),
        ("dispositions", "/{0}/settings/dispositions", Owner),
        ("recordings", "/{0}/recordings", Owner),
        ("retention", "/{0}/recordings/retention", Owner),
        ("erase", "/{0}/recordings/erase", Owner),
        ("clients", "/{0}/clients", Owner),
        ("clients-import", "/{0}/clients/import", Owner),
        ("extensions-new-many", "/{0}/extensions/new-many", Owner),
        ("extensions-new-many-csv", "/{0}/extensions/new-many?from=csv", Owner),
        ("extensions-runs", "/{0}/extensions/runs", Owner),
        ("extensions-act", "/{0}/extensions/act", Owner),
        ("extensions", "/{0}/extensions", Owner),
        ("users", "/{0}/users", Owner),
        ("devices", "/{0}/devices", Owner),
        ("extension-differences", "/{0}/extensions/differences", Owner),
        ("settings", "/{0}/settings/call-center", Owner),
        ("queues", "/{0}/settings/queues", Owner),
        ("audit", "/{0}/audit", Owner),
        ("reports", "/{0}/reports", Owner),
        ("report-hours", "/{0}/reports/hours?compare=Previous", Owner),
        ("report-queues", "/{0}/reports/queues?compare=Previous", Owner),
        ("report-service-level", "/{0}/reports/service-level", Owner),
        ("report-staffing", "/{0}/reports/staffing", Owner),
        ("schedules", "/{0}/reports/schedules", Owner),
        ("schedule-new", "/{0}/reports/schedules?new=queues&filter=direction%3DInbound", Owner),
        ("mail", "/{0}/settings/mail", Owner),
        ("exports", "/{0}/exports", Owner),
        ("security", "/account/security", Owner),
        ("password", "/account/password", Owner),
        ("my-phone", "/{0}/me/phone", Agent),
        ("phone-window", "/{0}/phone/window", Agent),
        ("phone-check", "/{0}/phone/check", Agent),
        ("my-phone-none", "/{0}/me/phone", Owner),
        ("not-found", "/{0}/no-such-page", Owner),
        ("tenants", "/platform/tenants", Platform),
        ("platform-audit", "/platform/audit", Platform),
    ];

    private const int Parts = 4;

    /// <summary>Language, and which part of the pages: a part ends well before a run is taken for hung, however busy the machine.</summary>
    public static TheoryData<string, int> Views
    {
        get
        {
            var views = new TheoryData<string, int>();
            foreach (var language in new[] { "en", "ar" })
            {
                for (var part = 0; part < Parts; part++)
                {
                    views.Add(language, part);
                }
            }

            return views;
        }
    }

    // Loading is the dear part: a page is loaded once, and then the window is made narrow and the theme turned, as a person would.
    [Theory]
    [MemberData(nameof(Views))]
    public async Task Pages_FitAreAccessibleAndRunWithoutErrors(string language, int part)
    {
        await fixture.EnsureCallsAsync();
        var slug = language == "ar" ? "riyadh" : "demo";
        await OwnPhone.EnsureAsync(fixture.Portal, slug);
        var call = await ShownCall.EnsureAsync(fixture.Portal, slug);
        var problems = new List<string>();
        foreach (var group in Pages.Where((_, i) => i % Parts == part).GroupBy(page => page.Visitor))
        {
            await using var visitor = await fixture.VisitAsync(new VisitorOptions(language));
            if (group.Key is { } who)
            {
                await visitor.BecomeAsync(who == Platform ? "platform@callcenter.example" : $"{who}@{slug}.example");
            }

            foreach (var page in group)
            {
                try
                {
                    await visitor.OpenAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, page.Address, slug, call), expectFound: page.Name != "not-found");
                    await LookAsync(visitor, page.Name);
                }
                catch (Exception exception) when (exception is XunitException or Microsoft.Playwright.PlaywrightException or TimeoutException)
                {
                    // One report of all pages saves many runs.
                    problems.Add($"## {page.Name}\n{exception.Message}");
                    visitor.ForgetTroubles();
                }

                await visitor.TurnAsync("light");
                await visitor.ResizeAsync(Desk);
            }
        }

        Assert.True(problems.Count == 0, string.Join("\n\n", problems));
    }

    // Colours are the same at every width and in both languages, so the dark ones are looked at once.
    private static async Task LookAsync(Visitor visitor, string name)
    {
        await visitor.TakeScreenshotAsync(name);
        await visitor.CheckPageAsync(name);
        await visitor.TurnAsync("dark");
        await visitor.TakeScreenshotAsync(name);
        if (visitor.Options.Language == "en")
        {
            await visitor.CheckContrastAsync(name);
        }

        await visitor.ResizeAsync(Phone);
        await visitor.TakeScreenshotAsync(name);
        await visitor.TurnAsync("light");
        await visitor.TakeScreenshotAsync(name);
        await visitor.CheckPageAsync(name, colours: false);
    }
}
